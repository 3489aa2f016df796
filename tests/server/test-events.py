#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds: handing in and reading, order and chain, refusals, who sees what."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time

from lz_server import (HOME, NDJSON, OTHER, Case, Client, canonical, check_chain, main, now_ms, photo,
                       photo_ref, run, uuid7)

UNIT = "unit:huanwei"


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c"], input=data, capture_output=True, check=True).stdout


def unzstd(data):
    return subprocess.run(["zstd", "-q", "-d", "-c"], input=data, capture_output=True,
                          check=True).stdout


class Push(Case):
    def test_order_and_chain(self):
        li = self.login("li")
        receipts = li.must_push([li.report() for _ in range(20)])
        head = receipts[-1]["seq"]
        self.assertEqual([r["seq"] for r in receipts], list(range(head - 19, head + 1)))
        wang = self.login("wang")
        wang.must_push([wang.report()])
        lines = li.pull()
        check_chain(lines)
        self.assertEqual([line["event"]["home_seq"] for line in lines], [line["seq"] for line in lines])
        self.assertTrue(all(abs(line["event"]["received_at"] - now_ms()) < 120000 for line in lines))
        # In pieces, the same.
        pieces = []
        while len(pieces) < len(lines):
            pieces += wang.pull(after=len(pieces), limit=7)
        self.assertEqual(pieces, lines)

    def test_repeat_gets_the_same_answer(self):
        li = self.login("li")
        good, bad = li.report(), li.event("case.closed")
        first = li.push([good, bad]).json()["receipts"]
        self.assertIn("seq", first[0])
        self.assertEqual(first[1]["refused"], "case")
        before = li.pull()
        for events in ([good, bad], [bad], [good, bad, li.report()]):
            again = li.push(events).json()["receipts"]
            by_id = {r["id"]: r for r in again}
            for receipt in first:
                if receipt["id"] in by_id:
                    self.assertEqual(by_id[receipt["id"]], receipt)
        self.server.restart()
        self.assertEqual(li.push([good, bad]).json()["receipts"], first)
        self.assertEqual(len(li.pull()), len(before) + 1)

    def test_refusals_say_why(self):
        li, chen = self.login("li"), self.login("chen")
        report = li.report()
        li.must_push([report])
        subject = report["subject"]
        state = chen.event("case.closed", subject)
        role = li.event("case.filed", subject, {"condition": 1})
        lacking = chen.event("case.rejected", subject)
        unknown = chen.event("case.sung", subject)
        stranger = chen.report(actor="li")
        taken = chen.report(feed=OTHER)
        for client, events, code in ((chen, [state], "state"), (li, [role], "role"),
                                     (chen, [lacking], "state"), (chen, [unknown], "kind"),
                                     (chen, [stranger], "actor"), (chen, [taken], "feed")):
            receipt = client.must_push(events)[0]
            self.assertEqual(receipt["refused"], code)
            self.assertTrue(receipt["message"])
            if code in ("state", "role"):
                self.assertEqual((receipt["state"], receipt["basis"]), ("reported", report["id"]))
        # A note is never refused.
        self.assertIn("seq", chen.must_push([chen.event("case.noted", subject, {"text": "see"})])[0])
        self.server.verify()

    def test_gap_and_copies(self):
        li = self.login("li")
        li.must_push([li.report() for _ in range(5)])
        li.seq += 1
        late = li.report()
        answer = li.push([late])
        self.assert_error(answer, 409, "gap")
        self.assertEqual(answer.json()["have"], 5)
        n = len(li.pull())
        li.seq = 4
        answer = li.push([li.report()])
        self.assert_error(answer, 409, "diverged")
        self.assertEqual((answer.json()["have"], answer.json()["device_seq"]), (5, 5))
        # Nothing of a request that is answered with an error is taken.
        li.seq = 5
        events = [li.report(), li.report()]
        events[1]["device_seq"] = 9
        self.assert_error(li.push(events), 400, "invalid")
        self.assertEqual(len(li.pull()), n)

    def test_withdrawn_fills_its_number(self):
        li = self.login("li")
        receipts = li.must_push([li.event("event.withdrawn"), li.report()])
        self.assertEqual(receipts[1]["seq"], receipts[0]["seq"] + 1)

    def test_rules(self):
        """What the office's rules answered goes as events of the actor rule."""
        li = self.login("li")
        report = li.report()
        subject = report["subject"]
        li.must_push([
            report, li.event("case.filed", subject, {"condition": 1}, actor="rule"),
            li.event("case.dispatched", subject, {"unit": "市城管局"}, actor="rule")])
        closed = li.event("case.closed", subject, actor="rule")
        self.assertEqual(li.must_push([closed])[0]["refused"], "actor")

    def test_records(self):
        """What is kept besides cases goes into the home feed by the same rules, and verify folds it too."""
        li = self.login("li")
        patrol = li.event("patrol.started")
        li.must_push([patrol, li.event("patrol.noted", patrol["subject"], {"text": "rain"})])
        seal = li.event("patrol.finished", patrol["subject"], {"facts": {"from": now_ms() - 1000, "until": now_ms()}})
        self.assertIn("seq", li.must_push([seal])[0])
        again = li.must_push([li.event("patrol.abandoned", patrol["subject"], {"text": "no"})])[0]
        self.assertEqual((again["refused"], again["state"]), ("state", "done"))
        kinds = [line["event"]["kind"] for line in li.pull() if line["event"]["subject"] == patrol["subject"]]
        self.assertEqual(kinds, ["patrol.started", "patrol.noted", "patrol.finished"])
        self.server.verify()

    def test_local_actor(self):
        li = self.login("li")
        self.assertIn("seq", li.must_push([li.report(actor="local")])[0])
        self.assertEqual(li.must_push([li.report(actor="wang")])[0]["refused"], "actor")

    def test_bad_requests(self):
        li = self.login("li")
        good = li.report()
        for bad in (b"{}\n", b"nonsense\n", canonical(good).encode()[:-1] + b"\n", b"[1]\n", b"\xff\n",
                    canonical({**good, "device": "another"}).encode(),
                    canonical({**good, "device_seq": 0}).encode(),
                    canonical({**good, "id": "x"}).encode()):
            answer = li.ask("POST", f"/v1/feeds/{HOME}/events", bad, {"Content-Type": NDJSON})
            self.assert_error(answer, 400, "invalid")
            self.assertEqual(answer.json()["line"], 1)
        answer = li.ask("POST", f"/v1/feeds/{HOME}/events", b"{}", {"Content-Type": "text/html"})
        self.assert_error(answer, 415, "encoding")
        self.assert_error(li.push([good], headers={"Content-Encoding": "br"}), 415, "encoding")
        for encoding in ("gzip", "zstd"):
            self.assert_error(li.push([good], headers={"Content-Encoding": encoding}), 400, "encoding")
        cut = li.push([good], headers={"Content-Encoding": "gzip"}, encode=lambda b: gzip.compress(b)[:-9])
        self.assert_error(cut, 400, "encoding")
        self.assertIn("seq", li.must_push([good])[0])
        for query in ("after=-1", "after=x", "limit=0", "limit=10001", "wait=61", "wait=-1"):
            self.assert_error(li.ask("GET", f"/v1/feeds/{HOME}/events?{query}"), 400, "invalid")

    def test_compression_both_ways(self):
        li = self.login("li")
        for name, pack, unpack in (("gzip", gzip.compress, gzip.decompress), ("zstd", zstd, unzstd)):
            events = [li.report() for _ in range(50)]
            answer = li.push(events, headers={"Content-Encoding": name, "Accept-Encoding": name},
                             encode=pack)
            self.assertEqual((answer.status, answer.headers["Content-Encoding"]), (200, name))
            self.assertEqual(len(json.loads(unpack(answer.body))["receipts"]), 50)
            plain = li.ask("GET", f"/v1/feeds/{HOME}/events?limit=10000")
            packed = li.ask("GET", f"/v1/feeds/{HOME}/events?limit=10000",
                            headers={"Accept-Encoding": f"br, {name};q=0.5"})
            self.assertIsNone(plain.headers["Content-Encoding"])
            self.assertEqual(packed.headers["Content-Encoding"], name)
            self.assertEqual(unpack(packed.body), plain.body)
            self.assertLess(len(packed.body), len(plain.body) / 2)

    def test_chinese_and_odd_text_survive(self):
        li = self.login("li")
        text = "井盖“破损”\t\\ 😀 </script> \u0001 e\u0301"
        event = li.report(body={"text": text})
        seq = li.must_push([event])[0]["seq"]
        line = li.pull(after=seq - 1, limit=1)[0]
        self.assertEqual(line["event"]["body"]["text"], text)
        check_chain(li.pull())

    def test_long_poll(self):
        li, wang = self.login("li"), self.login("wang")
        head = len(li.pull())
        got = {}

        def wait():
            started = time.monotonic()
            got["answer"] = wang.ask("GET", f"/v1/feeds/{HOME}/events?after={head}&wait=30")
            got["at"] = time.monotonic() - started

        thread = threading.Thread(target=wait)
        thread.start()
        while b"luzhang_waiting 1" not in li.ask("GET", "/metrics").body:
            pass
        pushed = time.monotonic()
        event = li.report()
        li.must_push([event])
        thread.join(20)
        self.assertLess(time.monotonic() - pushed, 1)
        self.assertEqual(json.loads(got["answer"].body)["event"]["id"], event["id"])
        # And it ends by itself.
        started = time.monotonic()
        answer = wang.ask("GET", f"/v1/feeds/{HOME}/events?after={head + 1}&wait=1")
        self.assertEqual((answer.body, answer.headers["Luzhang-Feed-Head"]), (b"", str(head + 1)))
        self.assertTrue(0.9 < time.monotonic() - started < 5)
        # Beyond the head there is nothing to wait for.
        started = time.monotonic()
        answer = wang.ask("GET", f"/v1/feeds/{HOME}/events?after={head + 100}&wait=30")
        self.assertEqual(answer.headers["Luzhang-Feed-Head"], str(head + 1))
        self.assertLess(time.monotonic() - started, 5)

    def wait_for_news(self, client, seconds=30):
        """Holds the line open in a thread; gives a function that waits for the answer and its time."""
        tag = client.ask("GET", "/v1/me").headers["ETag"]
        got = {}

        def wait():
            started = time.monotonic()
            got["answer"] = client.ask("GET", f"/v1/me?wait={seconds}", headers={"If-None-Match": tag})
            got["took"] = time.monotonic() - started

        watch = self.login("huanwei")
        thread = threading.Thread(target=wait)
        thread.start()
        while b"luzhang_waiting 1" not in watch.ask("GET", "/metrics").body:
            pass

        def end():
            thread.join(20)
            self.assertFalse(thread.is_alive(), "nothing was heard")
            return got["answer"], got["took"]
        return end

    def test_news_of_all_feeds(self):
        li, admin = self.login("li"), self.login("admin")
        admin.ask("POST", "/v1/admin/users", {"user": "two", "password": "two-feeds", "roles": ["supervisor"],
                                              "feeds": ["unit:huanwei", HOME]})
        supervisor = Client(self.server, "two", "two-feeds-device", "two-feeds")
        feeds = [f["feed"] for f in supervisor.ask("GET", "/v1/me").json()["feeds"]]
        self.assertGreater(len(feeds), 1)
        self.assertIn(HOME, feeds)
        # whichever place the feed has among the account's
        end = self.wait_for_news(supervisor)
        begin = time.monotonic()
        li.must_push([li.report()])
        answer, _ = end()
        self.assertLess(time.monotonic() - begin, 1)
        self.assertEqual(answer.status, 200)
        heads = {f["feed"]: f for f in answer.json()["feeds"]}
        last = json.loads(li.ask("GET", f"/v1/feeds/{HOME}/events?after={heads[HOME]['head'] - 1}").body)
        self.assertEqual(last["chain"], heads[HOME]["chain"])
        # nothing: it ends by itself, and the tag is still good
        tag = answer.headers["ETag"]
        started = time.monotonic()
        answer = supervisor.ask("GET", "/v1/me?wait=1", headers={"If-None-Match": tag})
        self.assertEqual((answer.status, answer.body, answer.headers["ETag"]), (304, b"", tag))
        self.assertTrue(0.9 < time.monotonic() - started < 5)
        # whoever does not know the tag is answered at once
        started = time.monotonic()
        self.assertEqual(supervisor.ask("GET", "/v1/me?wait=30").status, 200)
        self.assertLess(time.monotonic() - started, 5)

    def test_news_of_photos_and_accounts(self):
        li, wang, admin = self.login("li"), self.login("wang"), self.login("admin")
        data = photo()
        li.must_push([li.report(body={"photos": [photo_ref(data)]})])
        end = self.wait_for_news(wang)
        self.assertEqual(li.create(data, data).status, 201)
        answer, took = end()
        self.assertEqual(answer.status, 200)
        self.assertLess(took, 5)
        rev = wang.ask("GET", "/v1/me").json()["rev"]
        end = self.wait_for_news(wang)
        part = admin.ask("GET", "/v1/admin/reference/calendar").body
        admin.ask("PUT", "/v1/admin/reference/calendar", part)
        answer, _ = end()
        self.assertGreater(answer.json()["rev"], rev)

    def test_session_that_ends_while_it_waits(self):
        wang, admin = self.login("wang"), self.login("admin")
        end = self.wait_for_news(wang)
        self.assertEqual(admin.ask("PATCH", "/v1/admin/users/wang", {"disabled": True}).status, 200)
        answer, _ = end()
        self.assertEqual(answer.status, 401)
        admin.ask("PATCH", "/v1/admin/users/wang", {"disabled": False})

    def test_heads_of_own_feeds_only(self):
        """A push tells the heads of those feeds that its account reads."""
        li = self.login("li")
        report = li.report()
        answer = li.push([report]).json()
        self.assertEqual([f["feed"] for f in answer["feeds"]], [HOME])
        last = li.pull()[-1]
        self.assertEqual((answer["feeds"][0]["head"], answer["feeds"][0]["chain"]), (last["seq"], last["chain"]))
        self.assertEqual(li.push([report]).json()["feeds"], [])

    def test_stopping_ends_waits(self):
        li = self.login("li")
        head = len(li.pull())
        answers = []
        thread = threading.Thread(target=lambda: answers.append(
            li.ask("GET", f"/v1/feeds/{HOME}/events?after={head}&wait=50", fresh=True)))
        thread.start()
        watch = self.login("wang")
        while b"luzhang_waiting 1" not in watch.ask("GET", "/metrics").body:
            pass
        self.server.stop()
        thread.join(20)
        self.assertEqual([a.status for a in answers], [200])
        self.server.start()


class Seeing(Case):
    """Nobody can tell from a feed what is not in it."""

    def dispatch(self, unit="环卫中心"):
        li, chen = self.login("li"), self.login("chen")
        report = li.report()
        subject = report["subject"]
        li.must_push([report])
        chen.must_push([
            chen.event("case.filed", subject, {"condition": 1}),
            chen.event("case.dispatched", subject, {
                "unit": unit})])
        return li, chen, subject

    def test_unit_sees_its_cases_only(self):
        huanwei = self.login("huanwei")
        before = len(huanwei.pull(UNIT))
        li, chen, subject = self.dispatch()
        hidden = li.report()
        li.must_push([hidden])
        lines = huanwei.pull(UNIT)
        check_chain(lines)
        new = lines[before:]
        self.assertEqual([line["event"]["kind"] for line in new],
                         ["case.reported", "case.filed", "case.dispatched"])
        self.assertEqual({line["event"]["subject"] for line in new}, {subject})
        # Its own act, and what the office answers, come too.
        done = huanwei.event("case.rectified", subject, {"photos": [
            {"role": "after", "sha256": "ab" * 32, "size": 1}]})
        self.assertIn("seq", huanwei.must_push([done], UNIT)[0])
        chen.must_push([chen.event("case.noted", subject, {"text": "good"})])
        self.assertEqual([line["event"]["kind"] for line in huanwei.pull(UNIT)[before + 3:]],
                         ["case.rectified", "case.noted"])
        # A case that is not its own does not exist for it, and looks like one that never was.
        foreign = huanwei.must_push([huanwei.event("case.noted", hidden["subject"], {"text": "?"})], UNIT)[0]
        nothing = huanwei.must_push([huanwei.event("case.noted", uuid7(), {"text": "?"})], UNIT)[0]
        elsewhere = huanwei.must_push([huanwei.event("case.noted", uuid7(), {"text": "?"}, feed=OTHER)], UNIT)[0]
        for receipt in (foreign, nothing, elsewhere):
            for key in ("id", "received_at"):
                receipt.pop(key)
        self.assertEqual(foreign, nothing)
        self.assertEqual(elsewhere, nothing)
        self.assertEqual(foreign["refused"], "case")
        self.server.verify()

    def test_former_unit_gets_no_more(self):
        admin = self.login("admin")
        units = admin.ask("GET", "/v1/admin/reference/units").json()
        units.append({"id": "yuanlin", "name": "园林中心"})
        self.assertEqual(admin.ask("PUT", "/v1/admin/reference/units", units).status, 200)
        made = admin.ask("POST", "/v1/admin/users", {
            "user": "yuanlin", "roles": ["unit"], "unit": "yuanlin", "feeds": ["unit:yuanlin"]})
        self.server.users["yuanlin"] = made.json()
        _, chen, subject = self.dispatch()
        huanwei, yuanlin = self.login("huanwei"), self.login("yuanlin")
        huanwei.must_push([huanwei.event("case.return_asked", subject, {"text": "not ours"})], UNIT)
        chen.must_push([chen.event("case.return_granted", subject)])
        before = len(huanwei.pull(UNIT))
        chen.must_push([chen.event("case.dispatched", subject, {
            "unit": "yuanlin"})])
        lines = yuanlin.pull("unit:yuanlin")
        check_chain(lines)
        self.assertEqual([line["event"]["kind"] for line in lines], [
            "case.reported", "case.filed", "case.dispatched", "case.return_asked", "case.return_granted",
            "case.dispatched"])
        yuanlin.must_push([yuanlin.event("case.accepted", subject)], "unit:yuanlin")
        self.assertEqual(len(huanwei.pull(UNIT)), before)
        # Nor may it act; what it has to say as evidence is taken, and it keeps its own words.
        refused = huanwei.must_push([huanwei.event("case.accepted", subject)], UNIT)[0]
        self.assertEqual(refused["refused"], "case")
        self.assertIn("seq", huanwei.must_push([huanwei.event("case.noted", subject, {"text": "a"})], UNIT)[0])
        self.assertEqual(len(huanwei.pull(UNIT)), before + 1)
        check_chain(huanwei.pull(UNIT))
        self.server.verify()

    def test_matrix(self):
        """Every role and every feed, read and write, generated."""
        run("feed", "add", OTHER, "雄石街道", data=self.server.data)
        admin = self.login("admin")
        made = admin.ask("POST", "/v1/admin/users", {"user": "far", "roles": [
            "inspector", "dispatcher", "supervisor"], "feeds": [OTHER]})
        self.server.users["far"] = made.json()
        for user in self.server.users:
            client = self.login(user)
            mine = {f["feed"] for f in client.me["feeds"]}
            for feed in (HOME, OTHER, UNIT, "unit:nothing", "999999999", "..", "%2e%2e%2f", "x" * 200):
                read = client.ask("GET", f"/v1/feeds/{feed}/events")
                write = client.push([], feed)
                if feed in mine:
                    self.assertEqual((read.status, write.status), (200, 200), (user, feed))
                else:
                    self.assertIn(read.status, (404,), (user, feed))
                    self.assertEqual((read.error, write.error) if feed.isalnum() or ":" in feed
                                     else ("feed", "feed"), ("feed", "feed"), (user, feed))
            event = client.report(feed=OTHER if HOME in mine else HOME)
            receipt = client.must_push([event], next(iter(mine)))[0]
            self.assertIn(receipt["refused"], ("feed", "case", "role"), user)

    def test_carried_in(self):
        """A dispatcher hands in what somebody's station wrote onto a stick; others may not."""
        wang = self.login("wang", "stick")
        events = [wang.report(), wang.report(actor="local"), wang.event("case.filed", actor="chen")]
        for user, status in (("zhang", 400), ("li", 400)):
            self.assertEqual(self.login(user).push(events).status, status)
        chen = self.login("chen")
        receipts = chen.must_push(events)
        self.assertEqual(["seq" in r for r in receipts], [True, True, False])
        # And the station itself, later: the same receipts.
        self.assertEqual(wang.must_push(events), receipts)
        # For one who may not, it does not help either that another carries.
        far = wang.report(actor="far")
        self.assertEqual(chen.must_push([far])[0]["refused"], "actor" if "far" not in self.server.users
                         else "feed")

    def test_a_stick_beside_the_running_server(self):
        """What another process took in counts at once: the server does not go by what it had folded."""
        li, chen = self.login("li"), self.login("chen")
        report = li.report()
        subject = report["subject"]
        li.must_push([report])
        offline = self.login("chen", "chen-offline")
        stick = os.path.join(self.server.folder, "stick")
        with sqlite3.connect(stick) as db:
            db.executescript("PRAGMA application_id = 1280988757; CREATE TABLE unsent_event (n INTEGER PRIMARY KEY,"
                             " line TEXT NOT NULL); CREATE TABLE unsent_photo (sha256 BLOB PRIMARY KEY, data BLOB NOT NULL)")
            db.execute("INSERT INTO unsent_event (line) VALUES (?)",
                       (canonical(offline.event("case.filed", subject, {"condition": 1})),))
        db.close()
        done = json.loads(run("import-unsent", stick, data=self.server.data).stdout)
        self.assertEqual((done["by"], done["stations"], done["events"]), ("admin", ["chen-offline"], 1))
        sent = chen.must_push([chen.event("case.dispatched", subject, {
            "unit": "环卫中心"})])
        self.assertIn("seq", sent[0])
        check_chain(chen.pull())
        self.server.verify()


if __name__ == "__main__":
    sys.exit(main())
