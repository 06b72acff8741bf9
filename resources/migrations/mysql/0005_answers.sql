-- Answers by Idempotency-Key, kept for a day. No answer: someone has begun to make one.
-- answer: zlib over JSON.
CREATE TABLE answers (
    request_key VARBINARY(255) NOT NULL PRIMARY KEY,
    request_hash VARBINARY(255) NOT NULL,
    begun_ms BIGINT NOT NULL,
    answer LONGBLOB
) ENGINE = InnoDB;

CREATE INDEX answers_by_age ON answers (begun_ms);
