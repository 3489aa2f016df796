-- SPDX-License-Identifier: GPL-3.0-or-later
-- Acts on many cases that were one act of a person: taken back together.  Facts of this station;
-- `rebuild` leaves them alone.
CREATE TABLE bulk_act (
  event BLOB PRIMARY KEY,
  bulk BLOB NOT NULL              -- the first of them
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_act_by_bulk ON bulk_act (bulk);
