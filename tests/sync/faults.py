#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What networks, proxies and servers do wrong.  After each fault nothing is lost, nothing is there twice, and the next
run puts everything right.  Numbers in names are those of the complaints in the list of peers that they stand for."""

import hashlib
import json
import os
import shutil
import subprocess
import time
import unittest.mock

from lz_office import CLI, ENV, FEED, OFFLINE, PERSON, Office, main, photo_bytes, wait_for
from lz_proxy import Answer, Cut, Line, portal, status

OFFLINE_CODE, BUSY, NOT_OURS, CHAIN, NO_ACCOUNT, HASH = 1, 2, 3, 8, 10, 15


def push_only(act):
    """@act for requests that hand in events, the truth for the others."""
    return lambda request, ask: act(request, ask) if request.is_a("POST", "/events") else ask()


def test_4_answer_lost_and_repeated():
    """The server has it, the answer never came: a repeat gets the same receipts."""
    with Line() as line:
        case = line.station.report("a")

        def lose(request, ask):
            ask()
            raise Cut

        line.proxy.reset(push_only(lose))
        assert not line.station.go()["ok"]
        before = len(line.office.server.lines())
        assert before > 0 and line.station.status()["events"] > 0
        assert len(line.healed()) == before
        line.station.add(case, "b")
        line.healed()


def test_duplicated_requests():
    with Line() as line:
        def twice(request, ask):
            ask()
            return ask()

        line.proxy.reset(twice)
        case = line.station.report("a", photo_bytes(1))
        for i in range(5):
            line.station.add(case, str(i))
            line.station.go()
        line.healed()


def test_13_reordered_requests():
    """An old push arrives after a newer one."""
    with Line() as line:
        case = line.station.report("a")
        line.station.go()
        held = []

        def hold(request, ask):
            held.append(ask)
            raise Cut

        line.proxy.reset(push_only(hold))
        line.station.add(case, "first")
        assert not line.station.go()["ok"]
        line.station.add(case, "second")

        def late(request, ask):
            answer = ask()
            late_answer = held[0]()
            assert late_answer.status == 200, late_answer.body
            return answer

        line.proxy.reset(push_only(late))
        assert line.station.go()["ok"]
        lines = line.healed()
        assert [x["event"]["body"]["text"] for x in lines if x["event"]["kind"] == "case.noted"] == ["first", "second"]


def test_slow_line():
    with Line() as line:
        def slow(request, ask):
            time.sleep(0.3)
            return ask()

        line.proxy.reset(slow)
        line.station.report("a", photo_bytes(1))
        answer = line.station.go()
        assert answer["ok"], answer
        line.healed()


def test_captive_portal():
    """200 with a page of its own to everything: nothing counts as sent."""
    with Line() as line:
        line.station.report("a", photo_bytes(1))
        line.proxy.reset(portal)
        answer = line.station.go()
        assert answer["code"] == NOT_OURS and answer["later"] and answer["events"] == 3 and answer["photos"] == 1, answer
        # in the midst of a run as well
        for pattern in ("/events", "/photos/", "/photos/have", "/photos/uploads"):
            line.proxy.reset(lambda request, ask: portal(request, ask) if pattern in request.path else ask())
            line.station.report("b", photo_bytes(pattern, 2_200_000))  # more than one piece
            answer = line.station.go()
            assert not answer["ok"] and answer["later"], (pattern, answer)
        # in the user's words
        line.proxy.reset(portal)
        line.station.run("sync", "run", code=OFFLINE)
        assert "log-in page" in line.station.stderr, line.station.stderr
        line.healed()


def test_503_and_retry_after():
    with Line() as line:
        line.station.report("a")
        line.proxy.reset(push_only(status(503, ("Retry-After", "7"), ("Luzhang-Server", "1"))))
        before = time.time() * 1000
        answer = line.station.go()
        assert answer["code"] == BUSY and answer["later"], answer
        assert 6_500 < answer["next_ms"] - before < 12_000, answer["next_ms"] - before
        # what is not due waits, and says so
        line.proxy.reset()
        assert line.station.go(due=True)["events"] == 3
        line.healed()


def test_a_waiting_step_stops_no_other():
    """The account cannot be asked for now, and waits for its time: acts and photos go all the same."""
    with Line() as line:
        line.station.report("a", photo_bytes(1))
        busy = status(503, ("Retry-After", "600"), ("Luzhang-Server", "1"))
        line.proxy.reset(lambda request, ask: busy(request, ask) if request.is_a("GET", "/v1/me") else ask())
        answer = line.station.go()
        assert answer["code"] == BUSY and answer["later"] and answer["events"] > 0, answer
        answer = line.station.go(due=True)
        assert answer["later"] and answer["events"] == 0 and answer["photos"] == 0, answer
        assert not [r for r in line.proxy.requests if r.is_a("GET", "/v1/me")][1:], "it did not wait"
        line.healed()


def test_login_by_another_program():
    """A program that goes on running takes up what another one has logged in, and stops when it logs out."""
    with Line() as line:
        line.station.report("a")
        assert line.station.go()["ok"]
        line.station.run("sync", "logout")
        answer = line.station.go()
        assert not answer["ok"] and answer["code"] == NO_ACCOUNT, answer
        line.station.login(line.office.server, "li", line.proxy.url)
        line.station.report("b")
        assert line.station.go()["ok"]
        line.healed()


def test_500s():
    with Line() as line:
        for code in (500, 502, 503, 504, 408, 429):
            for headers in ((), (("Luzhang-Server", "1"),)):
                if not headers and code in (408, 429):
                    continue
                line.station.report(str(code))
                line.proxy.reset(status(code, *headers))
                answer = line.station.go()
                assert not answer["ok"] and answer["later"] and answer["events"] > 0, (code, answer)
        line.healed()


def test_12_fail_once_touch_nothing():
    """Something goes wrong once; nobody touches anything; the queue drains by itself."""
    with Line() as line:
        line.station.report("a", photo_bytes(1))
        failures = []

        def once(request, ask):
            if len(failures) < 3:
                failures.append(request.path)
                raise Cut
            return ask()

        line.proxy.reset(once)
        assert not line.station.go()["ok"]
        line.station.kill()
        watch = subprocess.Popen([CLI, "--station", line.station.dir, "sync", "watch", "--json"], env=ENV,
                                 stdout=subprocess.PIPE)
        try:
            wait_for(lambda: line.station.status()["events"] == 0 and line.station.status()["photos"] == 0, 40, 0.2)
        finally:
            watch.terminate()
            assert watch.wait(20) == 0
            watch.stdout.close()
        line.healed()


def test_watch_hears_news_within_seconds():
    with Line() as line:
        other = line.office.fast("other", "wang")
        watch = subprocess.Popen([CLI, "--station", other.dir, "sync", "watch", "--json"], env=ENV, stdout=subprocess.DEVNULL)
        try:
            wait_for(lambda: other.status()["last_contact"], 10)
            case = line.station.report("a")
            assert line.station.go()["ok"]
            begin = time.monotonic()
            wait_for(lambda: other.rows("SELECT 1 FROM case_row WHERE id = ?", bytes.fromhex(case.replace("-", ""))), 5)
            print(f"# news after {time.monotonic() - begin:.2f} s")
        finally:
            watch.terminate()
            watch.wait(20)


def test_1_2_one_photo_dropped():
    """The server says that it took all photos, but has stored all but one: only its hash counts."""
    with Line() as line:
        photos = [photo_bytes(i) for i in range(4)]
        hashes = [hashlib.sha256(p).hexdigest() for p in photos]

        def forget(request, ask):
            answer = ask()
            if request.is_a("POST", "/photos/have"):
                have = json.loads(answer.body)["have"]
                answer.body = json.dumps({"have": [h for h in have if h != hashes[3]]}).encode()
            return answer

        line.proxy.reset(forget)
        case = line.station.report("a", *photos)
        answer = line.station.go()
        assert answer["photos"] == 1 and not answer["ok"] and answer["later"], answer
        shown = line.station.status("--cases")["deliveries"][0]
        assert shown["photos"] == 4 and shown["photos_there"] == 3, shown
        line.healed()
        shown = line.station.status("--cases")["deliveries"][0]
        assert shown["photos_there"] == 4 and shown["case"] == case


def test_3_success_without_receipts():
    """200 and ours, but not a receipt for each act: nothing of it counts."""
    with Line() as line:
        def wrong(change):
            def act(request, ask):
                answer = ask()
                root = json.loads(answer.body)
                change(root)
                answer.body = json.dumps(root).encode()
                answer.headers = [(k, v) for k, v in answer.headers if k.lower() != "content-encoding"]
                return answer
            return push_only(act)

        def both(root):
            root["receipts"][0]["refused"] = "state"

        changes = [lambda root: root["receipts"].pop(), lambda root: root["receipts"].reverse(), lambda root: root.clear(),
                   lambda root: root["receipts"][0].pop("seq"), both,
                   lambda root: root.update(receipts="yes"), lambda root: root["receipts"].append(root["receipts"][0])]
        for number, change in enumerate(changes):
            line.station.report(str(number))
            spoil = wrong(change)
            # without a pull, which brings the truth of it
            line.proxy.reset(lambda request, ask: status(503)(request, ask) if request.is_a("GET", "/events")
                             else spoil(request, ask))
            answer = line.station.go()
            assert not answer["ok"] and answer["events"] >= 3, (number, answer)
        line.healed()


def edit_pull(change):
    """@change of the list of lines of a pull."""
    def act(request, ask):
        answer = ask()
        if not request.is_a("GET", "/events"):
            return answer
        answer.headers = [(k, v) for k, v in answer.headers if k.lower() != "content-encoding"]
        lines = change(answer.body.splitlines(True))
        answer.body = b"".join(lines)
        return answer
    return act


def plain(act):
    """Asks the server for what Python can read, and for all of it."""
    def acting(request, ask):
        import re
        request.head = re.sub(rb"(?i)(accept-encoding|if-none-match):[^\r]*\r\n", b"", request.head)
        return act(request, ask)
    return acting


def edit_me(**changes):
    """Says something else of every feed than the server."""
    def act(request, ask):
        answer = ask()
        if request.is_a("GET", "/v1/me"):
            me = json.loads(answer.body)
            for feed in me["feeds"]:
                feed.update(changes)
            answer.body = json.dumps(me).encode()
        return answer
    return plain(act)


def test_6_feed_tampered():
    """An event skipped, changed, moved, doubled, cut off: the pull stops, says so, and takes nothing of it."""
    with Line() as line:
        other = line.office.fast("other", "wang", line.proxy.url)
        case = line.station.report("a")
        for i in range(6):
            line.station.add(case, f"note {i}")
        assert line.station.go()["ok"]

        def swap(lines):
            return lines[:2] + [lines[3], lines[2]] + lines[4:]

        changes = {
            "skipped": lambda lines: lines[:3] + lines[4:],
            "changed": lambda lines: [x.replace(b"note 2", b"nota 2") for x in lines],
            "swapped": swap,
            "doubled": lambda lines: lines[:2] + lines[1:],
            "rewound": lambda lines: lines[2:] + lines[:2],
            "renumbered": lambda lines: [x.replace(b'"seq":4}', b'"seq":5}') for x in lines],
            "other time": lambda lines: [x.replace(b'"occurred_at":1', b'"occurred_at":2') for x in lines],
        }
        for name, change in changes.items():
            line.proxy.reset(plain(edit_pull(change)))
            answer = other.go()
            assert answer["code"] == CHAIN and not answer["later"] and answer["pulled"] == 0, (name, answer)
            assert other.lines() == [], name
        for name, change in {"cut off": lambda lines: lines[:3] + [lines[3][:50]], "no JSON": lambda lines: [b"{\n"],
                             "missing": lambda lines: []}.items():
            line.proxy.reset(plain(edit_pull(change)))
            answer = other.go()
            assert not answer["ok"] and answer["pulled"] == 0, (name, answer)
        # a person sees it
        line.proxy.reset(plain(edit_pull(changes["changed"])))
        other.run("sync", "run", code=PERSON)
        assert "gap or was changed" in other.stderr, other.stderr
        line.proxy.reset()
        assert other.go()["ok"]
        line.healed(other)


def test_6_feed_rewound():
    """The feed is shorter than it was read, with the same epoch: said, and nothing thrown away."""
    with Line() as line:
        line.station.report("a")
        assert line.station.go()["ok"]
        n = len(line.station.lines())

        shorter = edit_me(head=1)

        def rewind(request, ask):
            answer = shorter(request, ask)
            if request.is_a("GET", "/events"):
                answer.headers = [(k, "1" if k.lower() == "luzhang-feed-head" else v) for k, v in answer.headers]
            return answer

        line.proxy.reset(rewind)
        answer = line.station.go()
        assert answer["code"] == CHAIN, answer
        assert len(line.station.lines()) == n
        line.healed()


def test_6_feed_replaced():
    """The feed is as long as it was read, but another one: said, although no line of it is asked for."""
    with Line() as line:
        line.station.report("a")
        assert line.station.go()["ok"]
        n = len(line.station.lines())
        line.proxy.reset(edit_me(chain="0" * 64))
        answer = line.station.go()
        assert answer["code"] == CHAIN and not answer["later"], answer
        assert len(line.station.lines()) == n
        line.healed()


def test_receipts_are_not_trusted():
    """The server says another chain, or another length, than the acts give that it took: they are read as anybody's."""
    with Line() as line:
        for number, change in enumerate(({"chain": "0" * 64}, {"head": 7}, {"head": 0}, {"feed": "110101001"})):
            def spoil(request, ask):
                answer = ask()
                if request.is_a("POST", "/events"):
                    root = json.loads(answer.body)
                    root["feeds"][0].update(change)
                    answer.body = json.dumps(root).encode()
                return answer

            line.station.report(f"{number}")
            line.proxy.reset(plain(spoil))
            line.station.go()
            assert [r for r in line.proxy.requests if r.is_a("GET", "/events")], "the feed was not read"
            line.healed()


def test_refused_acts_are_counted_once():
    """Two stations of a unit put the same case right.  The second's act is refused and waits in its inbox; what the rule
    did after it is refused too, which is nobody's to settle and not counted.  In the other logs its numbers are missing,
    which is no trouble."""
    with Office() as office:
        inspector, first, second = (office.station(*names) for names in
                                    (("inspector", "li"), ("first", "huanwei"), ("second", "huanwei")))
        case = inspector.log(photo_bytes(1))
        inspector.sync(), first.sync(), second.sync()
        after = office.path("after.jpg")
        with open(after, "wb") as file:
            file.write(photo_bytes(2))
        first.run("case", "rectify", case, "--photo", after)
        second.run("case", "rectify", case, "--photo", after)
        done = first.sync()
        assert (done["pushed"], done["refused"]) == (2, 0), done
        done = second.sync()
        assert (done["pushed"], done["refused"]) == (2, 1), done
        inbox = second.json("sync", "inbox")
        assert [(r["case"], r["kind"]) for r in inbox] == [(case, "case.rectified")], inbox
        second.run("sync", "inbox", "note", inbox[0]["event"])
        second.sync(), first.sync(), inspector.sync()
        for station in (inspector, first, second):
            station.sound()
        text = inspector.run("doctor")
        assert "2 acts of other stations" in text, text
        office.server.verify()


def test_own_acts_do_not_come_back():
    """What only this station has added to a feed is known without reading it; nothing new costs one short request."""
    with Line() as line:
        other = line.office.fast("other", "wang", line.proxy.url)
        line.station.report("a")
        line.proxy.reset()
        assert line.station.go()["ok"] and line.station.go()["ok"]
        line.proxy.reset()
        line.station.report("b")
        assert line.station.go()["ok"]
        assert [(r.method, r.path.split("?")[0]) for r in line.proxy.requests] == [
            ("GET", "/v1/me"), ("POST", f"/v1/feeds/{FEED}/events")]
        line.proxy.reset()
        assert line.station.go()["ok"]
        assert line.station.go()["ok"]
        assert [r.path for r in line.proxy.requests] == ["/v1/me", "/v1/me"], [r.path for r in line.proxy.requests]
        # an act of somebody else in between: then it is read
        assert other.go()["ok"]
        other.report("c")
        assert other.go()["ok"]
        line.station.report("d")
        line.proxy.reset()
        assert line.station.go()["ok"]
        assert [r for r in line.proxy.requests if r.is_a("GET", "/events")]
        assert other.go()["ok"]
        line.healed(other)


def test_photo_down_with_wrong_hash():
    with Line() as line:
        other = line.office.fast("other", "wang", line.proxy.url)
        case = line.station.report("a", photo_bytes(1, 200_000))
        assert line.station.go()["ok"]

        def spoil(request, ask):
            answer = ask()
            if request.is_a("GET", r"/photos/[0-9a-f]{64}$"):
                answer.body = answer.body[:-1] + bytes([answer.body[-1] ^ 1])
            return answer

        line.proxy.reset(spoil)
        answer = other.go()
        assert answer["code"] == HASH and answer["later"] and answer["photos_fetched"] == 0, answer
        assert [n for n in os.listdir(other.dir) if n.startswith(".fetch")] == []
        line.proxy.reset()
        assert other.go()["photos_fetched"] == 1
        assert all(p["here"] for p in other.show(case)["photos"])
        other.sound()


def test_11_photo_resumes():
    """An upload that breaks goes on where it stopped: what was sent is not sent again, but for one piece."""
    with Line() as line:
        size = 6_000_000
        line.station.report("a", photo_bytes(1, size))
        sent, broken = [0], [0]

        def act(request, ask):
            if request.method == "PATCH":
                sent[0] += len(request.body)
                if sent[0] > 2_500_000 and broken[0] < 2 and len(request.body) > 1000:
                    broken[0] += 1
                    line.proxy.up, line.proxy.cut_up = 0, 300_000
                    try:
                        return ask()
                    finally:
                        line.proxy.cut_up = None
            return ask()

        line.proxy.reset(act)
        while not line.station.go()["ok"]:
            assert broken[0] <= 2
        assert broken[0] == 2
        assert sent[0] <= size + 2 * 1_048_576, f"{sent[0]} bytes for a photo of {size}"
        line.healed()


def test_10_many_photos():
    with Line() as line:
        photos = [photo_bytes(i, 2_000) for i in range(100)]
        for n in range(0, 100, 10):
            line.station.report("a", *photos[n:n + 10])
        other = line.office.fast("other", "wang", line.proxy.url)
        answer = line.station.go()
        assert answer["photos_sent"] == 100, answer
        assert other.go()["photos_fetched"] == 100
        line.healed(other)


def test_upload_address_elsewhere():
    """An answer that sends the photo, and with it the token, to another host is no answer of ours."""
    with Line() as line:
        def away(request, ask):
            answer = ask()
            answer.headers = [(k, "http://127.0.0.1:9/steal" if k.lower() == "location" else v) for k, v in answer.headers]
            return answer

        line.proxy.reset(away)
        line.station.report("a", photo_bytes(1))
        answer = line.station.go()
        assert answer["code"] == NOT_OURS, answer
        line.healed()


def test_hostile_answers():
    """A server gone bad: what it says is never taken, and the station neither ends nor grows."""
    bomb = subprocess.run(["zstd", "-q", "-c", "--long=27"], input=bytes(300 << 20), capture_output=True, check=True).stdout
    bodies = {
        "deep": b'{"a":' * 200_000,
        "hidden": b'{"a":"' + b"]" * 200_000 + b'","b":' + b"[" * 200_000,
        "comments": b'{"a":/*"*/' + b"[" * 200_000,
        "types": b'{"receipts":{"a":1},"feeds":[1,null,{"feed":7}],"have":"x","user":7,"roles":"x","epoch":[],"rev":"x"}',
        "nothing": b"{}",
        "nul": b'{"a":"\x00"}\n',
        "not UTF-8": b'{"a":"\xff"}\n',
        "lines": b"{}\n" * 100_000,
        "bomb": bomb,
    }
    with Line() as line:
        line.station.report("a", photo_bytes(1))
        assert line.station.go()["ok"]
        other = line.office.fast("other", "wang")
        before = line.station.lines()
        for method, pattern, kind in (("GET", "/v1/me", "application/json"), ("GET", "/v1/reference", "application/json"),
                                      ("GET", "/events", "application/x-ndjson"), ("POST", "/events", "application/json"),
                                      ("POST", "/photos/have", "application/json")):
            for name, body in bodies.items():
                asked = []

                def act(request, ask):
                    if not request.is_a(method, pattern):
                        return ask()
                    asked.append(request.path)
                    headers = [("Content-Type", kind), ("Luzhang-Server", "1")]
                    headers += [("Content-Encoding", "zstd")] if name == "bomb" else []
                    return Answer(200, headers, body)

                # something to send, and something to fetch
                line.station.report("b", photo_bytes(f"{pattern} {name}"))
                other.report("news")
                assert other.go()["ok"]
                line.proxy.reset(act)
                answer = line.station.go()
                assert not asked or not answer["ok"], (method, pattern, name, answer)
                with open(f"/proc/{line.station.process.pid}/status", encoding="ascii") as file:
                    peak = next(int(text.split()[1]) for text in file if text.startswith("VmHWM")) / 1024
                assert peak < 200 or os.environ.get("LZ_SANITIZED"), f"{peak:.0f} MB after {method} {pattern} {name}"
        assert line.station.lines()[:len(before)] == before
        print(f"# {peak:.0f} MB at most")
        assert other.go()["ok"]
        line.proxy.reset()
        assert line.station.go()["ok"] and other.go()["ok"]
        line.healed(other)
        line.station.kill()
        line.station.sound()


def test_redirects_are_not_followed():
    with Line() as line:
        line.station.report("a")
        line.proxy.reset(status(302, ("Location", "http://127.0.0.1:9/")))
        answer = line.station.go()
        assert answer["code"] == NOT_OURS and answer["events"] == 3, answer
        line.healed()


def test_http_needs_insisting():
    with Line() as line:
        line.station.run("sync", "login", "http://luzhang.example.org", "--user", "li", "--password-file",
                         line.station.dir + ".password", code=PERSON)
        assert "https://" in line.station.stderr


def test_a_strangers_certificate():
    """TLS with a certificate that nobody vouches for: no password goes there, and it is said."""
    if shutil.which("openssl") is None:
        print("# no openssl")
        return
    with Office(start=False) as office:
        key, certificate = office.path("key.pem"), office.path("cert.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        office.server.limits = ("--tls-cert", certificate, "--tls-key", key)
        office.server.start()
        station = office.station("a")
        # The search for leaks falls over GnuTLS's threads as the program ends.
        with unittest.mock.patch.dict(ENV, ASAN_OPTIONS=ENV.get("ASAN_OPTIONS", "") + ":detect_leaks=0"):
            station.login(office.server, "li", f"https://127.0.0.1:{office.server.port}", code=(OFFLINE, PERSON))
        assert "certificate" in station.stderr.lower() or "tls" in station.stderr.lower(), station.stderr
        assert not os.path.exists(station.dir)
        with open(office.server.log_path, encoding="utf-8") as log:
            assert '"path":"/v1/session"' not in log.read(), "the password went to a stranger"


def test_wrong_password():
    with Line() as line:
        path = line.office.path("wrong")
        with open(path, "w") as file:
            file.write("wrong\n")
        new = line.office.station("new")
        new.run("sync", "login", line.proxy.url, "--user", "li", "--password-file", path, code=PERSON)
        assert "Log in again" in new.stderr, new.stderr
        assert not os.path.exists(new.dir), "a log-in that failed left a station"


def test_16_clock_off_by_a_day():
    """The station's clock is off: acts keep its time, the server's time stands beside it, and it is said."""
    day = 86_400_000
    with Line() as line:
        for offset in (day, -day):
            line.station.clock(offset)
            line.station.report("a")
            answer = line.station.go()
            assert answer["ok"] and abs(answer["offset"] + offset) < 60_000, answer
        lines = line.healed()
        now = time.time() * 1000
        for entry in lines:
            event = entry["event"]
            assert abs(event["received_at"] - now) < 120_000
            assert abs(abs(event["occurred_at"] - now) - day) < 120_000


main(globals())
