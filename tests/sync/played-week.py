#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A week of an office, played: four stations with six roles and a real server take 240 cases along every transition of
domain.md 2.2, legal acts and illegal ones.  What is played and what has to come of it (states, deadlines, lamps, lists of
work, refusals in the right words) stands in tests/data/played-week, written by hand and not by our code.  All programs
read one clock, which is moved through the week (moved-clock.c)."""

import csv
import datetime
import itertools
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request

import lz_office
from lz_office import OFFLINE, OK, PERSON, REFUSED, SERVER, Office, photo_bytes, same_truth, wait_for

DATA = os.path.join(os.environ["G_TEST_SRCDIR"], "data", "played-week")
UNIT_FEED = "unit:huanwei"
EACH = 5  # cases of a story
ZONE = datetime.timezone(datetime.timedelta(hours=8))
ROLES = {"li": "inspector", "chen": "dispatcher", "huanwei": "unit", "hall": "checker,supervisor,road_chief"}
TRANSITIONS = {str(n) for n in range(1, 26)}


def table(name):
    with open(os.path.join(DATA, name + ".tsv"), encoding="utf-8") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t",
                                   quoting=csv.QUOTE_NONE))
    assert rows and all(None not in row and None not in row.values() for row in rows), f"{name}: a row that is too short or long"
    return rows


def stories(text):
    """"S04 S08-S10": the stories."""
    names = []
    for part in text.split():
        first, _, last = part.partition("-")
        names += [f"S{n:02}" for n in range(int(first[1:]), int((last or first)[1:]) + 1)]
    return names


def moment(text):
    return datetime.datetime.strptime("2026-" + text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


class Clock:
    """The wall clock of all programs."""

    def __init__(self):
        self.file, self.path = tempfile.mkstemp(prefix="lz-clock-")

    def set(self, text):
        os.pwrite(self.file, struct.pack("=q", int(moment(text).timestamp() * 1000)), 0)

    def preload(self):
        more = {"LD_PRELOAD": os.environ["LZ_MOVED_CLOCK_LIBRARY"], "LZ_MOVED_CLOCK": self.path,
                "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        os.environ.update(more)
        lz_office.ENV.update(more)

    def close(self):
        os.close(self.file)
        os.unlink(self.path)


class Play:
    def __init__(self, office, clock):
        self.office, self.clock = office, clock
        self.cases = {}     # "S01" -> ids
        self.story_of = {}  # id -> "S01"
        self.states = {row["story"]: row for row in table("states")}
        self.n_acts = self.n_refused = 0
        self.legal, self.illegal = set(), set()
        self.rows = set()
        self.make_office()
        self.stations = {name: office.station(name, name) for name in ROLES}

    def make_office(self):
        """Filing and dispatch are people's work here; one person checks, supervises and is a road chief."""
        settings = self.office.path("settings.json")
        with open(settings, "w", encoding="utf-8") as file:
            json.dump({"city": "贵溪市", "short_loop": "0"}, file)
        subprocess.run([SERVER, "settings", "set", settings, "--data", self.office.server.data], check=True,
                       capture_output=True)
        body = json.dumps({"user": "hall", "name": "钱督导", "roles": ROLES["hall"].split(","), "feeds": [lz_office.FEED]})
        request = urllib.request.Request(self.office.server.url + "/v1/admin/users", body.encode(), {
            "Content-Type": "application/json", "Authorization": "Bearer " + self.office.server.token("admin")})
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.office.server.users["hall"] = json.load(answer)

    def ids(self, text):
        return [case for story in stories(text) for case in self.cases[story]]

    # -- acts

    def photo(self, name):
        path = self.office.path(name + ".jpg")
        if not os.path.exists(path):
            with open(path, "wb") as file:
                file.write(photo_bytes(name, 3000))
        return path

    def options(self, row, n=None):
        """Its words; “@S01” is the case or the place of the same number of that story."""
        words = []
        for word in row["options"].split():
            if word.startswith("@"):
                word = self.place(word[1:], n) if row["act"] == "log" else self.cases[word[1:]][n]
            words.append(word)
            if word == "--photo":
                words.append(self.photo(row["act"] + row["at"].replace(":", "")))
        return words

    @staticmethod
    def place(story, n):
        number = int(story[1:]) * EACH + n
        return f"{28.27 + number % 20 / 1000:.4f},{117.19 + number // 20 * 0.0015:.4f}"

    def log(self, station, row):
        for story in stories(row["cases"]):
            words = ["--category", self.states[story]["category"], "--photo", self.photo("before-" + story)]
            if row["act"] == "fixed":
                words += ["--fixed", "--after", self.photo("after-" + story)]
            for n in range(EACH):
                at = [] if "--at" in row["options"] else ["--at", self.place(story, n)]
                case = station.run("case", "log", *words, *at, *self.options(row, n)).strip()
                self.cases.setdefault(story, []).append(case)
                self.story_of[case] = story

    def act(self, station, row):
        """One act on all its cases at once, or one by one where each has another option."""
        ids = self.ids(row["cases"])
        wrong = row["outcome"].removeprefix("! ") if row["outcome"].startswith("!") else None
        self.n_acts += len(ids)
        if "@" in row["options"]:
            for n, case in enumerate(ids):
                station.run("case", "do", case, row["act"], *self.options(row, n % EACH))
            return
        done = station.json("case", "do-many", row["act"], *ids, *self.options(row), code=REFUSED if wrong else OK)
        if wrong is None:
            assert done["done"] == ids, (row, done)
            return
        self.n_refused += len(ids)
        reasons = {r["reason"] for r in done["refused"]}
        assert done["done"] == [] and len(done["refused"]) == len(ids), (row, done)
        assert reasons == {wrong}, f"{row}: refused with {reasons}"

    def settle(self, station, row):
        """What the server refused: these cases and no other; kept as notes."""
        inbox = station.json("sync", "inbox")
        assert sorted(r["case"] for r in inbox) == sorted(self.ids(row["cases"])), (row, inbox)
        for refusal in inbox:
            assert refusal["refused"] == "state" and refusal["state"] == row["outcome"], refusal
            station.run("sync", "inbox", "note", refusal["event"])

    def server(self, row):
        def ended():
            return {line["event"]["subject"]: line["event"] for line in self.office.server.lines()
                    if line["event"]["kind"] == "case.resumed" and line["event"]["device"] == "server"}

        if row["act"] in ("stop", "start"):
            getattr(self.office.server, row["act"])()
            return
        ids = self.ids(row["cases"])
        if row["act"] == "holds":
            time.sleep(1.5)  # it looks every second
            assert not set(ended()) & set(ids), row
            return
        wait_for(lambda: set(ended()) == set(ids))
        assert {event["actor"] for event in ended().values()} == {"rule"}

    def take_part(self, who, row):
        """One row at the station of @who."""
        station = self.stations[who]
        if row["act"] == "sync":
            station.sync(code=OFFLINE)
        elif row["act"] == "inbox":
            self.settle(station, row)
        elif row["act"] in ("log", "fixed"):
            self.log(station, row)
        else:
            self.act(station, row)
        if row["outcome"].startswith("!"):
            self.illegal.add(row["act"])
        else:
            self.legal.add(row["act"])
            self.rows.add(row["row"])

    def assert_states(self, station, rows):
        """Each case is in the state in which the last of @rows leaves it."""
        expected = {}
        for row in rows:
            if row["outcome"] and not row["outcome"].startswith("!"):
                expected.update({case: (row["outcome"], row) for case in self.ids(row["cases"])})
        if not expected:
            return
        now = {c["id"]: c["state"] for c in station.json("case", "list", "--limit", "0")}
        for case, (state, row) in expected.items():
            assert now[case] == state, f"{row}: {now[case]}"

    def sync(self, *names):
        for name in names:
            self.stations[name].sync(code=(OK, PERSON))

    def run(self):
        for (at, who), group in itertools.groupby(table("acts"), lambda row: (row["at"], row["who"])):
            rows = list(group)
            self.clock.set(at)
            name, away = who.rstrip("!"), who.endswith("!")
            if name == "server":
                for row in rows:
                    self.server(row)
            elif name == "all":
                self.compare(rows[0]["outcome"])
            else:
                if not away:
                    self.sync(name)
                for row in rows:
                    self.take_part(name, row)
                self.assert_states(self.stations[name], rows)
                if not away:
                    self.sync(name)

    # -- what has to come of it

    def compare(self, when):
        for _ in range(2):  # what one sends the others get
            self.sync(*ROLES)
        lines = same_truth(self.office.server, *(self.stations[n] for n in ROLES if n != "huanwei"))
        same_truth(self.office.server, self.stations["huanwei"], feed=UNIT_FEED, user="huanwei")
        assert not [x for x in lines if x["event"]["kind"] == "case.due_set"], "a station and the server differ on a deadline"
        for name in ROLES:
            assert self.stations[name].json("sync", "inbox") == [], name
            self.compare_tasks(when, name)
        for name in ("li", "chen", "hall"):
            self.compare_cases(self.stations[name], when)
        if when == "end":
            self.compare_cases(self.stations["huanwei"], when, "unit")
        print(f"# {when}: {len(lines)} events, {sum(map(len, self.cases.values()))} cases, everywhere the same", flush=True)

    def compare_cases(self, station, when, column=None):
        found = {}
        for case in station.json("case", "list", "--limit", "0"):
            due = case["deadline"] and datetime.datetime.fromisoformat(case["deadline"].replace("Z", "+00:00"))
            due = due.astimezone(ZONE).strftime("%m-%d %H:%M") if due else "-"
            found.setdefault(self.story_of[case["id"]], []).append(f"{case['state']} {due} {case['lamp']}")
        for story, row in self.states.items():
            expected = row[column or when].replace("=", row[when])
            have = found.pop(story, [])
            assert have == ([expected] * EACH if expected != "-" else []), \
                f"{station.name}, {when}: {story} is {have}, not {expected} ({row['because']})"
        assert not found

    def compare_tasks(self, when, name):
        station = self.stations[name]
        expected = {r["list"]: r["cases"] for r in table("tasks") if (r["when"], r["who"]) == (when, name)}
        for count in station.json("tasks"):
            cases = self.ids(expected.pop(count["list"], ""))
            have = [c["id"] for c in station.json("tasks", "--list", count["list"])] if count["n"] else []
            assert sorted(have) == sorted(cases) and count["n"] == len(cases), \
                f"{when}: {name}'s {count['list']}: {sorted({self.story_of[c] for c in have})}"
        assert not expected, f"{when}: {name} has no lists {set(expected)}"

    def particulars(self):
        """What the tables have no column for."""
        chen = self.stations["chen"]

        def shown(story):
            return chen.show(self.cases[story][0])

        assert shown("S10")["unit"] == "市政养护队" and shown("S11")["unit"] == "环卫中心" and shown("S39")["unit"] is None
        assert (shown("S14")["extensions"], shown("S15")["extensions"], shown("S13")["extensions"]) == (2, 1, 0)
        assert shown("S36")["merged_into"] == self.cases["S01"][0]
        assert shown("S41")["recurs"] == self.cases["S01"][0] and "recurs" not in shown("S42")
        assert (shown("S28")["supervision"], shown("S28")["reply_wanted"]) == (2, "2026-02-13T10:00:00.000Z")
        assert (shown("S29")["supervision"], shown("S29")["reply_wanted"]) == (1, None)
        assert shown("S45")["n_photos"] == 2  # the refused act's photo is kept with the note
        for story in self.states:
            assert chen.json("case", "verify", self.cases[story][-1])["sound"], story

    def assert_complete(self):
        """Every transition was made by somebody, those of the domain and those that the program offers; and each of these
        was refused to somebody."""
        assert TRANSITIONS <= self.rows, TRANSITIONS - self.rows
        offered = {c["action"] for c in self.stations["chen"].json("case", "actions", self.cases["S01"][0])}
        assert offered <= self.legal, offered - self.legal
        assert offered <= self.illegal, offered - self.illegal
        assert len(self.story_of) >= 200 and self.n_refused > 100, (len(self.story_of), self.n_refused)


def test_played_week():
    clock = Clock()
    try:
        clock.set("02-09 08:00")
        clock.preload()
        with Office() as office:
            play = Play(office, clock)
            play.run()
            play.particulars()
            play.assert_complete()
            for station in play.stations.values():
                waiting = [d for d in station.status("--cases")["deliveries"]
                           if d["refused"] or d["events"] != d["events_there"] or d["photos"] != d["photos_there"]]
                assert not waiting, (station.name, waiting)
                station.sound()
            office.server.verify()
            print(f"# {len(play.story_of)} cases, {play.n_acts} acts on them, {play.n_refused} of them refused as they should be")
    finally:
        clock.close()


if __name__ == "__main__":
    sys.exit(lz_office.main(globals()))
