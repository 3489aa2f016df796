#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may call what: every path and method of data/api/openapi.yaml, for every role, and for everybody whose token is
worth nothing, with names, ids and hashes that are real: those of one's own feed, of another subdistrict's, and of units.
A path that TABLE lacks fails the test, and so does one that the contract has no longer."""

import hashlib
import json
import os
import re
import sqlite3
import sys

import yaml

from lz_server import HOME, NDJSON, OTHER, Case, Client, canonical, main, now_ms, photo, photo_ref, run, uuid7

HERE = os.path.dirname(os.path.abspath(__file__))
CONTRACT = os.path.join(HERE, "../../data/api/openapi.yaml")
PICTURE = os.path.join(HERE, "../data/photos/gps/DSCN0010.jpg")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
UNIT, OTHER_UNIT = "unit:huanwei", "unit:yuanlin"
# role -> who has it in the sample office
PEOPLE = {"inspector": "li", "road_chief": "zhang", "dispatcher": "chen", "unit": "huanwei", "checker": "checker",
          "supervisor": "supervisor", "admin": "admin"}

# What each call answers, by whose things it names; "*" is every role that is not named.  A text instead of a status is the
# code of the refusal in the receipt of a push that as a request is in order.
ADMINS = {"*": 403, "admin": 200}
TABLE = {
    "post /v1/session": {"own": {"*": 200}, "another's device": {"*": 409}, "wrong password": {"*": 401}},
    "delete /v1/session": {"own": {"*": 204}},
    "get /v1/me": {"own": {"*": 200}},
    "get /v1/reference": {"own": {"*": 200}},
    "get /v1/reference/streets": {"the city's": {"*": 200}},
    "get /v1/feeds/{feed}/events": {
        "home": {"*": 200, "unit": 404}, "other": {"*": 404}, "unit": {"*": 404, "unit": 200}, "other unit": {"*": 404},
        "none": {"*": 404}},
    "post /v1/feeds/{feed}/events": {
        "home": {"*": 200, "unit": 404}, "other": {"*": 404}, "unit": {"*": 404, "unit": 200}, "other unit": {"*": 404},
        "an event of the other feed": {"*": "feed", "unit": "case"},
        "the other feed's case": {"*": "subject", "unit": "case"},
        "the other feed's case under its feed": {"*": "feed", "unit": "case"},
        "the other feed's record": {"*": "subject", "unit": "case"},
        "the other feed's record under its feed": {"*": "feed", "unit": "case"},
        "a case by the number of the other feed's record": {"*": "subject", "unit": "case"},
        "a record by the number of the other feed's case": {"*": "subject", "unit": "case"},
        "a unit's feed as home": {"*": "feed"},
        "in another's name": {"*": "actor"},
        "for the other feed's station": {"*": 400, "dispatcher": 403, "admin": 403},
        "an unknown station's event of the other feed": {"*": 400, "dispatcher": 404, "admin": 404},
        "the other feed's event once more": {"*": 409}},
    "options /v1/photos/": {"any": {"*": 204}},
    "post /v1/photos/": {"own": {"*": 201}, "the other feed's hash": {"*": 201}},
    "head /v1/photos/uploads/{upload}": {"own": {"*": 200}, "another's": {"*": 404}},
    "patch /v1/photos/uploads/{upload}": {"own": {"*": 204}, "another's": {"*": 404}},
    "delete /v1/photos/uploads/{upload}": {"own": {"*": 204}, "another's": {"*": 404}},
    "post /v1/photos/have": {"home": {"*": 200}},
    "get /v1/photos/{sha256}": {"home": {"*": 200, "unit": 404}, "unit": {"*": 200}, "other": {"*": 404}},
    "head /v1/photos/{sha256}": {"home": {"*": 200, "unit": 404}, "unit": {"*": 200}, "other": {"*": 404}},
    "get /v1/photos/{sha256}/preview": {"home": {"*": 200, "unit": 404}, "unit": {"*": 200}, "other": {"*": 404}},
    "get /v1/admin/users": {"all": ADMINS},
    "post /v1/admin/users": {"new": {"*": 403, "admin": 201}},
    "patch /v1/admin/users/{user}": {"another": ADMINS, "oneself, with more roles": ADMINS},
    "delete /v1/admin/devices/{device}": {"another's": {"*": 403, "admin": 204}},
    "post /v1/admin/assignments": {"a road": ADMINS},
    "get /v1/admin/reference/{part}": {"settings": ADMINS},
    "put /v1/admin/reference/{part}": {"settings": ADMINS, "roads of the other feed": ADMINS},
    "get /v1/health": {"any": {"*": 200}},
    "get /metrics": {"any": {"*": 200}},
}


def picture():
    """A photo that can be drawn and that no other call gives."""
    with open(PICTURE, "rb") as file:
        return file.read() + os.urandom(16)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Matrix(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(CONTRACT, encoding="utf-8") as file:
            paths = yaml.safe_load(file)["paths"]
        cls.operations = {f"{method} {path}": item[method] for path, item in paths.items() for method in METHODS
                          if method in item}
        cls.make_world()

    # ------------------------------------------------------------------------------ the world

    @classmethod
    def add_user(cls, user, role, feed):
        run("user", "add", user, "--role", role, "--feed-of", feed, "--password-file", "-", data=cls.server.data,
            stdin="a-good-password\n")
        cls.server.users[user] = {"password": "a-good-password"}

    @classmethod
    def report_case(cls, reporter, dispatcher, unit, feed):
        """A case with a photo of its own; with @unit it is dispatched there."""
        data = picture()
        reporter.create(data, data)
        report = reporter.report(feed=feed, body={"photos": [photo_ref(data)]})
        assert "seq" in reporter.must_push([report], feed)[0]
        if unit is not None:
            subject = report["subject"]
            for receipt in dispatcher.must_push([
                    dispatcher.event("case.filed", subject, {"condition": 1}, feed=feed),
                    dispatcher.event("case.dispatched", subject, {
                        "unit": unit},
                        feed=feed)], feed):
                assert "seq" in receipt, receipt
        return report, sha256(data)

    @classmethod
    def make_world(cls):
        run("feed", "add", OTHER, "雄石街道", data=cls.server.data)
        admin = cls.server.login("admin", "world-admin")
        units = admin.ask("GET", "/v1/admin/reference/units").json()
        units.append({"id": "yuanlin", "name": "园林中心"})
        assert admin.ask("PUT", "/v1/admin/reference/units", units).status == 200
        for user, role, feed in (("far", "inspector", OTHER), ("far-chen", "dispatcher", OTHER),
                                 ("yuanlin", "unit", OTHER_UNIT), ("gone", "inspector", HOME)):
            cls.add_user(user, role, feed)
        li, chen = cls.server.login("li", "world-li"), cls.server.login("chen", "world-chen")
        cls.far, cls.far_chen = cls.server.login("far", "world-far"), cls.server.login("far-chen", "world-far-chen")
        cls.home_case, cls.home_hash = cls.report_case(li, chen, None, HOME)
        cls.unit_case, cls.unit_hash = cls.report_case(li, chen, "huanwei", HOME)
        cls.other_case, cls.other_hash = cls.report_case(cls.far, cls.far_chen, None, OTHER)
        cls.other_data = picture()
        cls.far.create(cls.other_data, cls.other_data)
        cls.report_case(cls.far, cls.far_chen, "yuanlin", OTHER)
        cls.other_record = cls.far.event("asset.recorded", feed=OTHER, body={"facts": {"kind": "shop"}})
        receipt = cls.far.must_push([cls.other_record], OTHER)[0]
        assert "seq" in receipt, receipt
        cls.far_upload = cls.far.create(photo()).headers["Location"]
        cls.road = li.ask("GET", "/v1/reference").json()["roads"][0]["id"]
        for client in (admin, li, chen):
            client.close()

    def other_side(self):
        """All that the other subdistrict and its unit have, as bytes."""
        db = sqlite3.connect(f"file:{self.server.data}/server.db?mode=ro", uri=True)
        try:
            return [db.execute(sql).fetchall() for sql in (
                f"SELECT e.*, n.* FROM feed_entry n JOIN event e ON e.n = n.event JOIN feed f ON f.id = n.feed"
                f" WHERE f.feed IN ('{OTHER}', '{OTHER_UNIT}') ORDER BY f.id, n.seq",
                f"SELECT * FROM feed WHERE feed IN ('{OTHER}', '{OTHER_UNIT}')",
                "SELECT * FROM device WHERE user IN ('far', 'far-chen', 'yuanlin')",
                "SELECT * FROM user WHERE id IN ('far', 'far-chen', 'yuanlin')",
                "SELECT * FROM user_feed WHERE user IN ('far', 'far-chen', 'yuanlin')",
                "SELECT * FROM photo_from WHERE user IN ('far', 'far-chen')",
                "SELECT * FROM upload WHERE user = 'far'",
                "SELECT s.hash FROM session s WHERE s.user IN ('far', 'far-chen', 'yuanlin')")]
        finally:
            db.close()

    # --------------------------------------------------------------------------------- calls

    FEEDS = {"home": HOME, "other": OTHER, "unit": UNIT, "other unit": OTHER_UNIT, "none": "999999999"}

    def send(self, who, events, feed):
        body = "".join(canonical(e) + "\n" for e in events).encode()
        return who.ask("POST", f"/v1/feeds/{feed}/events", body, {"Content-Type": NDJSON})

    def hand_in(self, who, events):
        """Over a feed of one's own."""
        return self.send(who, events, UNIT if who.user == "huanwei" else HOME)

    def push(self, who, target):
        if target in self.FEEDS:
            # A note on a case that is really there; for a unit on the one that it has.
            case = self.unit_case if who.user == "huanwei" else self.home_case
            note = who.event("case.noted", case["subject"], {"text": "seen"})
            return self.send(who, [note], self.FEEDS[target])
        far = self.other_case
        if target == "an event of the other feed":
            return self.hand_in(who, [who.report(feed=OTHER)])
        if target == "the other feed's case":
            return self.hand_in(who, [who.event("case.noted", far["subject"], {"text": "?"})])
        if target == "the other feed's case under its feed":
            return self.hand_in(who, [who.event("case.noted", far["subject"], {"text": "?"}, feed=OTHER)])
        record = self.other_record["subject"]
        if target == "the other feed's record":
            return self.hand_in(who, [who.event("asset.noted", record, {"text": "?"})])
        if target == "the other feed's record under its feed":
            return self.hand_in(who, [who.event("asset.noted", record, {"text": "?"}, feed=OTHER)])
        if target == "a case by the number of the other feed's record":
            return self.hand_in(who, [who.report(subject=record)])
        if target == "a record by the number of the other feed's case":
            return self.hand_in(who, [who.event("patrol.started", far["subject"], {})])
        if target == "a unit's feed as home":
            return self.hand_in(who, [who.report(feed=OTHER_UNIT)])
        if target == "in another's name":
            return self.hand_in(who, [who.report(actor="far", feed=OTHER)])
        if target == "for the other feed's station":
            last = next(seq for device, _, seq in self.other_side()[2] if device == self.far.device)
            return self.hand_in(who, [{**who.report(actor="far", feed=OTHER), "device": self.far.device,
                                       "device_seq": last + 1}])
        if target == "an unknown station's event of the other feed":
            return self.hand_in(who, [{**who.report(actor="far", feed=OTHER), "device": "never-seen", "device_seq": 1}])
        assert target == "the other feed's event once more", target
        # Its id, under a number of one's own that is used already.
        return self.hand_in(who, [who.event("case.noted", far["subject"], {"text": "?"}, id=far["id"], device_seq=1)])

    def upload(self, who, target, method):
        if target == "another's":
            location = self.far_upload
        else:
            self.data = photo(500)
            location = who.create(self.data).headers.get("Location", "/v1/photos/uploads/" + uuid7())
        if method == "patch":
            return who.ask("PATCH", location, getattr(self, "data", b"x"), {**PIECE, "Upload-Offset": "0"})
        return who.ask(method.upper(), location, headers=TUS)

    def session(self, who, target):
        user = who.user or "li"
        body = {"user": user, "password": self.server.users[user]["password"], "device": f"matrix-more-{user}"}
        if target == "another's device":
            body["device"] = self.far.device
        if target == "wrong password":
            body["password"] += "x"
        return Client(self.server).ask("POST", "/v1/session", body)

    def log_out(self, who):
        if who.user is None or who.token is None:
            return who.ask("DELETE", "/v1/session")
        if not who.good:
            return who.ask("DELETE", "/v1/session")
        other = self.server.login(who.user, f"matrix-out-{who.user}")
        answer = other.ask("DELETE", "/v1/session")
        other.close()
        return answer

    def call(self, who, operation, target):
        method, path = operation.split(" ")
        hashes = {"home": self.home_hash, "unit": self.unit_hash, "other": self.other_hash}
        if operation == "post /v1/session":
            return self.session(who, target)
        if operation == "delete /v1/session":
            return self.log_out(who)
        if operation == "post /v1/feeds/{feed}/events":
            return self.push(who, target)
        if "{feed}" in path:
            return who.ask("GET", path.replace("{feed}", self.FEEDS[target]))
        if "{upload}" in path:
            return self.upload(who, target, method)
        if operation == "post /v1/photos/":
            return who.create(photo(500) if target == "own" else self.other_data)
        if operation == "post /v1/photos/have":
            return who.ask("POST", path, {"hashes": list(hashes.values()) + [sha256(self.other_data)]})
        if "{sha256}" in path:
            return who.ask(method.upper(), path.replace("{sha256}", hashes[target]))
        if operation == "post /v1/admin/users":
            return who.ask("POST", path, {"user": f"made-by-{who.user}", "roles": ["inspector"], "feeds": [OTHER]})
        if "{user}" in path:
            if target == "another":
                return who.ask("PATCH", path.replace("{user}", "wang"), {"phone": "139"})
            return who.ask("PATCH", path.replace("{user}", who.user or "li"),
                           {"feeds": [UNIT if who.user == "huanwei" else HOME]})
        if "{device}" in path:
            self.server.login("wang", "matrix-wang").close()
            return who.ask("DELETE", path.replace("{device}", "matrix-wang"))
        if operation == "post /v1/admin/assignments":
            return who.ask("POST", path, {"road": self.road, "person": "li", "level": 3})
        if "{part}" in path:
            part = path.replace("{part}", "roads" if target.startswith("roads") else "settings")
            body = {"city": "贵溪市", "short_loop": "1"}
            if target.startswith("roads"):
                part += "?feed=" + OTHER
                body = {"type": "FeatureCollection", "features": [{
                    "type": "Feature", "properties": {"name": "远路", "highway": "primary"},
                    "geometry": {"type": "LineString", "coordinates": [[117.2, 28.2], [117.21, 28.2]]}}]}
            return who.ask(method.upper(), part, body if method == "put" else None)
        return who.ask(method.upper(), path)

    # ------------------------------------------------------------------------------ the tests

    def test_every_operation_is_in_the_table(self):
        self.assertEqual(set(self.operations) - set(TABLE), set(), "in the contract, not in TABLE")
        self.assertEqual(set(TABLE) - set(self.operations), set(), "in TABLE, not in the contract")
        with open(os.path.join(HERE, "../../src/server/api/lz-routes.c"), encoding="utf-8") as file:
            routes = {f"{m.lower()} {p}" for m, p in re.findall(r'{ "([A-Z]+)", "([^"]+)"', file.read())}
        self.assertEqual(routes, {re.sub(r"{[^}]+}", "{}", o) for o in self.operations}, "what the server routes")

    def test_roles(self):
        before = self.other_side()
        n = 0
        for role, user in PEOPLE.items():
            who = self.login(user, f"matrix-{user}")
            who.good = True
            for operation, targets in TABLE.items():
                for target, statuses in targets.items():
                    expected = statuses.get(role, statuses["*"])
                    used = who.seq
                    answer = self.call(who, operation, target)
                    if answer.status != 200 or "station" in target:
                        who.seq = used  # the number is still free
                    where = f"{role}: {operation}: {target}: {answer.status} {answer.body[:200]!r}"
                    if isinstance(expected, str):
                        self.assertEqual(answer.status, 200, where)
                        self.assertEqual(answer.json()["receipts"][0].get("refused"), expected, where)
                    else:
                        self.assertEqual(answer.status, expected, where)
                    if operation != "put /v1/admin/reference/{part}" and role != "admin":
                        self.check_body(answer, where)
                    n += 1
            self.assertEqual(self.other_side(), before, f"{role} changed what is another feed's")
        print(f"# {n} calls")
        self.server.verify()

    def check_body(self, answer, where):
        """Nothing of the other subdistrict's is in an answer."""
        for secret in (self.other_case["id"], self.other_hash, sha256(self.other_data), self.far_upload):
            self.assertFalse(secret not in where and secret.encode() in answer.body, where)
        for secret in (b'"far', b'"yuanlin"}', b'"feed":"' + OTHER.encode()):
            self.assertFalse(secret in answer.body, where)

    def test_what_answers_hold(self):
        """Where a status says little: which hashes, which people, how far an upload is."""
        for role, user in PEOPLE.items():
            who = self.login(user, f"matrix-{user}")
            mine = {self.unit_hash} if role == "unit" else {self.home_hash, self.unit_hash}
            self.assertEqual(set(who.have(self.home_hash, self.unit_hash, self.other_hash)), mine, role)
            made = who.create(self.other_data)
            self.assertEqual(made.headers["Upload-Offset"], "0", f"{role} was told that the photo is there")
            reference = who.ask("GET", "/v1/reference").json()
            self.assertFalse({p["id"] for p in reference["people"]} & {"far", "far-chen", "yuanlin"}, role)
            if role != "unit":
                self.assertNotIn(OTHER, {r["feed"] for r in reference["roads"]}, role)
            self.assertEqual({f["feed"] for f in who.ask("GET", "/v1/me").json()["feeds"]},
                             {UNIT if role == "unit" else HOME}, role)

    def nobodies(self):
        """Whoever has no session (any more)."""
        nobody = Client(self.server)
        made_up = Client(self.server)
        made_up.token = "A" * 43
        expired = self.login("li", "matrix-expired")
        logged_out = self.login("li", "matrix-logged-out")
        released = self.login("li", "matrix-released")
        disabled = self.login("gone", "matrix-disabled")
        changed = self.login("wang", "matrix-changed")
        old = Client(self.server)
        old.token = changed.token
        self.assertEqual(logged_out.ask("DELETE", "/v1/session").status, 204)
        run("device", "release", "matrix-released", data=self.server.data)
        run("user", "disable", "gone", data=self.server.data)
        run("user", "passwd", "wang", "--password-file", "-", data=self.server.data, stdin="another-password\n")
        self.server.users["wang"]["password"] = "another-password"
        db = sqlite3.connect(self.server.data + "/server.db")
        with db:
            db.execute("UPDATE session SET expires_at = ? WHERE device = 'matrix-expired'", (now_ms() - 1,))
        db.close()
        people = {"no token": nobody, "made-up token": made_up, "expired": expired, "logged out": logged_out,
                  "device released": released, "disabled": disabled, "password changed": old}
        for who in people.values():
            self.addCleanup(who.close)
            who.good = False
            who.user = who.user or "li"
            who.device = who.device or "matrix-nobody"
        return people

    def test_without_a_session(self):
        before = self.other_side()
        n = 0
        for name, who in self.nobodies().items():
            for operation, targets in TABLE.items():
                if self.operations[operation].get("security") == []:
                    continue
                for target in targets:
                    answer = self.call(who, operation, target)
                    self.assertEqual(answer.status, 401, f"{name}: {operation}: {target}")
                    if not operation.startswith("head"):
                        self.assertEqual(answer.error, "token", f"{name}: {operation}: {target}")
                    n += 1
        self.assertEqual(self.other_side(), before)
        print(f"# {n} calls")


if __name__ == "__main__":
    sys.exit(main())
