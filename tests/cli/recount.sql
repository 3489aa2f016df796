-- SPDX-License-Identifier: GPL-3.0-or-later
-- The figures of every week and month of 2015, counted again by the sqlite3 shell over an exported
-- GeoPackage.  Written from the definitions (`luzhang-cli report definitions`), not from the program.
--   sqlite3 cases.gpkg < recount.sql
-- The cases are imported histories: filed and dispatched as they were reported, closed by force.
-- So "reported", "filed" and "dispatched" are one moment, and so are "handled" and "closed".

CREATE TEMP TABLE period AS
  WITH RECURSIVE
    monday (d) AS (SELECT '2014-12-29' UNION ALL SELECT date(d, '+7 days') FROM monday WHERE d < '2015-12-28'),
    month (d) AS (SELECT '2015-01-01' UNION ALL SELECT date(d, '+1 month') FROM month WHERE d < '2015-12-01')
  -- A week has the number and the year of its Thursday.
  SELECT strftime('%Y', d, '+3 days') || '-W' || printf('%02d', (strftime('%j', d, '+3 days') - 1) / 7 + 1) AS key,
         strftime('%Y-%m-%dT%H:%M:%fZ', d, '-8 hours') AS first,
         strftime('%Y-%m-%dT%H:%M:%fZ', d, '+7 days', '-8 hours') AS after
    FROM monday
  UNION ALL
  SELECT substr(d, 1, 7), strftime('%Y-%m-%dT%H:%M:%fZ', d, '-8 hours'),
         strftime('%Y-%m-%dT%H:%M:%fZ', d, '+1 month', '-8 hours')
    FROM month;

-- Times are texts of one form and zone: they compare as they are.
CREATE TEMP TABLE kase AS
  SELECT reported AS r, deadline AS d, closed AS e, coalesce(unit, '') AS unit, coalesce(road, '') AS road,
         code AS category,
         CASE dimension WHEN '序化' THEN 'order' WHEN '洁化' THEN 'cleanliness' WHEN '绿化' THEN 'greenery'
                        WHEN '亮化' THEN 'lighting' WHEN '素质' THEN 'conduct' WHEN '专项' THEN 'campaign'
                        ELSE 'none' END AS dimension,
         CAST(round((julianday(closed) - julianday(reported)) * 86400000) AS INTEGER) AS length
    FROM cases;
CREATE INDEX kase_r ON kase (r);

-- What each case is in each period.
CREATE TEMP TABLE judged AS
  SELECT p.key, k.unit, k.road, k.category, k.dimension, k.length,
         k.r >= p.first AS reported,
         k.e IS NOT NULL AND k.e >= p.first AND k.e < p.after AS handled,
         k.e IS NOT NULL AND k.e >= p.first AND k.e < p.after AND (k.d IS NULL OR k.e <= k.d) AS on_time,
         (k.e IS NULL OR k.e >= p.after) AND k.d IS NOT NULL AND k.d < p.after AS overdue,
         k.e IS NULL OR k.e >= p.after AS open
    FROM period AS p JOIN kase AS k ON k.r < p.after AND (k.e IS NULL OR k.e >= p.first);

CREATE TEMP TABLE grouped AS
  SELECT key, 'all' AS by, '' AS value, * FROM judged
  UNION ALL SELECT key, 'unit', unit, * FROM judged
  UNION ALL SELECT key, 'road', road, * FROM judged
  UNION ALL SELECT key, 'category', category, * FROM judged
  UNION ALL SELECT key, 'dimension', dimension, * FROM judged
  UNION ALL SELECT key, 'dimension_unit', dimension || ' ' || unit, * FROM judged WHERE dimension <> 'none';

CREATE TEMP TABLE figure AS
  SELECT key, by, value, sum(reported) AS reported, sum(handled) AS handled, sum(on_time) AS on_time,
         sum(handled) - sum(on_time) AS late, sum(overdue) AS overdue, sum(handled) + sum(overdue) AS due,
         sum(open) AS open
    FROM grouped GROUP BY key, by, value;

-- The times of real cases: the smallest that half, and nine in ten, of the handled did not exceed.
CREATE TEMP TABLE quantile AS
  WITH ordered AS (
    SELECT key, by, value, length, row_number() OVER w AS i, count(*) OVER (PARTITION BY key, by, value) AS n
      FROM grouped WHERE handled WINDOW w AS (PARTITION BY key, by, value ORDER BY length))
  SELECT key, by, value,
         max(length) FILTER (WHERE i = (n * 50 + 99) / 100) AS median,
         max(length) FILTER (WHERE i = (n * 90 + 99) / 100) AS p90
    FROM ordered GROUP BY key, by, value;

-- The two scores of a unit.  Nothing due: none.
CREATE TEMP TABLE score AS
  SELECT key, by, value,
         CASE WHEN due > 0 THEN
           CASE WHEN reported <= 50 THEN 10.0 WHEN reported <= 100 THEN 9.0 WHEN reported <= 200 THEN 7.5
                WHEN reported <= 500 THEN 6.0 WHEN reported <= 1000 THEN 4.0 ELSE 0.0 END
           + 30.0 * handled / due + 30.0 * on_time / due + 30.0 END AS national,
         CASE WHEN due > 0 THEN 100 * ((1.0 * on_time / due + 0.4 * late / due) * 0.8 + 0.1 + 0.1) END AS yuncheng
    FROM figure;

.mode json
SELECT f.*, median, p90, national, yuncheng
  FROM figure AS f LEFT JOIN quantile USING (key, by, value) LEFT JOIN score USING (key, by, value)
 ORDER BY key, by, value;
