-- meta_revision grows with each change of what is not text. deleted_ms: since when a document is in the bin.
-- title_folded: for searching without regard to case.
ALTER TABLE documents ADD COLUMN meta_revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN deleted_ms BIGINT;
ALTER TABLE documents ADD COLUMN title_folded VARBINARY(4096) NOT NULL DEFAULT '';
UPDATE documents SET title_folded = LOWER(title);

CREATE INDEX documents_in_bin ON documents (deleted_ms);
