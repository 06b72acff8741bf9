-- CRC-32 of `bytes`, so that damage is found before anyone is shown a wrong text.
ALTER TABLE changes ADD COLUMN checksum BIGINT;

-- One row, written to find out whether the database can be written.
CREATE TABLE write_probe (
    id INTEGER NOT NULL PRIMARY KEY,
    time_ms BIGINT NOT NULL
) ENGINE = InnoDB;
