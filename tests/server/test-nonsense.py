#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeded nonsense over every path: changed bytes, headers and bodies.  No answer may be a failure of
the server, and the data must be whole afterwards.  LZ_SEED and LZ_TURNS ask for other and for more
of it."""

import base64
import concurrent.futures
import hashlib
import os
import random
import socket
import sys

from lz_server import HOME, NDJSON, Case, canonical, main, photo

ODD = (b"", b"0", b"-1", b"1e9", b"99999999999999999999", b"\x00", b"\xff\xfe", b"%00", b"%2e%2e%2f", b"../..",
       b"'\"`;--", b"A" * 300, b"\t", b"bytes=0-", b"bytes=-", b"bytes=9-1", b"sha256 ", b"sha1 AAAA", b"gzip",
       b"zstd", b"identity", b"chunked", b"1.0.0", b"application/json", b"{}", b"[]", b"null", b"*",
       "冶金".encode())
HEADERS = ("Content-Length", "Content-Type", "Content-Encoding", "Accept-Encoding", "Range", "If-Range", "If-None-Match",
           "Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Checksum", "Tus-Resumable", "Authorization",
           "Expect", "Connection", "Transfer-Encoding", "Host")


class Nonsense(Case):
    options = ("--idle", "1", "--slow", "2")  # for bodies that never come

    def templates(self):
        li, admin = self.login("li"), self.login("admin")
        data = photo(3000)
        name = hashlib.sha256(data).hexdigest()
        li.create(data, data)
        location = li.create(photo(3000)).headers["Location"]
        metadata = "sha256 " + base64.b64encode(os.urandom(32).hex().encode()).decode()
        tus = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
        lines = (canonical(li.report()) + "\n").encode()

        def user(client):
            return {"Authorization": "Bearer " + client.token}

        return [
            ("GET", f"/v1/feeds/{HOME}/events?after=0&limit=5&wait=0", {**user(li), "Accept-Encoding": "zstd"}, b""),
            ("POST", f"/v1/feeds/{HOME}/events", {**user(li), "Content-Type": NDJSON}, lines),
            ("POST", "/v1/session", {}, b'{"user":"nobody","password":"none","device":"d"}'),
            ("GET", "/v1/reference?rev=3", user(li), b""),
            ("POST", "/v1/photos/", {**user(li), **tus, "Upload-Length": "9", "Upload-Metadata": metadata}, b"1234"),
            ("PATCH", location, {**user(li), **tus, "Upload-Offset": "0", "Upload-Checksum": "sha1 AAAA"}, b"12345"),
            ("HEAD", location, {**user(li), **tus}, b""),
            ("GET", "/v1/photos/" + name, {**user(li), "Range": "bytes=1-5", "If-Range": "x"}, b""),
            ("GET", f"/v1/photos/{name}/preview?size=320", user(li), b""),
            ("POST", "/v1/photos/have", user(li), ('{"hashes":["%s"]}' % name).encode()),
            ("POST", "/v1/admin/users", user(admin), b'{"roles":["inspector"],"feeds":["%s"]}' % HOME.encode()),
            ("PATCH", "/v1/admin/users/wang", user(admin), b'{"name":"W","roles":["inspector"]}'),
            ("POST", "/v1/admin/assignments", user(admin), b'{"road":"x","person":"li","level":1}'),
            ("PUT", "/v1/admin/reference/routing", user(admin), b'{"T05":"huanwei"}'),
            ("PUT", f"/v1/admin/reference/roads?feed={HOME}x", user(admin), b'{"type":"FeatureCollection"}'),
        ]

    def change(self, random_, method, path, headers, body):
        headers = dict(headers)
        raw_headers = []
        for _ in range(random_.randint(0, 2)):
            headers[random_.choice(HEADERS)] = random_.choice(ODD).replace(b"\x00", b"")
        if random_.random() < 0.3:
            at = random_.randint(1, len(path))
            path = path[:at] + random_.choice(("/", "%", "..", "?", "&x=", "%00", "A" * 50)) + path[at:]
        body = bytearray(body)
        for _ in range(random_.choice((0, 1, 1, 3))):
            if body:
                at = random_.randrange(len(body))
                body[at:at + random_.randint(0, 3)] = random_.choice(ODD)
        headers.setdefault("Host", "x")
        headers.setdefault("Content-Length", str(len(body)))
        for key, value in headers.items():
            raw_headers.append(key.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
        return (method.encode() + b" " + path.encode() + b" HTTP/1.1\r\n" + b"\r\n".join(raw_headers)
                + b"\r\n\r\n" + bytes(body))

    def send(self, raw):
        line = socket.create_connection(("127.0.0.1", self.server.port), timeout=60)
        try:
            line.sendall(raw)
            answer = b""
            while b"\r\n" not in answer:
                piece = line.recv(4096)
                if not piece:
                    break
                answer += piece
            return answer
        except ConnectionError:
            return b""
        finally:
            line.close()

    def test_json_that_would_overrun_the_stack(self):
        """Brackets hidden in strings and comments, nested as deep as a body is long."""
        li = self.login("li")
        for body in (b'{"a":"' + b"]" * 500000 + b'","b":' + b"[" * 500000, b'{"a":' * 200000,
                     b'{"a":/*"*/' + b"[" * 100000, b"{'a\"':" + b"[" * 100000):
            self.assert_error(li.ask("POST", "/v1/session", body), 400, "invalid")
            self.assert_error(li.ask("POST", "/v1/photos/have", body), 400, "invalid")
            answer = li.ask("POST", f"/v1/feeds/{HOME}/events", body[:200000], {"Content-Type": NDJSON})
            self.assert_error(answer, 400, "invalid")
        self.assertIsNone(self.server.process.poll())

    def test_nonsense(self):
        seed = int(os.environ.get("LZ_SEED", "20"))
        random_ = random.Random(seed)
        templates = self.templates()
        turns = [self.change(random_, *random_.choice(templates))
                 for _ in range(int(os.environ.get("LZ_TURNS", "1200")))]
        n_answered = 0
        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            for raw, answer in zip(turns, pool.map(self.send, turns)):
                if answer:
                    n_answered += 1
                    status = int(answer.split()[1])
                    self.assertTrue(status < 500 or status in (501, 505), (seed, raw, answer[:300]))
        self.assertIsNone(self.server.process.poll(), seed)
        self.assertGreater(n_answered, len(turns) / 2)
        self.login("chen").must_push([])
        self.server.verify()


if __name__ == "__main__":
    sys.exit(main())
