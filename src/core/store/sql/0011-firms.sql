-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which cases name a hauling firm: reports and notes whose facts do (lz-firm-cases.c).
CREATE INDEX event_of_firm ON event (
  json_extract (body, '$.facts.firm')
) WHERE json_extract (body, '$.facts.firm') IS NOT NULL;
