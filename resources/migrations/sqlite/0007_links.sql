-- Share links; secret_hash is the SHA-256 of the secret. expires_ms, revoked_ms: 0 is never. A revoked one stays as
-- long as its number is the highest.
CREATE TABLE links (
    document_id TEXT NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL,
    secret_hash BLOB NOT NULL,
    role TEXT NOT NULL,
    label TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    revoked_ms INTEGER NOT NULL,
    PRIMARY KEY (document_id, number),
    UNIQUE (document_id, secret_hash)
) STRICT, WITHOUT ROWID;

-- What was done to documents; no foreign key, since it outlives them.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    event TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    request_id TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_document ON audit (document_id, id);

-- Answers are sealed from now on, and found by a hash of their key.
DELETE FROM answers;
