-- CRC-32 of `bytes`, so that damage is found before anyone is shown a wrong text. Rows of before have none.
ALTER TABLE changes ADD COLUMN checksum INTEGER;

-- One row, written to find out whether the database can be written.
CREATE TABLE write_probe (
    id INTEGER NOT NULL PRIMARY KEY,
    time_ms INTEGER NOT NULL
) STRICT;
