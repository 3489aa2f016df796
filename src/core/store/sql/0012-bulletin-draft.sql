-- SPDX-License-Identifier: GPL-3.0-or-later
-- Bulletins that somebody writes at this station.  What is published is an event.
CREATE TABLE bulletin_draft (
  kind TEXT NOT NULL,             -- weekly, monthly
  period TEXT NOT NULL,           -- 2026-W10
  words TEXT NOT NULL,            -- JSON: lz_bulletin_text_write()
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (kind, period)
) STRICT, WITHOUT ROWID;
