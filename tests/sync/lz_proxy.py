# SPDX-License-Identifier: GPL-3.0-or-later
"""A proxy of ours that does to HTTP what networks do."""

import http.client
import re
import socket
import threading

from lz_office import Office, same_truth


class Cut(Exception):
    """The line breaks here."""


class Request:
    """One request as it came: its bytes, and what of it tests look at."""

    def __init__(self, head, body):
        self.head, self.body = head, body
        first = head.split(b"\r\n", 1)[0].decode()
        self.method, self.path, _ = first.split(" ", 2)

    @property
    def bytes(self):
        return self.head + self.body

    def is_a(self, method, pattern):
        return self.method == method and re.search(pattern, self.path) is not None


class Answer:
    """An answer: bytes of its head with lengths put right, and its body."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    @property
    def bytes(self):
        lines = [f"HTTP/1.1 {self.status} {http.client.responses.get(self.status, 'Status')}"]
        lines += [f"{k}: {v}" for k, v in self.headers if k.lower() not in ("content-length", "transfer-encoding", "connection")]
        if self.status != 204:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def portal(request, ask):
    """A captive portal: 200, and its own page whatever was asked for."""
    return Answer(200, [("Content-Type", "text/html")], b"<html><title>Welcome to Free WiFi</title><form>Log in</form></html>")


def status(code, *headers):
    """A server, or a proxy before it, that answers @code to everything."""
    return lambda request, ask: Answer(code, [("Content-Type", "text/plain"), *headers], b"no")


class Proxy:
    """Stands between stations and a server.  @act(request, ask) gives the answer for each request; ask() asks the server.
    It can raise Cut, answer by itself, ask twice, or change what the server said.  cut_up and cut_down are the number of
    bytes after which the line breaks, counted over everything since they were set."""

    def __init__(self, server):
        self.server = server
        self.act = None
        self.cut_up = self.cut_down = None
        self.up = self.down = 0
        self.requests = []
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._listen, daemon=True).start()

    def reset(self, act=None, cut_up=None, cut_down=None):
        self.act, self.cut_up, self.cut_down = act, cut_up, cut_down
        self.up = self.down = 0
        self.requests = []

    def close(self):
        self.listener.close()

    def _listen(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        stream = connection.makefile("rb")
        try:
            while True:
                request = self._read_request(stream)
                if request is None:
                    return
                with self.lock:
                    self.requests.append(request)
                act = self.act
                answer = act(request, lambda: self._ask(request)) if act else self._ask(request)
                data = answer.bytes
                if request.method == "HEAD":
                    data = data[:len(data) - len(answer.body)]
                self._send_down(connection, data)
        except (Cut, OSError, ValueError, http.client.HTTPException):
            pass
        finally:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            stream.close()
            connection.close()

    @staticmethod
    def _read_request(stream):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = stream.readline()
            if not line:
                return None
            head += line
        match = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        body = stream.read(int(match.group(1))) if match else b""
        return Request(head, body)

    def _ask(self, request):
        """Hands the request on, as far as the line goes, and reads the answer."""
        upstream = socket.create_connection(("127.0.0.1", self.server.port), timeout=90)
        upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            data = request.bytes
            if self.cut_up is not None and self.up + len(data) > self.cut_up:
                upstream.sendall(data[: max(0, self.cut_up - self.up)])
                self.up += len(data)
                raise Cut
            self.up += len(data)
            upstream.sendall(data)
            answer = http.client.HTTPResponse(upstream, method=request.method)
            answer.begin()
            body = answer.read()
            return Answer(answer.status, answer.getheaders(), body)
        finally:
            upstream.close()

    def _send_down(self, connection, data):
        if self.cut_down is not None and self.down + len(data) > self.cut_down:
            connection.sendall(data[: max(0, self.cut_down - self.down)])
            self.down += len(data)
            raise Cut
        self.down += len(data)
        connection.sendall(data)


class Line:
    """An office, a proxy before its server, and a station that goes through it."""

    def __enter__(self):
        self.office = Office().__enter__()
        self.proxy = Proxy(self.office.server)
        self.station = self.office.fast("inspector", "li", self.proxy.url)
        return self

    def __exit__(self, *args):
        self.proxy.close()
        self.office.__exit__(*args)

    def healed(self, *others):
        """Without a fault the next run brings everything across."""
        self.proxy.reset()
        answer = self.station.go()
        assert answer["ok"] and answer["events"] == 0 and answer["photos"] == 0, answer
        lines = same_truth(self.office.server, self.station, *others)
        self.office.server.verify()
        return lines
