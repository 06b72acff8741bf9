-- Documents and the log of their changes. Times are milliseconds since 1970 UTC.
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    epoch TEXT NOT NULL,
    head INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    request_hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_age ON documents (created_ms, id);

-- format 1 is that of FORMAT.md.
CREATE TABLE changes (
    document_id TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    replica INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    format INTEGER NOT NULL,
    edit_id TEXT,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document_id, seq),
    UNIQUE (document_id, replica, counter)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX changes_by_edit_id ON changes (document_id, replica, edit_id) WHERE edit_id IS NOT NULL;

-- Who may use a replica id: whoever has the key with this SHA-256.
CREATE TABLE replicas (
    document_id TEXT NOT NULL REFERENCES documents (id),
    replica INTEGER NOT NULL,
    key_hash BLOB NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (document_id, replica)
) STRICT, WITHOUT ROWID;
