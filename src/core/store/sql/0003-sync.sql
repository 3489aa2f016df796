-- SPDX-License-Identifier: GPL-3.0-or-later
-- What this station knows of its server: facts too, `rebuild` leaves them alone.

-- How far each feed has been read.
CREATE TABLE feed (
  name TEXT PRIMARY KEY,          -- division code, or "unit:" and the unit's id
  title TEXT NOT NULL,            -- for people
  seq INTEGER NOT NULL,           -- last line read
  chain BLOB NOT NULL,            -- its chain value, 32 bytes
  head INTEGER NOT NULL           -- last line that the server has, as far as we know
) STRICT, WITHOUT ROWID;

-- The lines of the feeds that were read, verified.
CREATE TABLE feed_line (
  feed TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event BLOB NOT NULL,
  chain BLOB NOT NULL,
  PRIMARY KEY (feed, seq)
) STRICT, WITHOUT ROWID;

-- Acts that the server refused: the inbox.  Each is settled by a recorded decision.
CREATE TABLE refusal (
  event BLOB PRIMARY KEY,
  code TEXT NOT NULL,             -- the server's: "state", "role" …
  state TEXT,                     -- of the case, as the server found it
  message TEXT NOT NULL,
  refused_at INTEGER NOT NULL,
  decision TEXT,                  -- "redo", "note", "drop"; NULL = somebody must decide
  reason TEXT,
  decided_at INTEGER,
  decided_by TEXT,
  successor BLOB                  -- the event that came of it
) STRICT, WITHOUT ROWID;

-- Photos on their way up.
CREATE TABLE upload (
  sha256 BLOB PRIMARY KEY,
  url TEXT,                       -- of the upload begun; NULL = not begun
  sent INTEGER NOT NULL,          -- bytes that the server has confirmed
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,       -- not before this
  error TEXT,                     -- of the last try
  permanent INTEGER NOT NULL      -- a person must look: trying again does not help
) STRICT, WITHOUT ROWID;

-- When to try again: "session", "reference", "push", "pull".
CREATE TABLE retry (
  task TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  error TEXT NOT NULL,
  permanent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
