-- SPDX-License-Identifier: GPL-3.0-or-later
-- The station's file: a GeoPackage 1.3 (OGC 12-128r17) with our log and its projections in it.
-- Times are ms since 1970 UTC, coordinates integers of 1e-7 degree WGS 84, ids the 16 bytes of a
-- UUID, photos the 32 bytes of a SHA-256.

-- ------------------------------------------------------------------ what a GeoPackage must have

CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);

INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
   'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');

CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

-- -------------------------------------------------------------------------------------- facts
-- Facts are never derived from anything else.  `rebuild` leaves them alone.

-- Version of this schema: one row.
CREATE TABLE schema_version (
  version INTEGER NOT NULL -- number of the last migration
) STRICT;

-- What the station is, and the office's settings.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,   -- "device", "feed", "city", "actor", "short_loop", …
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The log.  Rows are added; only a row that was never sent can be taken back.
CREATE TABLE event (
  n INTEGER PRIMARY KEY,          -- order in which this station learned of it
  id BLOB NOT NULL UNIQUE,        -- idempotency key, UUIDv7
  feed TEXT NOT NULL,             -- the home feed: 9-digit division code
  subject BLOB NOT NULL,          -- the case, patrol, road … it is about
  kind TEXT NOT NULL,             -- "case.reported" …
  actor TEXT NOT NULL,            -- a person's id, or "rule"
  device TEXT NOT NULL,           -- the station that made it
  device_seq INTEGER NOT NULL,    -- 1, 2, 3 … on that station
  basis BLOB,                     -- last event of the subject that the actor had seen
  occurred_at INTEGER NOT NULL,   -- by the station's clock
  body TEXT NOT NULL,             -- canonical JSON
  home_seq INTEGER,               -- place in the home feed; NULL = not confirmed by the server
  received_at INTEGER,            -- the server's clock at that moment
  status INTEGER NOT NULL DEFAULT 0, -- 0 counts, 1 refused by the server: not folded
  cause BLOB,                     -- the act that a rule answered with this event
  UNIQUE (device, device_seq)
) STRICT;

CREATE INDEX event_by_subject ON event (subject, n);
CREATE INDEX event_waiting ON event (device_seq) WHERE home_seq IS NULL;

-- What an act said before it was taken back.
CREATE TABLE withdrawn (
  event BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  withdrawn_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Photos of this station, whether an event names them or only a draft.
CREATE TABLE photo (
  sha256 BLOB PRIMARY KEY,
  size INTEGER NOT NULL,          -- bytes of the original
  mime TEXT NOT NULL,
  width INTEGER NOT NULL,         -- pixels, upright
  height INTEGER NOT NULL,
  orientation INTEGER NOT NULL,   -- EXIF, 1 to 8
  taken_at INTEGER,               -- by its EXIF data
  gps_at INTEGER,                 -- the satellites' time in it; NULL = not said
  offset_min INTEGER,             -- zone of the camera; NULL = not said
  lat7 INTEGER,
  lon7 INTEGER,
  heading REAL,                   -- degrees
  camera TEXT,
  warnings TEXT,                  -- what in its data was not believed, a line each
  source TEXT,                    -- name of the file it came from
  added_at INTEGER NOT NULL,
  stored INTEGER NOT NULL DEFAULT 1,   -- the original lies in the photo folder
  delivered_at INTEGER,           -- the server confirmed the hash; NULL = not yet
  batch INTEGER                   -- the intake that has yet to put it into a draft; NULL = none
) STRICT, WITHOUT ROWID;

CREATE INDEX photo_waiting ON photo (batch) WHERE batch IS NOT NULL;

-- Intakes of files and folders.
CREATE TABLE batch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  clock_shift INTEGER NOT NULL,   -- ms added to every camera time of it
  started_at INTEGER NOT NULL
) STRICT;

-- Cases being written.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL DEFAULT 0, -- the intake it came with; 0 = by hand
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  fixed_on_spot INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL,             -- as an event's body
  note TEXT                       -- what the user should look at
) STRICT;

-- ------------------------------------------------------------------------- reference data
-- Given by the office or its server as a whole; one revision number.

CREATE TABLE reference (
  name TEXT PRIMARY KEY,          -- "catalogue.tsv", "tasks.tsv", "calendar.tsv", "divisions.tsv"
  version INTEGER NOT NULL,
  content BLOB NOT NULL,
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT,
  roles INTEGER NOT NULL,         -- a set of LzRole bits
  unit TEXT
) STRICT, WITHOUT ROWID;

-- Streets of the map, as imported.
CREATE TABLE street (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,     -- OSM way id, 0 = none
  cls INTEGER NOT NULL,           -- LzStreetClass
  name TEXT,
  oneway INTEGER NOT NULL,
  bridge INTEGER NOT NULL,
  layer INTEGER NOT NULL,
  south7 INTEGER NOT NULL,
  west7 INTEGER NOT NULL,
  north7 INTEGER NOT NULL,
  east7 INTEGER NOT NULL,
  line BLOB NOT NULL              -- lz_line_to_bytes()
) STRICT;

-- Roads of the office.
CREATE TABLE road (
  fid INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  geom BLOB NOT NULL,             -- GeoPackage geometry of all parts
  name TEXT NOT NULL,
  initials TEXT NOT NULL,         -- pinyin initials
  grade INTEGER NOT NULL,         -- LzStreetClass
  from_name TEXT,
  to_name TEXT,
  length_m REAL NOT NULL,
  line BLOB NOT NULL              -- along which chainage counts
) STRICT;

CREATE INDEX road_by_name ON road (name);

CREATE TABLE road_part (
  road INTEGER NOT NULL REFERENCES road (fid) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (road, part)
) STRICT, WITHOUT ROWID;

-- Who answers for which road.
CREATE TABLE assignment (
  road BLOB NOT NULL,
  person TEXT NOT NULL,
  level INTEGER NOT NULL,         -- 1 一级, 2 二级, 3 三级, 4 总路长
  since INTEGER NOT NULL,
  PRIMARY KEY (road, person)
) STRICT, WITHOUT ROWID;
