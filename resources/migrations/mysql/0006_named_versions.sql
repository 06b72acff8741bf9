-- Names that people gave to versions of a document; one a version.
CREATE TABLE named_versions (
    document_id VARBINARY(64) NOT NULL,
    version BIGINT NOT NULL,
    label TEXT NOT NULL,
    named_ms BIGINT NOT NULL,
    PRIMARY KEY (document_id, version)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
