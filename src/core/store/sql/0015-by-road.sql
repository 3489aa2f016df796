-- SPDX-License-Identifier: GPL-3.0-or-later
-- The road chief's desk and the map, with 500 roads and a million cases (lz-desk.c, lz-cases-list.c).

-- What was reported on a road since some day: its recurrence spots, its weeks, its list.  Takes the
-- place of two.
DROP INDEX case_lately;
DROP INDEX case_of_road;
CREATE INDEX case_of_road_lately ON case_row (road, reported_at, category, side, chainage_cm, state) WHERE road IS NOT NULL;

-- What is open, for the counts beside roads and above the map, and for the map itself: where nothing
-- but open cases is wanted it need not walk past a million others.
DROP INDEX case_open;
CREATE INDEX case_open ON case_row (road, dimension, state, due_at, warn_at, stopped_at, morton) WHERE closed_at = 0;
