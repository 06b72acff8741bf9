-- Documents and the log of their changes, as in the folder sqlite. Ids and hashes are VARBINARY, so that they compare
-- byte by byte; words for people are utf8mb4. Times are milliseconds since 1970 UTC.
CREATE TABLE documents (
    id VARBINARY(64) NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    epoch VARBINARY(64) NOT NULL,
    head BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    updated_ms BIGINT NOT NULL,
    request_hash VARBINARY(255) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX documents_by_age ON documents (created_ms, id);

-- format 1 is that of FORMAT.md.
CREATE TABLE changes (
    document_id VARBINARY(64) NOT NULL,
    seq BIGINT NOT NULL,
    replica BIGINT NOT NULL,
    counter BIGINT NOT NULL,
    time_ms BIGINT NOT NULL,
    format INTEGER NOT NULL,
    edit_id VARBINARY(255),
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (document_id, seq),
    UNIQUE KEY changes_by_counter (document_id, replica, counter),
    UNIQUE KEY changes_by_edit_id (document_id, replica, edit_id),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who may use a replica id: whoever has the key with this SHA-256.
CREATE TABLE replicas (
    document_id VARBINARY(64) NOT NULL,
    replica BIGINT NOT NULL,
    key_hash VARBINARY(255) NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (document_id, replica),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
