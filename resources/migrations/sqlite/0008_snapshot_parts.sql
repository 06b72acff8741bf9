-- What of a large snapshot does not fit into its own row, in order from part 1 on.
CREATE TABLE snapshot_parts (
    document_id TEXT NOT NULL REFERENCES documents (id),
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document_id, seq, part)
) STRICT;
