-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every figure of every week and month of a year, counted again by the sqlite3 shell over an exported
-- GeoPackage with the history of its cases (`luzhang-cli export --format gpkg --history`).  Written
-- from the definitions (`luzhang-cli report definitions`) and domain §2.2, not from the program.
--   sqlite3 cases.gpkg < recount.sql
-- Whoever runs it first makes these tables: setup (year), holiday (day, off: 1 off, 0 work),
-- chief (road, person) and community (road, code), both by the road's name.

-- A city's year is a million and a half of events: they are kept in memory, not read page by page.
PRAGMA cache_size = -200000;
PRAGMA temp.cache_size = -600000;

-- -- periods ------------------------------------------------------------------------------------------

CREATE TEMP TABLE period AS
  WITH RECURSIVE
    monday (d) AS (SELECT date(year || '-01-04', 'weekday 0', '-6 days') FROM setup
                   UNION ALL SELECT date(d, '+7 days') FROM monday, setup
                    WHERE strftime('%Y', d, '+10 days') = year || ''),
    month (d) AS (SELECT year || '-01-01' FROM setup
                  UNION ALL SELECT date(d, '+1 month') FROM month, setup WHERE d < year || '-12-01'),
    -- A week has the number and the year of its Thursday.
    span (key, d, after) AS (
      SELECT strftime('%Y', d, '+3 days') || '-W' || printf('%02d', (strftime('%j', d, '+3 days') - 1) / 7 + 1),
             d, date(d, '+7 days') FROM monday
      UNION ALL SELECT substr(d, 1, 7), d, date(d, '+1 month') FROM month)
  SELECT key, (strftime('%s', d) - 8 * 3600) * 1000 AS first, (strftime('%s', after) - 8 * 3600) * 1000 AS after
    FROM span;

-- Working time since the calendar's first day at the start of each local day: 08-12 and 14-18, Monday
-- to Friday but as the calendar says.
CREATE TEMP TABLE working AS
  WITH RECURSIVE day (d) AS (SELECT date(year || '-01-01', '-40 days') FROM setup
                             UNION ALL SELECT date(d, '+1 day') FROM day, setup WHERE d < (year + 2) || '-12-31'),
    open (d, on_) AS (SELECT d, coalesce((SELECT 1 - off FROM holiday WHERE holiday.day = d),
                                         strftime('%w', d) NOT IN ('0', '6')) FROM day)
  SELECT CAST(strftime('%s', d) / 86400 AS INTEGER) AS day, on_,
         8 * 3600000 * coalesce(sum(on_) OVER (ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM open;
CREATE UNIQUE INDEX working_day ON working (day);

-- -- what happened ------------------------------------------------------------------------------------

-- Each event with its moment in ms and the state that it leads to, NULL = the same as before.
CREATE TEMP TABLE step AS
  SELECT uuid, n, substr(kind, 6) AS kind, source, unit, clock, recurs, actor, level, subdistrict,
         strftime('%s', at) * 1000 + substr(at, 21, 3) AS t,
         strftime('%s', deadline) * 1000 + substr(deadline, 21, 3) AS due,
         CASE kind
           WHEN 'case.reported' THEN 'reported' WHEN 'case.self_handled' THEN 'self_done'
           WHEN 'case.self_accepted' THEN 'closed' WHEN 'case.self_refused' THEN 'reported'
           WHEN 'case.verify_asked' THEN 'verifying' WHEN 'case.verified' THEN 'reported'
           WHEN 'case.rejected' THEN 'rejected' WHEN 'case.filed' THEN 'filed'
           WHEN 'case.unfiled' THEN 'reported' WHEN 'case.dispatched' THEN 'dispatched'
           WHEN 'case.accepted' THEN 'handling' WHEN 'case.unaccepted' THEN 'dispatched'
           WHEN 'case.return_asked' THEN 'returning' WHEN 'case.return_granted' THEN 'filed'
           WHEN 'case.return_refused' THEN 'dispatched' WHEN 'case.extend_asked' THEN 'extending'
           WHEN 'case.extend_granted' THEN 'handling' WHEN 'case.extend_refused' THEN 'handling'
           WHEN 'case.suspend_asked' THEN 'suspending' WHEN 'case.suspend_granted' THEN 'suspended'
           WHEN 'case.suspend_refused' THEN 'handling' WHEN 'case.resumed' THEN 'handling'
           WHEN 'case.rectified' THEN 'done' WHEN 'case.redo_asked' THEN 'handling'
           WHEN 'case.fed_back' THEN 'fed_back' WHEN 'case.closed' THEN 'closed'
           WHEN 'case.check_asked' THEN 'checking' WHEN 'case.check_failed' THEN 'rework'
           WHEN 'case.forced' THEN 'forced' WHEN 'case.voided' THEN 'voided' WHEN 'case.merged' THEN 'merged'
           -- What a unit has had goes back to it, with a deadline; the rest to intake.
           WHEN 'case.reopened' THEN iif(deadline IS NOT NULL, 'rework', 'reported')
         END AS state
    FROM events;
CREATE INDEX step_of ON step (uuid, n);

-- The steps from state to state, with the one before and the one after.
CREATE TEMP TABLE move AS
  SELECT uuid, n, kind, t, state, unit, lag(t) OVER w AS since, lead(t) OVER w AS until, lead(kind) OVER w AS next,
         -- Which filing of the case: one that was taken back counts no more.
         sum(kind = 'unfiled' OR kind = 'reopened' AND state = 'reported') OVER w AS filing
    FROM step WHERE state IS NOT NULL WINDOW w AS (PARTITION BY uuid ORDER BY n);
CREATE INDEX move_of ON move (uuid, n);

-- Dispatches: sent to another unit than the last time?
CREATE TEMP TABLE sent AS
  SELECT uuid, n, unit, filing, unit <> lag(unit) OVER (PARTITION BY uuid, filing ORDER BY n) AS other
    FROM move WHERE kind = 'dispatched';
CREATE INDEX sent_of ON sent (uuid);

-- From which event on counts what can be taken back or begins anew.
CREATE TEMP TABLE mark AS
  SELECT s.uuid,
         max(n) FILTER (WHERE state IS NOT NULL) AS last,
         coalesce(max(n) FILTER (WHERE kind = 'unfiled' OR kind = 'reopened' AND state = 'reported'), 0) AS intake,
         coalesce(max(n) FILTER (WHERE kind IN ('check_failed', 'reopened', 'unfiled')), 0) AS undone,
         max(n) FILTER (WHERE kind IN ('dispatched', 'return_refused', 'resumed', 'check_failed', 'reopened',
                                       'extend_granted', 'rejected', 'unfiled', 'voided', 'merged')
                        OR kind = 'due_set' AND due IS NOT NULL) AS due,
         coalesce(max(n) FILTER (WHERE kind IN ('dispatched', 'return_refused', 'resumed', 'check_failed', 'reopened',
                                                'extend_granted', 'rejected', 'unfiled', 'voided', 'merged')), 0) AS restart,
         max(n) FILTER (WHERE kind IN ('dispatched', 'unfiled')) AS unit,
         max(n) FILTER (WHERE clock IS NOT NULL
                        AND kind IN ('reported', 'self_handled', 'filed', 'dispatched', 'reopened', 'due_set')) AS clock,
         max(n) FILTER (WHERE kind = 'verify_asked') AS verify,
         max(n) FILTER (WHERE kind = 'check_asked') AS "check",
         max(n) FILTER (WHERE kind = 'suspend_granted') AS suspend,
         max(n) FILTER (WHERE kind IN ('appealed', 'appeal_granted', 'appeal_refused')) AS appeal,
         coalesce(max(n) FILTER (WHERE kind = 'self_accepted'), 0) AS self,
         coalesce(max(n) FILTER (WHERE kind = 'reopened'), 0) AS reopened,
         max(coalesce(max(n) FILTER (WHERE kind IN ('unfiled', 'reopened')), 0),
             coalesce((SELECT max(n) FROM sent WHERE sent.uuid = s.uuid AND other), 0)) AS rerun
    FROM step AS s GROUP BY s.uuid;
CREATE UNIQUE INDEX mark_of ON mark (uuid);

-- How long the handling clock ran: while the unit has it.  By that clock, and in plain time.
CREATE TEMP TABLE took AS
  WITH run AS (
    SELECT m.uuid, m.t AS a, m.until AS b, s.clock IN ('working_hours', 'working_days') AS by_work
      FROM move AS m JOIN mark AS k USING (uuid) LEFT JOIN step AS s ON s.uuid = m.uuid AND s.n = k.clock
     WHERE m.n >= k.rerun AND m.until > m.t
       AND m.state IN ('dispatched', 'handling', 'extending', 'suspending', 'done', 'rework')),
  worked AS (
    SELECT uuid, a, b, by_work,
           CASE WHEN by_work THEN
             (SELECT before + on_ * (max(0, min((b + 28800000) % 86400000 - 28800000, 14400000))
                                     + max(0, min((b + 28800000) % 86400000 - 50400000, 14400000)))
                FROM working WHERE day = (b + 28800000) / 86400000)
             - (SELECT before + on_ * (max(0, min((a + 28800000) % 86400000 - 28800000, 14400000))
                                       + max(0, min((a + 28800000) % 86400000 - 50400000, 14400000)))
                  FROM working WHERE day = (a + 28800000) / 86400000)
           ELSE b - a END AS ms
      FROM run)
  SELECT uuid, sum(ms) AS by_clock, sum(b - a) AS plain FROM worked GROUP BY uuid;
CREATE UNIQUE INDEX took_of ON took (uuid);

-- -- the cases ----------------------------------------------------------------------------------------

CREATE TEMP TABLE fact AS
  SELECT s.uuid,
         min(t) AS r,
         max(source) FILTER (WHERE s.n = 1) AS source,
         max(actor) FILTER (WHERE s.n = 1) AS reporter,
         max(subdistrict) FILTER (WHERE s.n = 1) AS subdistrict,
         coalesce(max(s.n = 1 AND recurs IS NOT NULL), 0) AS recurs,
         k.self > k.reopened AS self,
         max(t) FILTER (WHERE kind = 'filed' AND s.n > k.intake) AS filed,
         min(t) FILTER (WHERE kind = 'dispatched' AND s.n > k.intake) AS dispatched,
         sum(kind = 'return_granted') AS returns, sum(kind = 'return_refused') AS refused,
         sum(kind = 'check_failed') AS reworks, sum(kind = 'extend_granted') AS extensions,
         min(t) FILTER (WHERE kind = 'supervised') AS supervised,
         max(s.due) FILTER (WHERE s.n = k.due) AS due,
         min(t) FILTER (WHERE kind IN ('return_asked', 'suspend_granted', 'fed_back', 'closed', 'forced')
                        AND s.n > k.restart) AS stopped,
         min(t) FILTER (WHERE kind IN ('fed_back', 'forced') AND s.n > k.undone) AS done,
         max(t) FILTER (WHERE s.n = k.verify) AS verify,
         min(t) FILTER (WHERE kind = 'verified' AND s.n > k.verify) AS verified,
         max(t) FILTER (WHERE s.n = k."check") AS "check",
         max(t) FILTER (WHERE s.n = k.suspend) AS suspended,
         coalesce(max(s.n = k.appeal AND kind = 'appeal_granted'), 0) AS exempt,
         max(s.unit) FILTER (WHERE s.n = k.unit) AS unit
    FROM step AS s JOIN mark AS k USING (uuid) GROUP BY s.uuid;

CREATE TEMP TABLE kase AS
  SELECT f.uuid, f.r, f.recurs, f.self, f.filed, f.dispatched, f.returns, f.refused, f.reworks, f.extensions,
         f.supervised, f.due, f.stopped, f.verify, f.verified, f."check", f.suspended, f.exempt,
         coalesce(f.unit, '') AS unit, f.reporter, f.subdistrict,
         CASE WHEN f.source IS NULL THEN 'own'
              WHEN f.source IN ('hotline', 'public', 'leader', 'video', 'department', 'media') THEN f.source
              ELSE 'other' END AS source,
         iif(f.dispatched IS NOT NULL, f.done, NULL) AS done,
         last.state, iif(last.state IN ('closed', 'forced', 'rejected', 'voided', 'merged'), last.t, NULL) AS ended,
         f.filed - filing.since AS accepting, f.dispatched - sending.since AS dispatching,
         iif(checking.next IN ('closed', 'check_failed'), checking.until, NULL) AS checked,
         checking.next = 'closed' AS passed,
         (SELECT until FROM move AS m WHERE m.uuid = f.uuid AND m.n = k.suspend) AS resumed,
         EXISTS (SELECT 1 FROM sent WHERE sent.uuid = f.uuid AND other) AS resent,
         coalesce(took.by_clock, 0) AS by_clock, coalesce(took.plain, 0) AS plain,
         coalesce(c.road, '') AS road, c.code AS category,
         CASE c.dimension WHEN '序化' THEN 'order' WHEN '洁化' THEN 'cleanliness' WHEN '绿化' THEN 'greenery'
                          WHEN '亮化' THEN 'lighting' WHEN '素质' THEN 'conduct' WHEN '专项' THEN 'campaign'
                          ELSE 'none' END AS dimension
    FROM fact AS f JOIN mark AS k USING (uuid) JOIN cases AS c USING (uuid)
    JOIN move AS last ON last.uuid = f.uuid AND last.n = k.last
    LEFT JOIN move AS filing ON filing.uuid = f.uuid AND filing.kind = 'filed' AND filing.t = f.filed
                             AND filing.n > k.intake
    LEFT JOIN move AS sending ON sending.uuid = f.uuid AND sending.n =
         (SELECT min(n) FROM move AS m WHERE m.uuid = f.uuid AND m.kind = 'dispatched' AND m.n > k.intake)
    LEFT JOIN move AS checking ON checking.uuid = f.uuid AND checking.n = k."check"
    LEFT JOIN took ON took.uuid = f.uuid ORDER BY f.r;
CREATE INDEX kase_r ON kase (r);

-- -- what each case is in each period ------------------------------------------------------------------

-- The office's own limits run day and night: intake and dispatch 15 minutes, tasks 30.
CREATE TEMP TABLE judged AS
  WITH at_end AS (
    SELECT p.key, p.first, p.after, k.*,
           coalesce(stopped, done) > due AND done IS NOT NULL AS late,
           r >= first AND r < after AS in_r, filed >= first AND filed < after AND state <> 'merged' AS in_f,
           coalesce(dispatched < after, 0) AS was_sent, coalesce(done < after, 0) AS was_done,
           coalesce(ended < after, 0) AS was_ended,
           coalesce(verify >= first AND verify < after, 0) AS in_v,
           coalesce("check" >= first AND "check" < after, 0) AS in_c
      FROM period AS p JOIN kase AS k
        ON k.r < p.after AND (k.ended IS NULL OR max(k.ended, coalesce(k.supervised, 0)) >= p.first)),
  fixed AS (
    SELECT *, self AND state = 'closed' AS spot,
           was_sent AND NOT was_done AND NOT was_ended AND state NOT IN ('merged', 'filed', 'voided')
             AND coalesce(iif(stopped < after, stopped, after) > due, 0) AS overdue,
           coalesce(done >= first AND was_done, 0) AND state <> 'voided' AS was_handled,
           coalesce(ended >= first AND was_ended, 0) AND state IN ('closed', 'forced') AND NOT self AS was_closed,
           coalesce(late, 0) AND NOT exempt AS guilty,
           in_f AND NOT (dispatched IS NULL AND ended IS NOT NULL) AS to_send
      FROM at_end)
  SELECT key, unit, road, category, dimension, source, reporter, subdistrict, by_clock, plain,
         -- When it counts, in hours; what stands at the end of the period, in its last one.
         r / 3600000 AS report_h, filed / 3600000 AS filing_h, verify / 3600000 AS verify_h,
         "check" / 3600000 AS check_h, supervised / 3600000 AS supervise_h, (after - 1) / 3600000 AS last_h,
         iif(coalesce(done >= first AND was_done, 0), done, after - 1) / 3600000 AS handling_h,
         iif(coalesce(ended >= first AND was_ended, 0), ended, after - 1) / 3600000 AS ending_h,
         in_r AS reported,
         in_r AND source = 'own' AS own_reported,
         in_r AND source = 'own' AND (filed IS NOT NULL OR spot) AS valid_reported,
         in_r AND spot AS self_handled,
         in_r AND NOT spot AS to_file,
         in_r AND NOT spot AND filed IS NOT NULL AS reported_filed,
         in_r AND recurs AS recurred,
         coalesce(in_f, 0) AS filed,
         coalesce(in_f AND accepting <= 900000, 0) AS filed_on_time,
         coalesce(in_f AND state <> 'voided', 0) AS filed_right,
         coalesce(in_f AND state = 'voided', 0) AS voided,
         coalesce(in_f AND source IN ('hotline', 'public', 'media', 'leader'), 0) AS missed,
         coalesce(in_f AND source IN ('hotline', 'public'), 0) AS complained,
         coalesce(to_send, 0) AS due_dispatch,
         coalesce(to_send AND was_sent, 0) AS dispatched,
         coalesce(to_send AND was_sent AND dispatching <= 900000, 0) AS dispatched_on_time,
         coalesce(to_send AND was_sent AND NOT resent AND returns = 0, 0) AS dispatched_right,
         coalesce(to_send AND was_sent AND returns > 0, 0) AS returned,
         coalesce(to_send AND was_sent AND refused > 0, 0) AS shirked,
         in_v AND (coalesce(verified < after, 0) OR verify + 1800000 < after) AS due_verify,
         in_v AND coalesce(verified < after, 0) AS verified,
         in_v AND coalesce(verified < after AND verified <= verify + 1800000, 0) AS verified_on_time,
         in_c AND (coalesce(checked < after, 0) OR "check" + 1800000 < after) AS due_check,
         in_c AND coalesce(checked < after, 0) AS checked,
         in_c AND coalesce(checked < after AND checked <= "check" + 1800000, 0) AS checked_on_time,
         in_c AND coalesce(checked < after AND passed, 0) AS check_passed,
         was_handled OR overdue AS due_handle,
         was_handled AS handled,
         was_handled AND NOT guilty AS handled_on_time,
         was_handled AND guilty AS handled_late,
         overdue AS overdue_open,
         was_handled AND coalesce(late, 0) AS overtime,
         was_handled AND coalesce(late, 0) AND exempt AS exempted,
         NOT self AND (was_closed OR was_done AND NOT was_ended OR overdue) AS due_close,
         was_closed AS closed,
         was_closed AND NOT guilty AS closed_on_time,
         NOT self AND NOT was_closed AND was_done AND NOT was_ended AS awaiting_close,
         was_closed AND state = 'forced' AS forced,
         NOT self AND (was_closed OR was_done AND NOT was_ended OR overdue) AND reworks > 0 AS reworked,
         NOT self AND (was_closed OR was_done AND NOT was_ended OR overdue) AND extensions > 0 AS extended,
         state = 'rejected' AND coalesce(ended >= first AND was_ended, 0) AS rejected,
         coalesce(supervised >= first AND supervised < after, 0) AS supervised,
         coalesce(suspended < after, 0) AND NOT coalesce(resumed < after, 0) AS suspended,
         r < after AND NOT was_ended AS open
    FROM fixed;

-- -- set out ------------------------------------------------------------------------------------------

-- What is in the same groups whichever way it is set out, together: far fewer rows than cases.
CREATE TEMP TABLE cell AS
  SELECT key, unit, road, category, dimension, source, reporter, subdistrict, coalesce(code, '') AS community,
         sum(reported) AS reported, sum(own_reported) AS own_reported,
         sum(valid_reported) AS valid_reported, sum(self_handled) AS self_handled, sum(to_file) AS to_file,
         sum(reported_filed) AS reported_filed, sum(recurred) AS recurred, sum(filed) AS filed,
         sum(filed_on_time) AS filed_on_time, sum(filed_right) AS filed_right, sum(voided) AS voided,
         sum(missed) AS missed, sum(complained) AS complained, sum(due_dispatch) AS due_dispatch,
         sum(dispatched) AS dispatched, sum(dispatched_on_time) AS dispatched_on_time,
         sum(dispatched_right) AS dispatched_right, sum(returned) AS returned, sum(shirked) AS shirked,
         sum(due_verify) AS due_verify, sum(verified) AS verified, sum(verified_on_time) AS verified_on_time,
         sum(due_check) AS due_check, sum(checked) AS checked, sum(checked_on_time) AS checked_on_time,
         sum(check_passed) AS check_passed, sum(due_handle) AS due_handle, sum(handled) AS handled,
         sum(handled_on_time) AS handled_on_time, sum(handled_late) AS handled_late,
         sum(overdue_open) AS overdue_open, sum(overtime) AS overtime, sum(exempted) AS exempted,
         sum(due_close) AS due_close, sum(closed) AS closed, sum(closed_on_time) AS closed_on_time,
         sum(awaiting_close) AS awaiting_close, sum(forced) AS forced, sum(reworked) AS reworked,
         sum(extended) AS extended, sum(rejected) AS rejected, sum(supervised) AS supervised,
         sum(suspended) AS suspended, sum(open) AS open
    FROM judged LEFT JOIN community USING (road)
   GROUP BY key, unit, road, category, dimension, source, reporter, subdistrict;
CREATE INDEX cell_of ON cell (key, unit, road, category, source, reporter);

CREATE TEMP TABLE way AS
  WITH way (by) AS (VALUES ('all'), ('unit'), ('road'), ('category'), ('source'), ('inspector'), ('subdistrict'),
                           ('community'), ('dimension'), ('dimension_unit'), ('dimension_road'),
                           ('dimension_subdistrict'), ('dimension_community'))
  SELECT by FROM way;

CREATE TEMP VIEW member AS
  SELECT c.rowid AS cell, key, by,
         CASE by WHEN 'all' THEN '' WHEN 'unit' THEN unit WHEN 'road' THEN road WHEN 'category' THEN category
                 WHEN 'source' THEN source WHEN 'inspector' THEN reporter WHEN 'subdistrict' THEN subdistrict
                 WHEN 'community' THEN community WHEN 'dimension' THEN dimension
                 WHEN 'dimension_unit' THEN dimension || ' ' || unit
                 WHEN 'dimension_road' THEN dimension || ' ' || road
                 WHEN 'dimension_subdistrict' THEN dimension || ' ' || subdistrict
                 WHEN 'dimension_community' THEN dimension || ' ' || community END AS value
    FROM cell AS c, way
  UNION ALL SELECT c.rowid, key, 'chief', person FROM cell AS c JOIN chief USING (road);

CREATE TEMP TABLE figure AS
  SELECT m.key, by, value, sum(reported) AS reported, sum(own_reported) AS own_reported,
         sum(valid_reported) AS valid_reported, sum(self_handled) AS self_handled, sum(to_file) AS to_file,
         sum(reported_filed) AS reported_filed, sum(recurred) AS recurred, sum(filed) AS filed,
         sum(filed_on_time) AS filed_on_time, sum(filed_right) AS filed_right, sum(voided) AS voided,
         sum(missed) AS missed, sum(complained) AS complained, sum(due_dispatch) AS due_dispatch,
         sum(dispatched) AS dispatched, sum(dispatched_on_time) AS dispatched_on_time,
         sum(dispatched_right) AS dispatched_right, sum(returned) AS returned, sum(shirked) AS shirked,
         sum(due_verify) AS due_verify, sum(verified) AS verified, sum(verified_on_time) AS verified_on_time,
         sum(due_check) AS due_check, sum(checked) AS checked, sum(checked_on_time) AS checked_on_time,
         sum(check_passed) AS check_passed, sum(due_handle) AS due_handle, sum(handled) AS handled,
         sum(handled_on_time) AS handled_on_time, sum(handled_late) AS handled_late,
         sum(overdue_open) AS overdue_open, sum(overtime) AS overtime, sum(exempted) AS exempted,
         sum(due_close) AS due_close, sum(closed) AS closed, sum(closed_on_time) AS closed_on_time,
         sum(awaiting_close) AS awaiting_close, sum(forced) AS forced, sum(reworked) AS reworked,
         sum(extended) AS extended, sum(rejected) AS rejected, sum(supervised) AS supervised,
         sum(suspended) AS suspended, sum(open) AS open
    FROM member AS m JOIN cell AS c ON c.rowid = m.cell GROUP BY m.key, by, value;

-- The times of real cases: the smallest that half, and nine in ten, of the handled did not exceed.
CREATE TEMP TABLE spent AS
  SELECT c.rowid AS cell, plain, by_clock
    FROM judged AS j JOIN cell AS c USING (key, unit, road, category, source, reporter, dimension, subdistrict)
   WHERE j.handled;
CREATE INDEX spent_of ON spent (cell);

CREATE TEMP TABLE quantile AS
  WITH ordered AS (
    SELECT key, by, value, plain, by_clock, count(*) OVER (PARTITION BY key, by, value) AS n,
           row_number() OVER (PARTITION BY key, by, value ORDER BY plain) AS i,
           row_number() OVER (PARTITION BY key, by, value ORDER BY by_clock) AS j
      FROM member JOIN spent USING (cell))
  SELECT key, by, value,
         max(plain) FILTER (WHERE i = (n * 50 + 99) / 100) AS median_ms,
         max(plain) FILTER (WHERE i = (n * 90 + 99) / 100) AS p90_ms,
         max(by_clock) FILTER (WHERE j = (n * 50 + 99) / 100) AS median_clock_ms,
         max(by_clock) FILTER (WHERE j = (n * 90 + 99) / 100) AS p90_clock_ms
    FROM ordered GROUP BY key, by, value;

-- The two scores of a unit.  Nothing to be handled or closed: none.
CREATE TEMP TABLE score AS
  SELECT key, by, value,
         CASE WHEN due_handle > 0 AND due_close > 0 THEN
           CASE WHEN filed <= 50 THEN 10.0 WHEN filed <= 100 THEN 9.0 WHEN filed <= 200 THEN 7.5
                WHEN filed <= 500 THEN 6.0 WHEN filed <= 1000 THEN 4.0 ELSE 0.0 END
           + 30.0 * closed / due_close + 30.0 * handled_on_time / due_handle
           + 30.0 * (1 - 1.0 * reworked / due_close) END AS national,
         CASE WHEN due_handle > 0 AND due_close > 0 THEN
           100 * ((1.0 * handled_on_time / due_handle + 0.4 * handled_late / due_handle) * 0.8
                  + (1 - 1.0 * extended / due_close) * 0.1 + (1 - 1.0 * reworked / due_close) * 0.1) END AS yuncheng
    FROM figure;

.mode json
SELECT f.*, median_ms, p90_ms, median_clock_ms, p90_clock_ms, national, yuncheng
  FROM figure AS f LEFT JOIN quantile USING (key, by, value) LEFT JOIN score USING (key, by, value)
 ORDER BY key, by, value;

-- -- by time ------------------------------------------------------------------------------------------

-- Hours of local time: which of the day, which weekday (1 = Monday), which date.
CREATE TEMP TABLE hour AS
  WITH RECURSIVE h (h) AS (SELECT min(first) / 3600000 FROM period
                           UNION ALL SELECT h + 1 FROM h WHERE h < (SELECT max(after) / 3600000 FROM period))
  SELECT h, printf('%02d', (h + 8) % 24) AS hour, ((h + 8) / 24 + 3) % 7 + 1 || '' AS weekday,
         date((h + 8) * 3600, 'unixepoch') AS day FROM h;
CREATE UNIQUE INDEX hour_of ON hour (h);

DELETE FROM way;
INSERT INTO way VALUES ('hour'), ('weekday'), ('day'), ('road_hour'), ('road_weekday');
CREATE TEMP VIEW timed AS
  SELECT h, by, by LIKE 'road%' AS on_road,
         CASE WHEN by LIKE '%hour' THEN hour WHEN by LIKE '%weekday' THEN weekday ELSE day END AS value
    FROM hour, way;

-- Each count by the moment that the period rules name (`report definitions`).
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(reported) AS reported, sum(own_reported) AS own_reported, sum(valid_reported) AS valid_reported,
       sum(self_handled) AS self_handled, sum(to_file) AS to_file, sum(reported_filed) AS reported_filed,
       sum(recurred) AS recurred
  FROM judged JOIN timed ON h = report_h WHERE reported GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(filed) AS filed, sum(filed_on_time) AS filed_on_time, sum(filed_right) AS filed_right,
       sum(voided) AS voided, sum(missed) AS missed, sum(complained) AS complained,
       sum(due_dispatch) AS due_dispatch, sum(dispatched) AS dispatched,
       sum(dispatched_on_time) AS dispatched_on_time, sum(dispatched_right) AS dispatched_right,
       sum(returned) AS returned, sum(shirked) AS shirked
  FROM judged JOIN timed ON h = filing_h WHERE filed GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(due_verify) AS due_verify, sum(verified) AS verified, sum(verified_on_time) AS verified_on_time
  FROM judged JOIN timed ON h = verify_h WHERE due_verify GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(due_check) AS due_check, sum(checked) AS checked, sum(checked_on_time) AS checked_on_time,
       sum(check_passed) AS check_passed
  FROM judged JOIN timed ON h = check_h WHERE due_check GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(due_handle) AS due_handle, sum(handled) AS handled, sum(handled_on_time) AS handled_on_time,
       sum(handled_late) AS handled_late, sum(overdue_open) AS overdue_open, sum(overtime) AS overtime,
       sum(exempted) AS exempted
  FROM judged JOIN timed ON h = handling_h WHERE due_handle GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(due_close) AS due_close, sum(closed) AS closed, sum(closed_on_time) AS closed_on_time,
       sum(awaiting_close) AS awaiting_close, sum(forced) AS forced, sum(reworked) AS reworked,
       sum(extended) AS extended, sum(rejected) AS rejected
  FROM judged JOIN timed ON h = ending_h WHERE due_close OR rejected GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(supervised) AS supervised
  FROM judged JOIN timed ON h = supervise_h WHERE supervised GROUP BY 1, 2, 3;
SELECT key, by, iif(on_road, road || ' ', '') || value AS value,
       sum(suspended) AS suspended, sum(open) AS open
  FROM judged JOIN timed ON h = last_h WHERE suspended OR open GROUP BY 1, 2, 3;
