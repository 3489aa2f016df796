#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers try: too much, too slowly, too often; and what runs out."""

import gzip
import http.client
import json
import socket
import subprocess
import sys
import time

from lz_server import HOME, NDJSON, PATIENCE, SANITIZED, Case, Client, Server, canonical, main, photo


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c", "-3", "--long=27"], input=data, capture_output=True,
                          check=True).stdout


class Sizes(Case):
    def send_head(self, text):
        line = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
        self.addCleanup(line.close)
        line.sendall(text.encode())
        return line

    def status_of(self, line):
        response = http.client.HTTPResponse(line)
        response.begin()
        return response.status

    def test_too_large(self):
        li = self.login("li")
        head = (f"POST /v1/feeds/{HOME}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {li.token}\r\n"
                f"Content-Type: {NDJSON}\r\n")
        for length in ((8 << 20) + 1, 1 << 40, (1 << 63) - 1):
            line = self.send_head(head + f"Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n")
            self.assertEqual(self.status_of(line), 413, length)
        # Said only while it comes.
        line = self.send_head(head + "Transfer-Encoding: chunked\r\n\r\n")
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        for _ in range(130):
            line.sendall(piece)
        line.sendall(b"0\r\n\r\n")
        self.assertEqual(self.status_of(line), 413)
        # And one that never ends is cut off.
        line = self.send_head(head + "Transfer-Encoding: chunked\r\n\r\n")
        with self.assertRaises(OSError):
            for _ in range(5000):
                line.sendall(piece)
        if not SANITIZED:
            self.assertLess(self.server.memory_kb(), 100 * 1024)

    def test_body_read_before_the_answer(self):
        """An answer that needs no body must still arrive, although the client is sending."""
        nobody = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        for _ in range(3):
            nobody.request("POST", f"/v1/feeds/{HOME}/events", b"x" * (4 << 20))
            response = nobody.getresponse()
            self.assertEqual(response.status, 401)
            response.read()
        nobody.close()

    def test_bombs(self):
        li = self.login("li")
        for name, pack in (("gzip", lambda b: gzip.compress(b, 1)), ("zstd", zstd)):
            bomb = pack(b"\n" * (100 << 20))
            self.assertLess(len(bomb), 8 << 20)
            answer = li.push([], headers={"Content-Encoding": name}, encode=lambda _, b=bomb: b)
            self.assertIn(answer.status, (400, 413))
            body = b'{"x":"' + b"a" * (9 << 20) + b'"}'
            answer = li.ask("POST", f"/v1/feeds/{HOME}/events", pack(body),
                            {"Content-Type": NDJSON, "Content-Encoding": name})
            self.assertIn(answer.status, (400, 413))
        if not SANITIZED:
            self.assertLess(self.server.memory_kb(), 100 * 1024)

    def test_too_many_lines_and_too_long_ones(self):
        li = self.login("li")
        answer = li.ask("POST", f"/v1/feeds/{HOME}/events", b"{}\n" * 10, {"Content-Type": NDJSON})
        self.assert_error(answer, 400, "invalid")
        long = li.report(body={"text": "x" * (300 << 10)})
        self.assertIn(li.push([long]).status, (400, 413))
        deep = b'{"actor":' + b"[" * 5000 + b"]" * 5000 + b"}"
        self.assert_error(li.ask("POST", f"/v1/feeds/{HOME}/events", deep, {"Content-Type": NDJSON}), 400,
                          "invalid")

    def test_long_headers(self):
        line = self.send_head("GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Long: ")
        with self.assertRaises((OSError, http.client.HTTPException, AssertionError)):
            for _ in range(200):
                line.sendall(b"x" * 4096)
            line.sendall(b"\r\n\r\n")
            self.assertEqual(self.status_of(line), 200)

    def test_nonsense(self):
        for text in ("\x00\x01\x02\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n" * 100,
                     "GET /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n", "POST /v1/session HTTP/1.1\r\nHost: x\r\n"
                     "Content-Length: -5\r\n\r\n", "POST /v1/session HTTP/1.1\r\nHost: x\r\n"
                     "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
            line = self.send_head(text)
            line.shutdown(socket.SHUT_WR)
            try:
                while line.recv(4096):
                    pass
            except OSError:
                pass
        self.assertEqual(self.login("li").ask("GET", "/v1/health").status, 200)


class Places(Case):
    options = ("--per-address", "10", "--idle", "2", "--slow", "3")

    def count_open(self, lines):
        return sum(1 for line in lines if not self.is_closed(line))

    @staticmethod
    def is_closed(line):
        line.setblocking(False)
        try:
            return line.recv(1) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def wait_until(self, condition):
        until = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)

    def test_connections_of_one_address(self):
        lines = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(30)]
        try:
            self.wait_until(lambda: self.count_open(lines) <= 10)
            self.assertGreater(self.count_open(lines), 0)
        finally:
            for line in lines:
                line.close()
        self.wait_until(lambda: self.login_works())

    def login_works(self):
        try:
            self.server.login("li").close()
            return True
        except OSError:
            return False

    def test_silent_and_slow_senders_are_closed(self):
        self.wait_until(self.login_works)
        li = self.server.login("li")
        token = li.token
        li.close()
        silent = socket.create_connection(("127.0.0.1", self.server.port))
        slow = socket.create_connection(("127.0.0.1", self.server.port))
        body = socket.create_connection(("127.0.0.1", self.server.port))
        slow.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n")
        body.sendall((f"POST /v1/feeds/{HOME}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
                      f"Content-Type: {NDJSON}\r\nContent-Length: 4000\r\n\r\n").encode())
        started = time.monotonic()
        ended = {}
        while len(ended) < 3:
            self.assertLess(time.monotonic() - started, 30)
            for name, line in (("silent", silent), ("slow", slow), ("body", body)):
                if name not in ended and self.is_closed(line):
                    ended[name] = time.monotonic() - started
            for name, line in (("slow", slow), ("body", body)):
                if name not in ended:
                    try:
                        line.send(b"a")
                    except OSError:
                        pass
            time.sleep(0.1)
        for name, at in ended.items():
            self.assertTrue(1.5 < at < 15, (name, at))
        for line in (silent, slow, body):
            line.close()


class Floods(Case):
    """Much of what is bad, and people who want to work meanwhile."""

    options = ("--idle", "2", "--slow", "3")

    def bad_things(self, li):
        """One round of everything that is answered with 4xx, or closed."""
        nobody = Client(self.server)
        nobody.token = "A" * 43
        bomb = gzip.compress(b"\n" * (20 << 20), 1)
        ndjson = {"Content-Type": NDJSON}
        feed = f"/v1/feeds/{HOME}/events"
        location = li.create(photo(1000)).headers["Location"]
        tus = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}
        for who, method, path, body, headers in (
                (li, "POST", feed, bomb, {**ndjson, "Content-Encoding": "gzip"}),
                (li, "POST", feed, zstd(b"\n" * (20 << 20)), {**ndjson, "Content-Encoding": "zstd"}),
                (li, "POST", feed, b"x" * (9 << 20), ndjson),
                (li, "POST", feed, b"{" * 200000, ndjson),
                (li, "POST", "/v1/photos/have", b"[" * 900000, {}),
                (li, "POST", "/v1/photos/have", b'{"hashes":[' + b"1," * 400000 + b"1]}", {}),
                (nobody, "GET", "/v1/me", None, {}),
                (nobody, "POST", feed, b"x" * 1000000, ndjson),
                (nobody, "POST", "/v1/session", b'{"user":"x' + b"y" * 900000 + b'"}', {}),
                (li, "GET", "/v1/photos/" + "../" * 500, None, {}),
                (li, "GET", "/v1/photos/%2e%2e%2fserver.db", None, {}),
                (li, "GET", feed + "?after=" + "9" * 300, None, {}),
                (li, "PATCH", location, b"x" * 100, {**tus, "Upload-Offset": "-1"}),
                (li, "PATCH", location, b"x" * 100, {**tus, "Upload-Offset": "9" * 18}),
                (li, "PATCH", location, b"x" * 5000, {**tus, "Upload-Offset": "0"}),
                (li, "DELETE", location, None, {"Tus-Resumable": "9.9"})):
            answer = who.ask(method, path, body, headers, fresh=True)
            self.assertTrue(400 <= answer.status < 500, (method, path, answer.status))
            self.assertIn("message", answer.json())
        li.ask("DELETE", location, headers=tus)
        nobody.close()

    def test_memory_and_descriptors_stay_flat(self):
        li = self.login("li")
        figures = []
        for turn in range(12):
            self.bad_things(li)
            if turn >= 3:
                time.sleep(0.2)
                figures.append((self.server.memory_kb(), self.server.descriptors()))
        if not SANITIZED:
            self.assertLess(max(f[0] for f in figures), 100 * 1024)
            self.assertLess(min(f[0] for f in figures[-3:]), max(f[0] for f in figures[:3]) + 8 * 1024, figures)
        self.assertLess(min(f[1] for f in figures[-3:]), min(f[1] for f in figures[:3]) + 10, figures)
        self.assertEqual(li.ask("GET", "/v1/health").json()["status"], "ok")

    def test_many_slow_lines_hold_nobody_up(self):
        """300 lines that send a byte now and then, each for itself within its time."""
        li = self.login("li")
        before = self.server.descriptors()
        lines = []
        for n in range(300):
            line = socket.create_connection(("127.0.0.1", self.server.port))
            head = "POST /v1/session HTTP/1.1\r\nHost: x\r\n"
            line.sendall((head + "Content-Length: 100\r\n\r\n{" if n % 2 else head).encode())
            lines.append(line)
        slowest = 0
        started = time.monotonic()
        while time.monotonic() - started < 2:
            for line in lines[::7]:
                try:
                    line.send(b"a")
                except OSError:
                    pass
            at = time.monotonic()
            self.assertEqual(li.ask("GET", "/v1/me").status, 200)
            self.assertIn("seq", li.must_push([li.report()])[0])
            slowest = max(slowest, time.monotonic() - at)
            time.sleep(0.1)
        self.assertLess(slowest, 2 * PATIENCE)
        until = time.monotonic() + 30 * PATIENCE
        while self.server.descriptors() > before + 20:
            self.assertLess(time.monotonic(), until, "slow lines are still open")
            time.sleep(0.1)
        for line in lines:
            line.close()

    def test_many_logins_hold_nobody_up(self):
        """Passwords are slow to look at: whoever tries many waits for themselves."""
        li = self.login("li")
        body = json.dumps({"user": "nobody", "password": "wrong-wrong", "device": "d"}).encode()
        head = (f"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n").encode()
        lines = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(60)]
        for n, line in enumerate(lines):
            line.sendall(head + body.replace(b"nobody", b"nob%03d" % n))
        slowest = 0
        for _ in range(10):
            at = time.monotonic()
            self.assertEqual(li.ask("GET", "/v1/me").status, 200)
            slowest = max(slowest, time.monotonic() - at)
        self.assertLess(slowest, 3 * PATIENCE)
        for line in lines:
            line.close()
        self.assertEqual(li.ask("GET", "/v1/me").status, 200)


class Descriptors(Case):
    def test_flat_over_500_connections(self):
        li = self.login("li")
        data = photo(3000)
        li.create(data, data)
        for i in range(600):
            if i == 100:
                before = self.server.descriptors()
            if i % 3 == 0:
                li.ask("GET", "/v1/me", fresh=True)
            elif i % 3 == 1:
                li.ask("GET", f"/v1/feeds/{HOME}/events", fresh=True)
            else:
                line = socket.create_connection(("127.0.0.1", self.server.port))
                line.sendall(b"GET /v1/me HT")
                line.close()
        li.close()
        # Connections to the database may have become more, up to one for each worker.
        until = time.monotonic() + 10
        while self.server.descriptors() >= before + 40 and time.monotonic() < until:
            time.sleep(0.05)
        self.assertLess(self.server.descriptors(), before + 40)

    def test_waiting_clients_that_leave(self):
        li = self.login("li")
        head = len(li.pull())
        for _ in range(30):
            line = socket.create_connection(("127.0.0.1", self.server.port))
            line.sendall((f"GET /v1/feeds/{HOME}/events?after={head}&wait=60 HTTP/1.1\r\nHost: x\r\n"
                          f"Authorization: Bearer {li.token}\r\n\r\n").encode())
            line.close()
        until = time.monotonic() + 20
        while b"luzhang_waiting 0" not in li.ask("GET", "/metrics").body:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)


class Closing(Case):
    def test_requests_under_way_are_finished(self):
        server = Server()
        try:
            li = server.login("li")
            events = [li.report() for _ in range(300)]
            li.close()
            body = "".join(canonical(e) + "\n" for e in events).encode()
            line = socket.create_connection(("127.0.0.1", server.port), timeout=30)
            line.sendall((f"POST /v1/feeds/{HOME}/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                          f"Authorization: Bearer {li.token}\r\nContent-Type: {NDJSON}\r\n"
                          f"Content-Length: {len(body)}\r\n\r\n").encode())
            self.assertIn(b"100", line.recv(100))  # it has begun
            line.sendall(body[:1000])
            server.process.terminate()
            until = time.monotonic() + 20
            while "stopping" not in server.read_log():
                self.assertLess(time.monotonic(), until)
                time.sleep(0.01)
            with self.assertRaises(OSError):
                socket.create_connection(("127.0.0.1", server.port))
            line.sendall(body[1000:])
            response = http.client.HTTPResponse(line)
            response.begin()
            self.assertEqual((response.status, len(json.loads(response.read())["receipts"])), (200, 300))
            line.close()
            self.assertEqual(server.process.wait(40), 0)
            self.assertEqual(json.loads(server.verify().stdout)["events"], 300)
        finally:
            server.close()


if __name__ == "__main__":
    sys.exit(main())
