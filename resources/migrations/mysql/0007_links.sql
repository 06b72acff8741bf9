-- Share links; secret_hash is the SHA-256 of the secret. expires_ms, revoked_ms: 0 is never. A revoked one stays as
-- long as its number is the highest.
CREATE TABLE links (
    document_id VARBINARY(64) NOT NULL,
    number BIGINT NOT NULL,
    secret_hash VARBINARY(255) NOT NULL,
    role VARBINARY(64) NOT NULL,
    label TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    revoked_ms BIGINT NOT NULL,
    PRIMARY KEY (document_id, number),
    UNIQUE KEY links_by_secret (document_id, secret_hash),
    FOREIGN KEY (document_id) REFERENCES documents (id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was done to documents; no foreign key, since it outlives them.
CREATE TABLE audit (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    time_ms BIGINT NOT NULL,
    document_id VARBINARY(64) NOT NULL,
    event TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    request_id VARBINARY(255) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX audit_by_document ON audit (document_id, id);

-- Answers are sealed from now on, and found by a hash of their key.
DELETE FROM answers;
