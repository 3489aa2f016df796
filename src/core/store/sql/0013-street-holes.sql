-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rings within an area of the street map that are not of it: islands, courtyards.
CREATE TABLE street_hole (
  street INTEGER NOT NULL REFERENCES street (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,             -- 0, 1, 2 …
  line BLOB NOT NULL,             -- lz_line_to_bytes(), closed
  PRIMARY KEY (street, n)
) STRICT, WITHOUT ROWID;
