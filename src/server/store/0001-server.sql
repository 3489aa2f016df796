-- SPDX-License-Identifier: GPL-3.0-or-later
-- The central server's database.  Times are ms since 1970 UTC, ids the 16 bytes of a UUID, hashes the
-- 32 bytes of a SHA-256.  Rows of event, feed_entry and refusal are added and never changed.

-- What the server is: "epoch", "rev" …
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Accounts.
CREATE TABLE user (
  id TEXT PRIMARY KEY,            -- the user name; the actor of their events
  name TEXT NOT NULL,
  phone TEXT,
  unit TEXT,                      -- id of the responsible unit; NULL = office
  roles INTEGER NOT NULL,         -- a set of LzRole bits
  password TEXT NOT NULL,         -- yescrypt
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user_feed (
  user TEXT NOT NULL REFERENCES user (id),
  position INTEGER NOT NULL,      -- the first is the account's own
  feed TEXT NOT NULL,
  PRIMARY KEY (user, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  hash BLOB PRIMARY KEY,          -- SHA-256 of the token
  user TEXT NOT NULL REFERENCES user (id),
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,       -- kept to the hour
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_by_user ON session (user);
CREATE INDEX session_by_device ON session (device);

-- Stations.
CREATE TABLE device (
  id TEXT PRIMARY KEY,
  user TEXT,                      -- whose it is; NULL = free
  seq INTEGER NOT NULL            -- last device_seq that has a receipt
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
  id INTEGER PRIMARY KEY,
  feed TEXT NOT NULL UNIQUE,      -- division code, or "unit:" and the unit's id
  name TEXT NOT NULL,
  head INTEGER NOT NULL,          -- last seq
  chain BLOB NOT NULL             -- at the head; zero for an empty feed
) STRICT;

-- Every accepted event, once.
CREATE TABLE event (
  n INTEGER PRIMARY KEY,          -- order of acceptance over all feeds
  id BLOB NOT NULL UNIQUE,
  subject BLOB NOT NULL,
  home_seq INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  user TEXT NOT NULL,             -- whose session handed it in
  line TEXT NOT NULL              -- as pulled: canonical, with home_seq and received_at
) STRICT;

CREATE INDEX event_by_subject ON event (subject, n);

-- Feeds are references to events.
CREATE TABLE feed_entry (
  feed INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  event INTEGER NOT NULL,         -- event.n
  chain BLOB NOT NULL,
  PRIMARY KEY (feed, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX feed_entry_by_event ON feed_entry (event, feed);

-- The units to which a case was ever dispatched.
CREATE TABLE case_unit (
  subject BLOB NOT NULL,
  feed INTEGER NOT NULL,          -- feed.id of the unit
  current INTEGER NOT NULL,       -- 1 for the unit that gets what comes
  PRIMARY KEY (subject, feed)
) STRICT, WITHOUT ROWID;

-- Refused events, so that a repeat gets the same answer.
CREATE TABLE refusal (
  id BLOB PRIMARY KEY,
  code TEXT NOT NULL,
  state TEXT,
  basis BLOB,
  message TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  user TEXT NOT NULL,
  line TEXT NOT NULL              -- the canonical event
) STRICT, WITHOUT ROWID;

-- Which events name a photo.
CREATE TABLE event_photo (
  sha256 BLOB NOT NULL,
  event INTEGER NOT NULL,         -- event.n
  PRIMARY KEY (sha256, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_photo_by_event ON event_photo (event);

-- Photos in the photo folder: durable, and hashed by the server.
CREATE TABLE photo (
  sha256 BLOB PRIMARY KEY,
  size INTEGER NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who proved to have the bytes by handing them in.
CREATE TABLE photo_from (
  sha256 BLOB NOT NULL,
  user TEXT NOT NULL,
  PRIMARY KEY (sha256, user)
) STRICT, WITHOUT ROWID;

-- Uploads under way, and for a day those finished.
CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  length INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  done INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Reference data as put: "catalogue", "tasks", "calendar", "divisions", "routing", "settings",
-- "units", "streets".
CREATE TABLE reference (
  part TEXT PRIMARY KEY,
  content BLOB NOT NULL,
  note TEXT                       -- attribution of the streets
) STRICT, WITHOUT ROWID;

CREATE TABLE road (
  id BLOB PRIMARY KEY,
  feed TEXT NOT NULL,
  name TEXT NOT NULL,
  json TEXT NOT NULL,             -- as in Reference of the API
  box TEXT NOT NULL               -- "south,west,north,east" in 1e-7 degree, to find it again
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
  road BLOB NOT NULL,
  person TEXT NOT NULL,
  level INTEGER NOT NULL,         -- 1 一级, 2 二级, 3 三级, 4 总路长
  since INTEGER NOT NULL,
  PRIMARY KEY (road, person)
) STRICT, WITHOUT ROWID;
