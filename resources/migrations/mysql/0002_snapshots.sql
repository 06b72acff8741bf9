-- Whole documents at a version, for opening them without their log. The two newest are kept.
-- format 1: zlib over the snapshot of FORMAT.md.
CREATE TABLE snapshots (
    document_id VARBINARY(64) NOT NULL,
    seq BIGINT NOT NULL,
    format INTEGER NOT NULL,
    bytes LONGBLOB NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (document_id, seq),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The older part of the log, many changes in one row. A change is either here or in `changes`.
-- format 1: zlib over the columns of storage/segment.h.
CREATE TABLE segments (
    document_id VARBINARY(64) NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    format INTEGER NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (document_id, last_seq),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the unique keys of `changes` no longer see: the highest counter a replica has in segments, and the ids
-- of its plain edits there.
CREATE TABLE packed_counters (
    document_id VARBINARY(64) NOT NULL,
    replica BIGINT NOT NULL,
    counter BIGINT NOT NULL,
    PRIMARY KEY (document_id, replica),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE packed_edit_ids (
    document_id VARBINARY(64) NOT NULL,
    replica BIGINT NOT NULL,
    edit_id VARBINARY(255) NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (document_id, replica, edit_id),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
