-- SPDX-License-Identifier: GPL-3.0-or-later
-- Papers that were issued, to go on with their numbers and to print one again as it was: notes whose
-- facts name a paper.
CREATE INDEX event_of_paper ON event (
  json_extract (body, '$.facts.paper'),
  json_extract (body, '$.facts.year')
) WHERE kind = 'case.noted' AND json_extract (body, '$.facts.paper') IS NOT NULL;
