-- SPDX-License-Identifier: GPL-3.0-or-later
-- Cases that are suspended, and until when, so that the server can end it in time: a projection of the events, kept with
-- each of them.

CREATE TABLE suspension (
  subject BLOB PRIMARY KEY,
  until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX suspension_by_end ON suspension (until_at);

-- What was granted before this table was there; whether it still stands is seen when its end has come.
INSERT INTO suspension
  SELECT subject, max(line ->> '$.body.until') FROM event
  WHERE line LIKE '%"kind":"case.suspend_granted"%' AND line ->> '$.body.until' > 0
  GROUP BY subject;
