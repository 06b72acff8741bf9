-- What of a large snapshot does not fit into its own row, in order from part 1 on.
CREATE TABLE snapshot_parts (
    document_id VARBINARY(64) NOT NULL,
    seq BIGINT NOT NULL,
    part INTEGER NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (document_id, seq, part),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
