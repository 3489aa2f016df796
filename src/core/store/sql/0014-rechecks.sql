-- SPDX-License-Identifier: GPL-3.0-or-later
-- Notes on cases by time: few among all events, and what tells who has seen a closed case again.
CREATE INDEX event_noted ON event (occurred_at) WHERE kind = 'case.noted';
