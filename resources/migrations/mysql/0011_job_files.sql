-- The parts of a job's file stand under the lease of the run that made them: only those of the job's last lease count.
-- file_packed: whether they are deflated.
ALTER TABLE job_files ADD COLUMN lease BIGINT NOT NULL DEFAULT 0, DROP PRIMARY KEY, ADD PRIMARY KEY (job_id, lease, part);

UPDATE job_files f JOIN jobs j ON j.id = f.job_id SET f.lease = j.lease;

ALTER TABLE jobs ADD COLUMN file_packed INTEGER NOT NULL DEFAULT 0;
