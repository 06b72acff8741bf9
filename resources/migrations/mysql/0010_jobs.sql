-- Work that is done later, as in the folder sqlite.
CREATE TABLE jobs (
    id VARBINARY(64) NOT NULL PRIMARY KEY,
    type VARBINARY(64) NOT NULL,
    job_key VARBINARY(255),
    payload LONGTEXT NOT NULL,
    document_id VARBINARY(64) NOT NULL,
    alone_key VARBINARY(160) NOT NULL,
    running_key VARBINARY(160),
    state VARBINARY(16) NOT NULL,
    created_ms BIGINT NOT NULL,
    run_ms BIGINT NOT NULL,
    due_ms BIGINT,
    finished_ms BIGINT NOT NULL,
    kept_ms BIGINT NOT NULL,
    prune_ms BIGINT,
    attempt INTEGER NOT NULL,
    max_attempts INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    lease BIGINT NOT NULL,
    beat BIGINT NOT NULL,
    cancel_asked INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    message TEXT NOT NULL,
    error TEXT NOT NULL,
    result LONGTEXT,
    file_type VARBINARY(255) NOT NULL,
    file_name TEXT NOT NULL,
    UNIQUE KEY jobs_by_key (type, job_key),
    UNIQUE KEY jobs_running (running_key)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX jobs_by_due ON jobs (type, due_ms);
CREATE INDEX jobs_by_state ON jobs (state, type);
CREATE INDEX jobs_by_age ON jobs (created_ms, id);
CREATE INDEX jobs_by_document ON jobs (document_id);
CREATE INDEX jobs_by_prune ON jobs (prune_ms);

CREATE TABLE job_attempts (
    job_id VARBINARY(64) NOT NULL,
    lease BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    ended_ms BIGINT NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (job_id, lease)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE job_files (
    job_id VARBINARY(64) NOT NULL,
    part INTEGER NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (job_id, part)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE leaders (
    name VARBINARY(64) NOT NULL PRIMARY KEY,
    holder VARBINARY(64) NOT NULL,
    beat BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
