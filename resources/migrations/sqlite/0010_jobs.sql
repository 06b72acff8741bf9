-- Work that is done later, by whichever process claims it. document_id: which it belongs to, or nothing; no foreign key,
-- since purging a document deletes its jobs itself. due_ms: since when it may be claimed; NULL while it need not be.
-- lease grows with each claim, beat while its holder lives. Of the jobs with the same alone_key one runs at a
-- time, which `running_key` sees to. prune_ms: until when it is kept; NULL while it is not finished.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    job_key TEXT,
    payload TEXT NOT NULL,
    document_id TEXT NOT NULL,
    alone_key TEXT NOT NULL,
    running_key TEXT,
    state TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    run_ms INTEGER NOT NULL,
    due_ms INTEGER,
    finished_ms INTEGER NOT NULL,
    kept_ms INTEGER NOT NULL,
    prune_ms INTEGER,
    attempt INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    lease INTEGER NOT NULL,
    beat INTEGER NOT NULL,
    cancel_asked INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    message TEXT NOT NULL,
    error TEXT NOT NULL,
    result TEXT,
    file_type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    UNIQUE (type, job_key),
    UNIQUE (running_key)
) STRICT;

CREATE INDEX jobs_by_due ON jobs (type, due_ms);
CREATE INDEX jobs_by_state ON jobs (state, type);
CREATE INDEX jobs_by_age ON jobs (created_ms, id);
CREATE INDEX jobs_by_document ON jobs (document_id);
CREATE INDEX jobs_by_prune ON jobs (prune_ms);

CREATE TABLE job_attempts (
    job_id TEXT NOT NULL,
    lease INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (job_id, lease)
) STRICT;

-- The file that a job made, in parts from 0 on.
CREATE TABLE job_files (
    job_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (job_id, part)
) STRICT;

-- Which process has charge of what is done by one only.
CREATE TABLE leaders (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    beat INTEGER NOT NULL
) STRICT;
