-- Answers by Idempotency-Key, kept for a day. No answer: someone has begun to make one.
-- answer: zlib over JSON.
CREATE TABLE answers (
    request_key TEXT NOT NULL PRIMARY KEY,
    request_hash BLOB NOT NULL,
    begun_ms INTEGER NOT NULL,
    answer BLOB
) STRICT;

CREATE INDEX answers_by_age ON answers (begun_ms);
