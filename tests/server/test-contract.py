#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the server to data/api/openapi.yaml: every path and method there is answered as it says,
and the answers' bodies have the shape that it gives them."""

import hashlib
import json
import os
import re
import sys

import yaml

from lz_server import HOME, Case, Client, main, photo, photo_ref

CONTRACT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/api/openapi.yaml")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool}


class Schema:
    """As much of JSON Schema as the contract uses."""

    def __init__(self, document):
        self.document = document

    def resolve(self, node):
        while "$ref" in node:
            at = self.document
            for key in node["$ref"][2:].split("/"):
                at = at[key]
            node = at
        return node

    def check(self, value, schema, where="answer"):
        schema = self.resolve(schema)
        for part in schema.get("allOf", []):
            self.check(value, part, where)
        if "oneOf" in schema:
            fitting = 0
            for part in schema["oneOf"]:
                try:
                    self.check(value, part, where)
                    fitting += 1
                except AssertionError:
                    pass
            assert fitting == 1, f"{where}: fits {fitting} of its shapes"
        kind = schema.get("type")
        if kind in TYPES:
            assert isinstance(value, TYPES[kind]), f"{where}: {value!r} is no {kind}"
        elif kind in ("integer", "number"):
            assert isinstance(value, (int, float)) and not isinstance(value, bool), f"{where}: {value!r}"
            assert kind == "number" or isinstance(value, int), f"{where}: {value!r} is no integer"
        if "enum" in schema:
            assert value in schema["enum"], f"{where}: {value!r} is not one of {schema['enum']}"
        if "pattern" in schema:
            assert re.search(schema["pattern"], value), f"{where}: {value!r}"
        if isinstance(value, dict):
            for key in schema.get("required", []):
                assert key in value, f"{where}: no {key}"
            for key, inner in schema.get("properties", {}).items():
                if key in value:
                    self.check(value[key], inner, f"{where}.{key}")
        if isinstance(value, list) and "items" in schema:
            for i, element in enumerate(value):
                self.check(element, schema["items"], f"{where}[{i}]")


class Contract(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(CONTRACT, encoding="utf-8") as file:
            cls.document = yaml.safe_load(file)
        cls.schema = Schema(cls.document)
        cls.answered = set()

    def hold(self, answer, path, method):
        """The answer is one that the contract foresees for this path and method."""
        operation = self.document["paths"][path][method]
        said = operation["responses"].get(str(answer.status), operation["responses"].get("default"))
        self.assertIsNotNone(said, f"{method} {path}: {answer.status}")
        said = self.schema.resolve(said)
        kind = (answer.headers.get("Content-Type") or "").split(";")[0]
        for name in said.get("headers", {}):
            if answer.status < 300:
                self.assertIn(name, answer.headers, f"{method} {path}: {answer.status}")
        for name in ("Luzhang-Epoch", "Luzhang-Time", "Luzhang-Request"):
            self.assertIn(name, answer.headers)
        if answer.body:
            self.assertIn(kind, said.get("content", {}), f"{method} {path}: {answer.status}")
            schema = said["content"][kind].get("schema", {})
            if kind == "application/json" and schema.get("type") != "object":
                self.schema.check(answer.json(), schema, f"{method} {path} {answer.status}")
            elif kind == "application/x-ndjson":
                for line in answer.body.splitlines():
                    self.schema.check(json.loads(line), schema, f"{method} {path}")
        if answer.status < 300:
            self.answered.add((method, path))
        return answer

    def test_every_path(self):
        admin, li = self.login("admin"), self.login("li")
        data = photo()
        name = hashlib.sha256(data).hexdigest()
        nobody = Client(self.server)
        body = {"user": "wang", "password": self.server.users["wang"]["password"], "device": "contract"}
        session = self.hold(nobody.ask("POST", "/v1/session", body), "/v1/session", "post").json()
        nobody.token = session["token"]
        self.hold(nobody.ask("DELETE", "/v1/session"), "/v1/session", "delete")
        me = self.hold(li.ask("GET", "/v1/me"), "/v1/me", "get")
        self.hold(li.ask("GET", "/v1/me", headers={"If-None-Match": me.headers["ETag"]}), "/v1/me", "get")
        self.hold(li.ask("GET", "/v1/me?wait=61"), "/v1/me", "get")
        reference = self.hold(li.ask("GET", "/v1/reference"), "/v1/reference", "get").json()
        self.hold(li.ask("GET", f"/v1/reference?rev={reference['rev']}"), "/v1/reference", "get")
        self.hold(li.ask("GET", "/v1/reference/streets"), "/v1/reference/streets", "get")
        feed = "/v1/feeds/{feed}/events"
        report = li.report(body={"photos": [photo_ref(data)]})
        events = [report, li.event("case.filed", report["subject"]), li.event("case.closed")]
        self.hold(li.push(events), feed, "post")
        self.hold(li.push([li.event("case.noted", device_seq=99)]), feed, "post")
        self.hold(li.ask("GET", f"/v1/feeds/{HOME}/events"), feed, "get")
        tus = {"Tus-Resumable": "1.0.0"}
        self.hold(li.ask("OPTIONS", "/v1/photos/"), "/v1/photos/", "options")
        made = self.hold(li.create(data), "/v1/photos/", "post")
        upload, pattern = made.headers["Location"], "/v1/photos/uploads/{upload}"
        self.hold(li.ask("HEAD", upload, headers=tus), pattern, "head")
        self.hold(li.patch(upload, 5, data), pattern, "patch")
        self.hold(li.patch(upload, 0, data), pattern, "patch")
        self.hold(li.ask("DELETE", upload, headers=tus), pattern, "delete")
        self.hold(li.ask("POST", "/v1/photos/have", {"hashes": [name, "0" * 64]}), "/v1/photos/have", "post")
        self.hold(li.ask("GET", "/v1/photos/" + name), "/v1/photos/{sha256}", "get")
        self.hold(li.ask("GET", "/v1/photos/" + name, headers={"Range": "bytes=1-2"}), "/v1/photos/{sha256}", "get")
        self.hold(li.ask("HEAD", "/v1/photos/" + name), "/v1/photos/{sha256}", "head")
        self.hold(li.ask("GET", f"/v1/photos/{name}/preview"), "/v1/photos/{sha256}/preview", "get")
        with open(os.path.join(os.path.dirname(CONTRACT), "../../tests/data/photos/gps/DSCN0012.jpg"), "rb") as file:
            picture = file.read()
        li.create(picture, picture)
        self.hold(li.ask("GET", f"/v1/photos/{hashlib.sha256(picture).hexdigest()}/preview"),
                  "/v1/photos/{sha256}/preview", "get")
        self.hold(admin.ask("GET", "/v1/admin/users"), "/v1/admin/users", "get")
        self.hold(admin.ask("POST", "/v1/admin/users", {"user": "new"}), "/v1/admin/users", "post")
        self.hold(admin.ask("POST", "/v1/admin/users", {"user": "new"}), "/v1/admin/users", "post")
        self.hold(admin.ask("PATCH", "/v1/admin/users/new", {"name": "N"}), "/v1/admin/users/{user}", "patch")
        self.hold(admin.ask("POST", "/v1/admin/assignments", {
            "road": reference["roads"][0]["id"], "person": "li", "level": 3}), "/v1/admin/assignments", "post")
        part = "/v1/admin/reference/{part}"
        for one in ("units", "calendar", "roads"):
            got = self.hold(admin.ask("GET", f"/v1/admin/reference/{one}"), part, "get")
            self.hold(admin.ask("PUT", f"/v1/admin/reference/{one}?feed={HOME}", got.body), part, "put")
        self.hold(admin.ask("DELETE", "/v1/admin/devices/" + li.device), "/v1/admin/devices/{device}", "delete")
        self.hold(nobody.ask("GET", "/v1/health"), "/v1/health", "get")
        self.hold(nobody.ask("GET", "/metrics"), "/metrics", "get")

        every = {(method, path) for path, item in self.document["paths"].items() for method in METHODS
                 if method in item}
        self.assertEqual(every - self.answered, set())

    def test_every_path_wants_a_session(self):
        nobody = Client(self.server)
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method not in item or item[method].get("security") == []:
                    continue
                real = re.sub(r"{[^}]+}", "0" * 64, path)
                answer = nobody.ask(method.upper(), real, headers={"Tus-Resumable": "1.0.0"})
                self.assertEqual(answer.status, 401, f"{method} {path}")
                if method != "head":
                    self.hold(answer, path, method)


if __name__ == "__main__":
    sys.exit(main())
