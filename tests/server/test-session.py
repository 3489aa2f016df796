#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions: logging in and out, attempts, devices, and who may call what."""

import http.client
import json
import shutil
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import unittest

from lz_server import HOME, Case, Client, Server, main, run


class Session(Case):
    def test_login_and_out(self):
        li = self.login("li")
        me = li.ask("GET", "/v1/me")
        self.assertEqual(me.status, 200)
        self.assertEqual(me.json()["user"], "li")
        self.assertEqual(me.json()["roles"], ["inspector"])
        self.assertEqual([f["feed"] for f in me.json()["feeds"]], [HOME])
        self.assertEqual(me.json()["epoch"], me.headers["Luzhang-Epoch"])
        self.assertEqual(li.ask("DELETE", "/v1/session").status, 204)
        self.assert_error(li.ask("GET", "/v1/me"), 401, "token")

    def test_token_is_stored_hashed(self):
        li = self.login("li")
        with open(self.server.data + "/server.db", "rb") as db:
            content = db.read()
        with open(self.server.data + "/server.db-wal", "rb") as db:
            content += db.read()
        self.assertNotIn(li.token.encode(), content)
        self.assertNotIn(self.server.users["li"]["password"].encode(), content)
        self.assertIn(b"$y$", content)

    def test_wrong_tokens(self):
        nobody = Client(self.server)
        self.assert_error(nobody.ask("GET", "/v1/me"), 401, "token")
        for bad in ("Bearer x", "Bearer " + "A" * 43, "Basic bGk6eA==", "Bearer"):
            answer = nobody.ask("GET", "/v1/me", headers={"Authorization": bad})
            self.assert_error(answer, 401, "token")

    def test_expired_token(self):
        li = self.login("li")
        with sqlite3.connect(self.server.data + "/server.db") as db:
            db.execute("UPDATE session SET expires_at = 1 WHERE device = ?", (li.device,))
        db.close()
        self.assert_error(li.ask("GET", "/v1/me"), 401, "token")

    def test_attempts(self):
        body = {"user": "wang", "password": "wrong-wrong", "device": "attempts"}
        client = Client(self.server)
        for _ in range(5):
            self.assert_error(client.ask("POST", "/v1/session", body), 401, "login")
        answer = client.ask("POST", "/v1/session", body)
        self.assert_error(answer, 429, "attempts")
        self.assertTrue(0 < int(answer.headers["Retry-After"]) <= 61)
        # Not even with the right one, and nobody else is shut out.
        body["password"] = self.server.users["wang"]["password"]
        self.assert_error(client.ask("POST", "/v1/session", body), 429, "attempts")
        self.login("li")

    def test_unknown_user_looks_the_same(self):
        client = Client(self.server)
        one = client.ask("POST", "/v1/session", {"user": "checker", "password": "x" * 12, "device": "d"})
        two = client.ask("POST", "/v1/session", {"user": "ghost", "password": "x" * 12, "device": "d"})
        self.assertEqual((one.status, one.body), (two.status, two.body))

    def test_bad_bodies(self):
        client = Client(self.server)
        for bad in (b"", b"{", b"[]", b'{"user":1}', b'{"user":"li"}', b"\xff\xfe", b"[" * 100000,
                    b'{"user":"li","password":"","device":"d"}',
                    json.dumps({"user": "l" * 65, "password": "x", "device": "d"}).encode()):
            self.assert_error(client.ask("POST", "/v1/session", bad), 400, "invalid")

    def test_device_belongs_to_one_account(self):
        li = self.login("li", "shared")
        with self.assertRaisesRegex(AssertionError, "device_taken"):
            self.login("supervisor", "shared")
        li.ask("DELETE", "/v1/session")
        supervisor = self.login("supervisor", "shared")
        self.assertEqual(supervisor.ask("GET", "/v1/me").json()["user"], "supervisor")
        admin = self.login("admin")
        self.assertEqual(admin.ask("DELETE", "/v1/admin/devices/shared").status, 204)
        self.assert_error(supervisor.ask("GET", "/v1/me"), 401, "token")
        self.assert_error(admin.ask("DELETE", "/v1/admin/devices/shared"), 404, "not_found")
        self.login("li", "shared")

    def test_disable_ends_sessions(self):
        run("user", "add", "temp", "--role", "inspector", "--feed-of", HOME, "--password-file", "-",
            data=self.server.data, stdin="a-good-password\n")
        self.server.users["temp"] = {"password": "a-good-password"}
        temp = self.login("temp")
        self.assertEqual(temp.ask("GET", "/v1/me").status, 200)
        run("user", "disable", "temp", data=self.server.data)
        self.assert_error(temp.ask("GET", "/v1/me"), 401, "token")
        with self.assertRaisesRegex(AssertionError, "401"):
            self.login("temp")
        listed = json.loads(run("user", "list", data=self.server.data).stdout)["users"]
        self.assertTrue(next(u for u in listed if u["user"] == "temp")["disabled"])

    def test_not_found_and_methods(self):
        li = self.login("li")
        self.assert_error(li.ask("GET", "/v1/nothing"), 404, "not_found")
        self.assert_error(li.ask("GET", "/v1/../v1/me"), 404, "not_found")
        self.assert_error(li.ask("PUT", "/v1/me", b""), 405, "method")
        self.assert_error(li.ask("GET", "/"), 404, "not_found")


class Admin(Case):
    PATHS = (("GET", "/v1/admin/users"), ("POST", "/v1/admin/users"), ("PATCH", "/v1/admin/users/li"),
             ("DELETE", "/v1/admin/devices/x"), ("POST", "/v1/admin/assignments"),
             ("GET", "/v1/admin/reference/units"), ("PUT", "/v1/admin/reference/units"))

    def test_only_administrators(self):
        nobody = Client(self.server)
        for user in ("li", "zhang", "chen", "huanwei", "checker", "supervisor"):
            client = self.login(user)
            for method, path in self.PATHS:
                self.assert_error(client.ask(method, path), 403, "role")
        for method, path in self.PATHS:
            self.assert_error(nobody.ask(method, path), 401, "token")

    def test_users(self):
        admin = self.login("admin")
        made = admin.ask("POST", "/v1/admin/users",
                         {"user": "zhou", "name": "周", "roles": ["inspector"], "feeds": [HOME]})
        self.assertEqual(made.status, 201, made.body)
        self.server.users["zhou"] = made.json()
        zhou = self.login("zhou")
        self.assert_error(admin.ask("POST", "/v1/admin/users", {"user": "zhou"}), 409, "exists")
        for bad in ({"user": "rule"}, {"user": "A"}, {"user": "x", "roles": ["rule"]},
                    {"user": "x", "feeds": ["999999999"]}, {"user": "x", "password": "short"},
                    {"user": "x", "feeds": [HOME, HOME]}, {"user": "x", "disabled": 1}):
            self.assert_error(admin.ask("POST", "/v1/admin/users", bad), 400, "invalid")
        changed = admin.ask("PATCH", "/v1/admin/users/zhou", {"roles": ["checker"], "phone": "139"})
        self.assertEqual(changed.json()["roles"], ["checker"])
        self.assertEqual(zhou.ask("GET", "/v1/me").json()["phone"], "139")
        admin.ask("PATCH", "/v1/admin/users/zhou", {"password": "another-password"})
        self.assert_error(zhou.ask("GET", "/v1/me"), 401, "token")
        self.assert_error(admin.ask("PATCH", "/v1/admin/users/ghost", {}), 404, "not_found")
        users = [u["user"] for u in admin.ask("GET", "/v1/admin/users").json()["users"]]
        self.assertEqual(users, sorted(users))
        self.assertIn("zhou", users)

    def test_reference(self):
        admin, li = self.login("admin"), self.login("li")
        reference = li.ask("GET", "/v1/reference").json()
        self.assertEqual(li.ask("GET", f"/v1/reference?rev={reference['rev']}").json(),
                         {"rev": reference["rev"]})
        self.assertTrue(reference["catalogue"].startswith("#"))
        self.assertEqual(reference["settings"]["short_loop"], "1")
        self.assertGreater(len(reference["roads"]), 20)
        self.assertIn("zhang", {a["person"] for a in reference["assignments"]})
        self.assertNotIn("huanwei", {p["id"] for p in reference["people"]})
        streets = li.ask("GET", "/v1/reference/streets")
        self.assertEqual(len(streets.body), reference["streets"]["size"])
        again = li.ask("GET", "/v1/reference/streets", headers={"If-None-Match": streets.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))

        # The same map again: every road keeps its id, and who answers for it.
        put = admin.ask("PUT", f"/v1/admin/reference/roads?feed={HOME}", streets.body)
        self.assertEqual(put.status, 200, put.body)
        after = li.ask("GET", "/v1/reference").json()
        self.assertEqual(after["rev"], put.json()["rev"])
        self.assertEqual({r["id"] for r in after["roads"]}, {r["id"] for r in reference["roads"]})
        self.assertEqual(after["assignments"], reference["assignments"])

        road = reference["roads"][0]["id"]
        body = {"road": road, "person": "wang", "level": 2}
        self.assertEqual(admin.ask("POST", "/v1/admin/assignments", body).status, 200)
        given = li.ask("GET", "/v1/reference").json()["assignments"]
        self.assertIn(("wang", 2), {(a["person"], a["level"]) for a in given if a["road"] == road})
        body["level"] = 0
        admin.ask("POST", "/v1/admin/assignments", body)
        given = li.ask("GET", "/v1/reference").json()["assignments"]
        self.assertFalse([a for a in given if a["road"] == road and a["person"] == "wang"])
        body["person"] = "ghost"
        self.assert_error(admin.ask("POST", "/v1/admin/assignments", body), 404, "not_found")

    def test_bad_reference_is_not_put(self):
        admin = self.login("admin")
        rev = admin.ask("GET", "/v1/me").json()["rev"]
        for part in ("catalogue", "tasks", "calendar", "divisions", "routing", "settings", "units"):
            before = admin.ask("GET", f"/v1/admin/reference/{part}").body
            for bad in (b"", b"nonsense\twithout\tend", b"\xff\x00"):
                self.assert_error(admin.ask("PUT", f"/v1/admin/reference/{part}", bad), 400, "invalid")
            self.assertEqual(admin.ask("GET", f"/v1/admin/reference/{part}").body, before)
            if part != "routing":
                self.assertEqual(admin.ask("PUT", f"/v1/admin/reference/{part}", before).status, 200)
        self.assertGreater(admin.ask("GET", "/v1/me").json()["rev"], rev)
        for path in ("nothing", "roads", f"roads?feed={HOME}", "streets"):
            status = admin.ask("PUT", f"/v1/admin/reference/{path}", b"not a map").status
            self.assertIn(status, (400, 404))


class Tls(unittest.TestCase):
    def test_certificate(self):
        if shutil.which("openssl") is None:
            self.skipTest("no openssl")
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = folder + "/key.pem", folder + "/cert.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                            "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj",
                            "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
                           check=True, capture_output=True)
            server = Server("--tls-cert", certificate, "--tls-key", key)
            try:
                context = ssl.create_default_context(cafile=certificate)
                line = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=30, context=context)
                body = json.dumps({"user": "li", "password": server.users["li"]["password"], "device": "tls"})
                line.request("POST", "/v1/session", body)
                answer = line.getresponse()
                self.assertEqual(answer.status, 200)
                token = json.loads(answer.read())["token"]
                line.request("GET", "/v1/reference", headers={"Authorization": "Bearer " + token})
                self.assertEqual(len(json.loads(line.getresponse().read())["feeds"]), 1)
                line.close()
                plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
                with self.assertRaises((OSError, http.client.HTTPException)):
                    plain.request("GET", "/v1/health")
                    plain.getresponse()
                plain.close()
            finally:
                server.close()


if __name__ == "__main__":
    sys.exit(main())
