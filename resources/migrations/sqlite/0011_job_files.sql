-- The parts of a job's file stand under the lease of the run that made them: only those of the job's last lease count.
-- file_packed: whether they are deflated.
CREATE TABLE job_parts (
    job_id TEXT NOT NULL,
    lease INTEGER NOT NULL,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (job_id, lease, part)
) STRICT;

INSERT INTO job_parts (job_id, lease, part, bytes)
    SELECT f.job_id, j.lease, f.part, f.bytes FROM job_files f JOIN jobs j ON j.id = f.job_id;

DROP TABLE job_files;

ALTER TABLE job_parts RENAME TO job_files;

ALTER TABLE jobs ADD COLUMN file_packed INTEGER NOT NULL DEFAULT 0;
