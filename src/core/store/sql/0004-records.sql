-- SPDX-License-Identifier: GPL-3.0-or-later
-- What an office keeps besides cases: patrols, assets, campaigns … as the fold of their events
-- (core/record), and what a case has to do with them.  All projections; `rebuild` makes them anew.

-- One row for anything that is no case.
CREATE TABLE record (
  fid INTEGER PRIMARY KEY,        -- n of its first event
  id BLOB NOT NULL UNIQUE,
  type INTEGER NOT NULL,          -- LzRecordType
  state INTEGER NOT NULL,         -- LzRecordState
  feed TEXT NOT NULL,
  author TEXT NOT NULL,           -- who began it
  lat7 INTEGER NOT NULL,          -- 0, 0 = nowhere
  lon7 INTEGER NOT NULL,
  morton INTEGER NOT NULL,        -- place on the Z-order curve
  road BLOB,
  facts TEXT NOT NULL,            -- its own fields, canonical JSON
  begun_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  n_photos INTEGER NOT NULL,
  n_events INTEGER NOT NULL,
  last_event BLOB NOT NULL,
  -- fields that many types have, for orders and indexes; NULL where absent or of another kind
  kind TEXT GENERATED ALWAYS AS (CASE json_type(facts, '$.kind') WHEN 'text' THEN json_extract(facts, '$.kind') END) VIRTUAL,
  name TEXT GENERATED ALWAYS AS (CASE json_type(facts, '$.name') WHEN 'text' THEN json_extract(facts, '$.name') END) VIRTUAL,
  code TEXT GENERATED ALWAYS AS (CASE json_type(facts, '$.code') WHEN 'text' THEN json_extract(facts, '$.code') END) VIRTUAL,
  from_at INTEGER GENERATED ALWAYS AS (CASE json_type(facts, '$.from') WHEN 'integer' THEN json_extract(facts, '$.from') END) VIRTUAL,
  until_at INTEGER GENERATED ALWAYS AS (CASE json_type(facts, '$.until') WHEN 'integer' THEN json_extract(facts, '$.until') END) VIRTUAL
) STRICT;

CREATE INDEX record_by_type ON record (type, state, kind, changed_at);
CREATE INDEX record_by_until ON record (type, until_at);
CREATE INDEX record_by_code ON record (type, code) WHERE code IS NOT NULL;
CREATE INDEX record_of_road ON record (road, type) WHERE road IS NOT NULL;
CREATE INDEX record_by_author ON record (author, type, until_at);
CREATE INDEX record_by_place ON record (type, morton) WHERE lat7 <> 0 OR lon7 <> 0;

CREATE TABLE record_photo (
  record_fid INTEGER NOT NULL REFERENCES record (fid) ON DELETE CASCADE,
  position INTEGER NOT NULL,      -- 0, 1, 2 …
  event BLOB NOT NULL,            -- that brought it
  sha256 BLOB NOT NULL,
  role INTEGER NOT NULL,          -- LzPhotoRole
  size INTEGER NOT NULL,
  taken_at INTEGER NOT NULL,
  lat7 INTEGER NOT NULL,
  lon7 INTEGER NOT NULL,
  PRIMARY KEY (record_fid, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX record_photo_by_hash ON record_photo (sha256);

-- Every photo that something names.
CREATE VIEW used_photo AS
SELECT sha256, event FROM case_photo UNION ALL SELECT sha256, event FROM record_photo;

-- What a case has to do with other things.
ALTER TABLE case_row ADD COLUMN stage_at INTEGER NOT NULL DEFAULT 0;  -- when it entered its state
ALTER TABLE case_row ADD COLUMN assist TEXT;                          -- units that assist
ALTER TABLE case_row ADD COLUMN patrol BLOB;                          -- during which it was found
ALTER TABLE case_row ADD COLUMN asset BLOB;                           -- that it is about
ALTER TABLE case_row ADD COLUMN recurs BLOB;                          -- the closed case that has come back

CREATE INDEX case_of_patrol ON case_row (patrol) WHERE patrol IS NOT NULL;
CREATE INDEX case_of_asset ON case_row (asset) WHERE asset IS NOT NULL;
CREATE INDEX case_recurring ON case_row (recurs) WHERE recurs IS NOT NULL;

-- The columns are filled by folding everything again when the station is opened.
INSERT INTO setting (key, value) SELECT 'projections', 'stale' WHERE EXISTS (SELECT 1 FROM event)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
