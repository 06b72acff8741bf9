-- meta_revision grows with each change of what is not text. deleted_ms: since when a document is in the bin.
-- title_folded: for searching without regard to case.
ALTER TABLE documents ADD COLUMN meta_revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN deleted_ms INTEGER;
ALTER TABLE documents ADD COLUMN title_folded TEXT NOT NULL DEFAULT '';
UPDATE documents SET title_folded = lower(title);

CREATE INDEX documents_in_bin ON documents (deleted_ms) WHERE deleted_ms IS NOT NULL;
