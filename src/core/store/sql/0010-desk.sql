-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the road chief's desk reads (lz-desk.c), from the index alone.

-- Lately reported cases of every road: recurrence spots, weeks.
CREATE INDEX case_lately ON case_row (reported_at, road, category, side, chainage_cm, state) WHERE road IS NOT NULL;
-- What ended on a road, by week.
CREATE INDEX case_of_road_ended ON case_row (road, closed_at) WHERE closed_at > 0;
