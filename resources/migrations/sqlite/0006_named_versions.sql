-- Names that people gave to versions of a document; one a version.
CREATE TABLE named_versions (
    document_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    label TEXT NOT NULL,
    named_ms INTEGER NOT NULL,
    PRIMARY KEY (document_id, version)
) STRICT, WITHOUT ROWID;
