#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deadlines are worked out again by the server's calendar; one that differs is put right by the rule, not refused."""

import sys

from lz_server import Case, check_chain, main, now_ms

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

    def test_suspension_ends_by_rule_only_when_it_is_over(self):
        chen, subject = self.file_case()
        at = now_ms() - 100 * HOUR
        self.dispatch(chen, subject, at, at + 10 * HOUR)
        admin = self.login("admin")
        made = admin.ask("POST", "/v1/admin/users", {
            "user": "unitman", "name": "单位", "roles": ["unit"], "feeds": ["360681001"]})
        self.assertEqual(made.status, 201, made.body)
        self.server.users["unitman"] = made.json()
        unit = self.login("unitman")
        until = now_ms() + 5 * HOUR
        unit.must_push([unit.event("case.accepted", subject, occurred_at=at + HOUR),
                        unit.event("case.suspend_asked", subject, {"text": "冬天", "until": until}, occurred_at=at + HOUR)])
        chen.must_push([chen.event("case.suspend_granted", subject, {"until": until}, occurred_at=at + HOUR)])
        body = {"due_at": until + 9 * HOUR, "warn_at": until + 7 * HOUR}
        soon = chen.event("case.resumed", subject, body, actor="rule", occurred_at=until)
        self.assertEqual(chen.must_push([soon])[0]["refused"], "actor")  # not yet, by the server's clock
        early = chen.event("case.resumed", subject, body, actor="rule", occurred_at=now_ms())
        self.assertEqual(chen.must_push([early])[0]["refused"], "state")
        self.assertEqual(self.events_of(chen, subject)[-1]["kind"], "case.suspend_granted")


if __name__ == "__main__":
    sys.exit(main())
