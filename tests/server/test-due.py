#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deadlines are worked out again by the server's calendar; one that differs is put right by the rule, not refused.
Suspensions end at their end date by the server's own act."""

import sqlite3
import sys
import time

from lz_server import PATIENCE, Case, check_chain, main, now_ms

HOUR = 3600 * 1000
LIMIT = {"clock": "urgent_hours", "count": 10}  # runs day and night: no calendar needed to check it here


class Due(Case):
    def file_case(self):
        chen, li = self.login("chen"), self.login("li")
        report = li.report()
        subject = report["subject"]
        li.must_push([report])
        receipt = chen.must_push([chen.event("case.filed", subject, {"condition": 1, "limit": LIMIT})])[0]
        self.assertIn("seq", receipt)
        return chen, subject

    def dispatch(self, chen, subject, at, due, limit=LIMIT):
        event = chen.event("case.dispatched", subject, {
            "unit": "市城管局", "due_at": due, "warn_at": at + 8 * HOUR, "limit": limit}, occurred_at=at)
        self.assertIn("seq", chen.must_push([event])[0])
        return event

    def events_of(self, client, subject):
        lines = client.pull()
        check_chain(lines)
        return [line["event"] for line in lines if line["event"]["subject"] == subject]

    def test_right(self):
        chen, subject = self.file_case()
        at = now_ms() - HOUR
        self.dispatch(chen, subject, at, at + 10 * HOUR)
        self.assertEqual([e["kind"] for e in self.events_of(chen, subject)],
                         ["case.reported", "case.filed", "case.dispatched"])

    def test_wrong(self):
        chen, subject = self.file_case()
        at = now_ms() - HOUR
        wrong = self.dispatch(chen, subject, at, at + 1000 * HOUR)
        events = self.events_of(chen, subject)
        self.assertEqual([e["kind"] for e in events][-2:], ["case.dispatched", "case.due_set"])
        right = events[-1]
        self.assertEqual(right["body"], {"due_at": at + 10 * HOUR, "warn_at": at + 8 * HOUR, "limit": LIMIT})
        self.assertEqual((right["actor"], right["basis"]), ("rule", wrong["id"]))
        self.server.verify()

    def test_limit_is_the_conditions(self):
        """A longer limit named at dispatch does not help either."""
        chen, subject = self.file_case()
        at = now_ms() - HOUR
        self.dispatch(chen, subject, at, at + 500 * HOUR, {"clock": "urgent_hours", "count": 500})
        self.assertEqual(self.events_of(chen, subject)[-1]["body"]["due_at"], at + 10 * HOUR)

    def test_imported_history_keeps_its_own(self):
        chen, subject = self.file_case()
        at = now_ms() - HOUR
        event = chen.event("case.dispatched", subject, {
            "unit": "市城管局", "due_at": at + 3 * HOUR, "warn_at": at + HOUR, "imported_from": "old.csv:7"}, occurred_at=at)
        chen.must_push([event])
        self.assertEqual(self.events_of(chen, subject)[-1]["kind"], "case.dispatched")

    def test_people_cannot(self):
        chen, subject = self.file_case()
        at = now_ms() - HOUR
        self.dispatch(chen, subject, at, at + 10 * HOUR)
        for actor in ("chen", "rule"):
            event = chen.event("case.due_set", subject, {"due_at": at + 90 * HOUR, "warn_at": at + 80 * HOUR}, actor=actor)
            self.assertIn(chen.must_push([event])[0]["refused"], ("role", "actor"))

    def suspend(self, until, at):
        """A case of the sample's unit, dispatched at @at, suspended an hour later until @until."""
        chen, subject = self.file_case()
        self.dispatch(chen, subject, at, at + 10 * HOUR)
        unit = self.login("huanwei")
        receipts = unit.must_push([
            unit.event("case.accepted", subject, occurred_at=at + HOUR),
            unit.event("case.suspend_asked", subject, {"text": "冬天", "until": until}, occurred_at=at + HOUR)],
            feed="unit:huanwei")
        receipts += chen.must_push([chen.event("case.suspend_granted", subject, {"until": until}, occurred_at=at + HOUR)])
        self.assertTrue(all("seq" in r for r in receipts), receipts)
        return chen, unit, subject

    def wait_for_end(self, client, subject, feed="360681001"):
        end = time.monotonic() + 10 * PATIENCE
        while True:
            lines = client.pull(feed)
            check_chain(lines)
            last = [line["event"] for line in lines if line["event"]["subject"] == subject][-1]
            if last["kind"] == "case.resumed":
                return last
            self.assertLess(time.monotonic(), end, last)
            client.ask("GET", f"/v1/feeds/{feed}/events?after={len(lines)}&wait=2")

    def assert_ended(self, event, until):
        self.assertEqual((event["actor"], event["device"], event["occurred_at"]), ("rule", "server", until))
        self.assertEqual(event["body"], {"due_at": until + 9 * HOUR, "warn_at": until + 7 * HOUR})

    def test_suspension_ends_by_rule_only_when_it_is_over(self):
        until = now_ms() + 5 * HOUR
        chen, _, subject = self.suspend(until, now_ms() - 100 * HOUR)
        body = {"due_at": until + 9 * HOUR, "warn_at": until + 7 * HOUR}
        soon = chen.event("case.resumed", subject, body, actor="rule", occurred_at=until)
        self.assertEqual(chen.must_push([soon])[0]["refused"], "actor")  # not yet, by the server's clock
        early = chen.event("case.resumed", subject, body, actor="rule", occurred_at=now_ms())
        self.assertEqual(chen.must_push([early])[0]["refused"], "state")
        self.assertEqual(self.events_of(chen, subject)[-1]["kind"], "case.suspend_granted")

    def test_server_ends_suspensions(self):
        """At the end date, without anybody's station; the unit hears of it, and those who wait are told."""
        until = now_ms() + 2000
        chen, unit, subject = self.suspend(until, now_ms() - 3 * HOUR)
        self.assert_ended(self.wait_for_end(chen, subject), until)
        self.assert_ended(self.wait_for_end(unit, subject, "unit:huanwei"), until)
        again = chen.event("case.resumed", subject, {"due_at": until + 9 * HOUR, "warn_at": until + 7 * HOUR},
                           actor="rule", occurred_at=until)
        self.assertEqual(chen.must_push([again])[0]["refused"], "state")  # a station that noticed too
        self.server.verify()

    def test_station_was_first(self):
        until = now_ms() + 1000
        chen, _, subject = self.suspend(until, now_ms() - 3 * HOUR)
        first = chen.event("case.resumed", subject, {"due_at": until + 9 * HOUR, "warn_at": until + 7 * HOUR},
                           actor="rule", occurred_at=until)
        self.assertIn("seq", chen.must_push([first])[0])  # its clock is a second ahead
        time.sleep(3)
        ends = [e["device"] for e in self.events_of(chen, subject) if e["kind"] == "case.resumed"]
        self.assertEqual(ends, [chen.device])

    def test_ended_early_or_by_force_is_not_ended_again(self):
        until = now_ms() + 1500
        chen, _, subject = self.suspend(until, now_ms() - 3 * HOUR)
        admin = self.login("admin")
        self.assertIn("seq", admin.must_push([admin.event("case.forced", subject, {"text": "撤销"})])[0])
        time.sleep(3)
        self.assertEqual(self.events_of(chen, subject)[-1]["kind"], "case.forced")

    def test_date_passes_while_the_server_is_away(self):
        """Also with a database that knows nothing of suspensions yet."""
        until = now_ms() + 1000
        chen, _, subject = self.suspend(until, now_ms() - 3 * HOUR)
        self.server.stop()
        db = sqlite3.connect(f"{self.server.data}/server.db")
        db.executescript("DROP TABLE suspension; PRAGMA user_version = 1")
        db.close()
        time.sleep(max(0, until + 200 - now_ms()) / 1000)
        self.server.start()
        chen.close()
        self.assert_ended(self.wait_for_end(chen, subject), until)


if __name__ == "__main__":
    sys.exit(main())
