-- SPDX-License-Identifier: GPL-3.0-or-later
-- Patrols: what each covered of which road, and what a station keeps of those under way.

-- A projection: one row for each road of each finished patrol.
CREATE TABLE patrol_road (
  record_fid INTEGER NOT NULL REFERENCES record (fid) ON DELETE CASCADE,
  road BLOB NOT NULL,
  person TEXT NOT NULL,           -- who walked
  from_at INTEGER NOT NULL,       -- when the patrol began
  until_at INTEGER NOT NULL,      -- when it ended
  length_cm INTEGER NOT NULL,     -- of the road then
  covered_cm INTEGER NOT NULL,
  spans TEXT NOT NULL,            -- what was covered, by chainage: lz_spans_to_string()
  PRIMARY KEY (record_fid, road)
) STRICT, WITHOUT ROWID;

CREATE INDEX patrol_road_by_road ON patrol_road (road, until_at, person);
CREATE INDEX patrol_road_by_person ON patrol_road (person, until_at);

-- Facts of this station: where its person has been so far in a patrol that is under way.
CREATE TABLE patrol_fix (
  patrol BLOB NOT NULL,
  n INTEGER NOT NULL,             -- 1, 2, 3 …
  lat7 INTEGER NOT NULL,
  lon7 INTEGER NOT NULL,
  at INTEGER NOT NULL,
  accuracy_cm INTEGER NOT NULL,   -- 0 = not said
  PRIMARY KEY (patrol, n)
) STRICT, WITHOUT ROWID;

-- Imported tracks as they came.
CREATE TABLE track_file (
  sha256 BLOB PRIMARY KEY,        -- of the file
  name TEXT NOT NULL,
  content BLOB NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The rows are filled by folding everything again when the station is opened.
INSERT INTO setting (key, value) SELECT 'projections', 'stale' WHERE EXISTS (SELECT 1 FROM record WHERE type = 1)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
