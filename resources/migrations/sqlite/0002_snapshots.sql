-- Whole documents at a version, for opening them without their log. The two newest are kept.
-- format 1: zlib over the snapshot of FORMAT.md.
CREATE TABLE snapshots (
    document_id TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    format INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (document_id, seq)
) STRICT;

-- The older part of the log, many changes in one row. A change is either here or in `changes`.
-- format 1: zlib over the columns of storage/segment.h.
CREATE TABLE segments (
    document_id TEXT NOT NULL REFERENCES documents (id),
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    format INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document_id, last_seq)
) STRICT;

-- What the unique keys of `changes` no longer see: the highest counter a replica has in segments, and the ids
-- of its plain edits there.
CREATE TABLE packed_counters (
    document_id TEXT NOT NULL REFERENCES documents (id),
    replica INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY (document_id, replica)
) STRICT, WITHOUT ROWID;

CREATE TABLE packed_edit_ids (
    document_id TEXT NOT NULL REFERENCES documents (id),
    replica INTEGER NOT NULL,
    edit_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (document_id, replica, edit_id)
) STRICT, WITHOUT ROWID;
