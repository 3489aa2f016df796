-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the figures of a period are counted from (core/tally), and the communities of roads.

-- One row for each case: LzFigures, a fold of its events.  Rows lie by how long the case lasted and
-- when it began, so that the cases of any period are a few short ranges: of those that lasted up to
-- 2^span hours only the ones that began within 2^span hours before the period can reach into it.
-- Times are ms UTC, 0 = has not happened.
CREATE TABLE case_figures (
  span INTEGER NOT NULL,          -- lasted at most 2^span hours; 63 = open
  start_at INTEGER NOT NULL,      -- the first moment that is counted
  fid INTEGER NOT NULL,           -- of case_row
  end_at INTEGER NOT NULL,        -- the last one
  state INTEGER NOT NULL,
  stage_at INTEGER NOT NULL,
  dimension INTEGER NOT NULL,     -- of the category
  source INTEGER NOT NULL,        -- LzSource
  recurs INTEGER NOT NULL,
  self INTEGER NOT NULL,          -- fixed on the spot, accepted
  feed TEXT,
  category TEXT,
  unit TEXT,
  reporter TEXT,
  road BLOB,
  reported_at INTEGER NOT NULL,
  filed_at INTEGER NOT NULL,
  accept_ms INTEGER NOT NULL,     -- how long it had waited for that
  dispatched_at INTEGER NOT NULL, -- first, since it was filed
  dispatch_ms INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  stopped_at INTEGER NOT NULL,
  done_at INTEGER NOT NULL,       -- handling confirmed
  late INTEGER NOT NULL,          -- after the deadline
  ended_at INTEGER NOT NULL,      -- final state
  verify_asked_at INTEGER NOT NULL,
  verified_at INTEGER NOT NULL,
  check_asked_at INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  check_passed INTEGER NOT NULL,
  supervised_at INTEGER NOT NULL,
  suspended_at INTEGER NOT NULL,
  resumed_at INTEGER NOT NULL,
  clock INTEGER NOT NULL,         -- LzClock of the limit
  n_resent INTEGER NOT NULL,
  n_returns INTEGER NOT NULL,
  n_refused_returns INTEGER NOT NULL,
  n_reworks INTEGER NOT NULL,
  n_extensions INTEGER NOT NULL,
  appeal INTEGER NOT NULL,
  runs BLOB,                      -- of the handling clock: from and to, 8 bytes each, little end first
  PRIMARY KEY (span, start_at, fid)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX case_figures_of ON case_figures (fid);

-- In which community a road lies, as the office says.
CREATE TABLE road_community (
  road BLOB PRIMARY KEY,
  community TEXT NOT NULL         -- 12-digit division code
) STRICT, WITHOUT ROWID;

-- The rows are made by folding everything again when the station is opened.
INSERT INTO setting (key, value) SELECT 'projections', 'stale' WHERE EXISTS (SELECT 1 FROM event)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
