-- SPDX-License-Identifier: GPL-3.0-or-later
-- Projections: everything here is made from the log and the reference data, and can be made anew
-- by `rebuild` with an identical result.

-- The categories of the catalogue, for names in SQL.
CREATE TABLE category (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  dimension INTEGER NOT NULL,     -- LzDimension
  initials TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A case as the fold of its events: one column for each member of LzCase, and what lists need.
CREATE TABLE case_row (
  fid INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  geom BLOB NOT NULL,             -- GeoPackage point
  morton INTEGER NOT NULL,        -- place on the Z-order curve
  state INTEGER NOT NULL,         -- LzState
  feed TEXT NOT NULL,
  category TEXT NOT NULL,
  dimension INTEGER NOT NULL,     -- of the category
  condition INTEGER NOT NULL,
  lat7 INTEGER NOT NULL,
  lon7 INTEGER NOT NULL,
  road BLOB,
  chainage_cm INTEGER NOT NULL,
  offset_cm INTEGER NOT NULL,
  side INTEGER NOT NULL,
  road_name TEXT,
  address TEXT,
  number TEXT,
  text TEXT,
  unit TEXT,
  reporter TEXT,
  handler TEXT,
  found_at INTEGER NOT NULL,
  reported_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,     -- 0 = open
  limit_count INTEGER NOT NULL,
  limit_clock INTEGER NOT NULL,
  due_at INTEGER NOT NULL,        -- 0 = no clock
  warn_at INTEGER NOT NULL,
  stopped_at INTEGER NOT NULL,    -- 0 = running
  n_photos INTEGER NOT NULL,
  n_before INTEGER NOT NULL,
  n_after INTEGER NOT NULL,
  n_notes INTEGER NOT NULL,
  n_extensions INTEGER NOT NULL,
  n_suspensions INTEGER NOT NULL,
  n_reworks INTEGER NOT NULL,
  n_events INTEGER NOT NULL,
  supervision INTEGER NOT NULL,
  appeal INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  merged_into BLOB,
  last_event BLOB NOT NULL,
  thumbnail BLOB,                 -- SHA-256 of the first photo
  -- in metres, with a type that a view hands on
  chainage_m REAL GENERATED ALWAYS AS (CASE WHEN road IS NOT NULL THEN chainage_cm / 100.0 END) VIRTUAL,
  offset_m REAL GENERATED ALWAYS AS (CASE WHEN road IS NOT NULL THEN offset_cm / 100.0 END) VIRTUAL
) STRICT;

-- Orders of the list.  state, dimension and the clock ride along, so that a filtered list is read
-- from the index alone; the fid stands behind the order's own columns because it makes the order
-- whole.
CREATE INDEX case_by_reported ON case_row (reported_at, fid, state, dimension, due_at, warn_at, stopped_at);
CREATE INDEX case_by_changed ON case_row (changed_at, fid, state, dimension, due_at, warn_at, stopped_at);
CREATE INDEX case_by_due ON case_row (due_at, fid, state, dimension, warn_at, stopped_at);
CREATE INDEX case_by_number ON case_row (number, fid, state, dimension, due_at, warn_at, stopped_at);
CREATE INDEX case_by_category ON case_row (category, reported_at, fid, state, dimension, due_at, warn_at, stopped_at);
CREATE INDEX case_by_road_name ON case_row (road_name, chainage_cm, fid, state, dimension, due_at, warn_at, stopped_at);
CREATE INDEX case_of_road ON case_row (road, chainage_cm) WHERE road IS NOT NULL;
CREATE INDEX case_by_state ON case_row (state, reported_at, fid, dimension, due_at, warn_at, stopped_at);
-- The map reads this and nothing else.
CREATE INDEX case_by_place ON case_row (morton, state, dimension, due_at, warn_at, stopped_at);

-- What is still open, for the counts beside roads and above the map.
CREATE INDEX case_open ON case_row (road, dimension, state, due_at, warn_at, stopped_at) WHERE closed_at = 0;

-- Photos of a case in the order of its events.
CREATE TABLE case_photo (
  case_fid INTEGER NOT NULL REFERENCES case_row (fid) ON DELETE CASCADE,
  position INTEGER NOT NULL,      -- 0, 1, 2 …
  event BLOB NOT NULL,            -- that brought it
  sha256 BLOB NOT NULL,
  role INTEGER NOT NULL,          -- LzPhotoRole
  size INTEGER NOT NULL,
  taken_at INTEGER NOT NULL,
  lat7 INTEGER NOT NULL,
  lon7 INTEGER NOT NULL,
  PRIMARY KEY (case_fid, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_photo_by_hash ON case_photo (sha256);

-- Search: the words of a case cut into single characters and pairs (lz-search.c), so that one and
-- two Chinese characters are found.  Holds no text of its own.
CREATE VIRTUAL TABLE case_words USING fts5 (words, content='', detail=none, tokenize="unicode61 remove_diacritics 0 tokenchars '-_'");

-- ----------------------------------------------------------- the same for QGIS and ogr2ogr

CREATE VIEW cases AS
SELECT c.fid AS OGC_FID,
       c.geom AS geom,
       c.number AS number,
       lower(substr(hex(c.id), 1, 8) || '-' || substr(hex(c.id), 9, 4) || '-' || substr(hex(c.id), 13, 4)
             || '-' || substr(hex(c.id), 17, 4) || '-' || substr(hex(c.id), 21)) AS uuid,
       c.category AS code,
       k.name AS category,
       CASE c.dimension WHEN 1 THEN '序化' WHEN 2 THEN '洁化' WHEN 3 THEN '绿化' WHEN 4 THEN '亮化'
                        WHEN 5 THEN '素质' WHEN 6 THEN '专项' END AS dimension,
       CASE c.state WHEN 1 THEN 'reported' WHEN 2 THEN 'self_done' WHEN 3 THEN 'verifying'
                    WHEN 4 THEN 'rejected' WHEN 5 THEN 'filed' WHEN 6 THEN 'dispatched'
                    WHEN 7 THEN 'handling' WHEN 8 THEN 'ext_pending' WHEN 9 THEN 'hang_pending'
                    WHEN 10 THEN 'suspended' WHEN 11 THEN 'return_pending' WHEN 12 THEN 'done'
                    WHEN 13 THEN 'fed_back' WHEN 14 THEN 'checking' WHEN 15 THEN 'rework'
                    WHEN 16 THEN 'closed' WHEN 17 THEN 'forced' WHEN 18 THEN 'voided'
                    WHEN 19 THEN 'merged' END AS state,
       strftime('%Y-%m-%dT%H:%M:%fZ', c.reported_at / 1000.0, 'unixepoch') AS reported,
       CASE WHEN c.due_at > 0 THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.due_at / 1000.0, 'unixepoch') END AS deadline,
       CASE WHEN c.closed_at > 0 THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.closed_at / 1000.0, 'unixepoch') END AS closed,
       c.road_name AS road,
       c.chainage_m AS chainage_m,
       CASE c.side WHEN 1 THEN 'left' WHEN 2 THEN 'right' END AS side,
       c.offset_m AS offset_m,
       c.address AS address,
       c.text AS description,
       c.unit AS unit,
       c.n_photos AS photos
FROM case_row AS c LEFT JOIN category AS k ON k.code = c.category;

CREATE VIEW roads AS
SELECT fid AS OGC_FID, geom, name, from_name, to_name, length_m,
       lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4)
             || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS uuid
FROM road;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
  ('cases', 'features', 'cases', 'Cases of this station, by position', 4326),
  ('roads', 'features', 'roads', 'Roads of the office', 4326),
  ('category', 'attributes', 'category', 'Problem categories', NULL);

INSERT INTO gpkg_geometry_columns VALUES
  ('cases', 'geom', 'POINT', 4326, 0, 0),
  ('roads', 'geom', 'MULTILINESTRING', 4326, 0, 0);
