-- Grows with each change of a share link that may take rights away, so that other servers look again.
ALTER TABLE documents ADD COLUMN access_revision BIGINT NOT NULL DEFAULT 0;
