-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the lists of tasks of each role are read from (lz-tasks.c), and the office's routes.

-- More of LzCase.
ALTER TABLE case_row ADD COLUMN supervision_kind TEXT;                 -- "overtime", "leader", "key"
ALTER TABLE case_row ADD COLUMN reply_at INTEGER NOT NULL DEFAULT 0;   -- by when a supervisor wants a reply
ALTER TABLE case_row ADD COLUMN void_asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_row ADD COLUMN tasked TEXT;                           -- who was sent to verify or check
ALTER TABLE case_row ADD COLUMN sent_back INTEGER NOT NULL DEFAULT 0;  -- its last move was a sending back

-- Only cases that are open, so small whatever the history: what is in which stage since when …
CREATE INDEX case_in_stage ON case_row (state, stage_at, fid, due_at, warn_at, stopped_at, tasked, sent_back, unit) WHERE closed_at = 0;
-- … what each unit has in hand, by deadline …
CREATE INDEX case_of_unit ON case_row (unit, state, due_at, fid, warn_at, stopped_at, stage_at, sent_back) WHERE closed_at = 0;
-- … which clocks run, by the next moment at which a lamp changes.
CREATE INDEX case_running ON case_row (due_at, fid, warn_at, unit, state) WHERE closed_at = 0 AND stopped_at = 0 AND due_at > 0;
CREATE INDEX case_warning ON case_row (warn_at, fid, due_at) WHERE closed_at = 0 AND stopped_at = 0 AND due_at > 0;

-- Few at any time.
CREATE INDEX case_supervised ON case_row (supervision, due_at, fid, reply_at, stopped_at, warn_at) WHERE supervision > 0 AND closed_at = 0;
CREATE INDEX case_void_asked ON case_row (stage_at, fid) WHERE void_asked = 1;
CREATE INDEX case_appealed ON case_row (changed_at, fid) WHERE appeal = 1;
CREATE INDEX case_suspended ON case_row (until_at, fid) WHERE state = 10;
CREATE INDEX case_sent_back ON case_row (reporter, changed_at, fid, state) WHERE sent_back = 1;

-- Where a problem was closed before, for 复发.
CREATE INDEX case_closed_place ON case_row (category, lat7, lon7, closed_at, state) WHERE closed_at > 0;

-- The columns are filled by folding everything again when the station is opened.
INSERT INTO setting (key, value) SELECT 'projections', 'stale' WHERE EXISTS (SELECT 1 FROM event)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value;
