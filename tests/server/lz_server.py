# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the server share: a real server process with the sample office, a client that
speaks HTTP by hand, events in canonical JSON, and the chain computed here and not by our C."""

import hashlib
import http.client
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

PROGRAM = os.environ.get("LUZHANG_SERVER", "luzhang-server")
HOME = "360681001"
OTHER = "360681002"
NDJSON = "application/x-ndjson"
SANITIZED = bool(os.environ.get("LZ_SANITIZED"))
PATIENCE = 4 if SANITIZED else 1


def now_ms():
    return int(time.time() * 1000)


def uuid7():
    ms = now_ms()
    raw = bytearray(ms.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(uuid.UUID(bytes=bytes(raw)))


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def run(*words, check=True, data=None, stdin=None):
    command = [PROGRAM, *words] + (["--data", data] if data else [])
    done = subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)
    if check and done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}: {done.stderr}")
    return done


class Server:
    """A server process in a folder of its own."""

    def __init__(self, *options, data=None, users=None, preexec=None):
        self.folder = None
        if data is None:
            self.folder = tempfile.mkdtemp(prefix="lz-server-")
            data = os.path.join(self.folder, "data")
            users = json.loads(run("init", "--sample", data=data).stdout)["users"]
        self.data = data
        self.users = {u["user"]: u for u in users}
        self.options = options
        self.preexec = preexec
        self.process = None
        self.start()

    def start(self):
        port_file = self.data + ".port"
        if os.path.exists(port_file):
            os.unlink(port_file)
        # The log goes into a file: a full pipe would stop the server.
        self.log_path = self.data + ".log"
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--data", self.data, "--listen", "127.0.0.1:0", "--port-file",
                 port_file, *self.options], stderr=log, stdout=log, preexec_fn=self.preexec)
        until = time.monotonic() + 20 * PATIENCE
        while not os.path.exists(port_file) or not os.path.getsize(port_file):
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError("the server did not start: " + self.read_log()[-2000:])
            time.sleep(0.01)
        with open(port_file, encoding="ascii") as file:
            self.port = int(file.read())

    def read_log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            code = self.process.wait(40 * PATIENCE)
            if code != 0:
                raise AssertionError(f"the server ended with {code}: " + self.read_log()[-3000:])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def restart(self):
        self.stop()
        self.start()

    def close(self):
        try:
            self.stop()
        finally:
            if self.process.poll() is None:
                self.kill()
            if self.folder:
                shutil.rmtree(self.folder)

    def verify(self, check=True):
        return run("verify", data=self.data, check=check)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    def login(self, user, device=None, **more):
        return Client(self, user, device or f"{user}-device", **more)


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    @property
    def error(self):
        return self.json().get("error")


class Client:
    """One account on one device."""

    def __init__(self, server, user=None, device=None, password=None):
        self.server = server
        self.user = user
        self.device = device
        self.token = None
        self.line = None
        self.seq = 0
        if user is not None:
            self.login(password or server.users[user]["password"])

    def login(self, password):
        answer = self.ask("POST", "/v1/session",
                          {"user": self.user, "password": password, "device": self.device})
        if answer.status != 200:
            raise AssertionError(f"login of {self.user}: {answer.status} {answer.body!r}")
        self.me = answer.json()
        self.token = self.me["token"]

    def ask(self, method, path, body=None, headers=None, fresh=False, timeout=30):
        headers = dict(headers or {})
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = "Bearer " + self.token
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        for attempt in (1, 2):
            if fresh or self.line is None:
                self.close()
                self.line = http.client.HTTPConnection("127.0.0.1", self.server.port,
                                                       timeout=timeout * PATIENCE)
            try:
                self.line.request(method, path, body, headers)
                response = self.line.getresponse()
                answer = Answer(response, response.read())
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError,
                    http.client.BadStatusLine, ConnectionRefusedError):
                self.close()
                if attempt == 2 or fresh:
                    raise
        if answer.headers.get("Luzhang-Server") != "1":
            raise AssertionError(f"{method} {path}: not ours: {answer.status}")
        return answer

    def close(self):
        if self.line is not None:
            self.line.close()
            self.line = None

    # -- events ---------------------------------------------------------------------------------

    def event(self, kind, subject=None, body=None, feed=HOME, **more):
        self.seq += 1
        event = {"actor": self.user, "body": body or {}, "device": self.device,
                 "device_seq": self.seq, "feed": feed, "id": uuid7(), "kind": kind,
                 "occurred_at": now_ms(), "subject": subject or uuid7()}
        event.update(more)
        return event

    def report(self, **more):
        body = {"category": "T05-01", "lat7": 282900000, "lon7": 1172200000, "text": "占道经营"}
        body.update(more.pop("body", {}))
        return self.event("case.reported", body=body, **more)

    def push(self, events, feed=HOME, headers=None, encode=None, **more):
        body = "".join(canonical(e) + "\n" for e in events).encode()
        headers = {"Content-Type": NDJSON, **(headers or {})}
        if encode:
            body = encode(body)
        return self.ask("POST", f"/v1/feeds/{feed}/events", body, headers, **more)

    def must_push(self, events, feed=HOME):
        answer = self.push(events, feed)
        if answer.status != 200:
            raise AssertionError(f"push: {answer.status} {answer.body!r}")
        receipts = answer.json()["receipts"]
        assert [r["id"] for r in receipts] == [e["id"] for e in events]
        return receipts

    def pull(self, feed=HOME, after=0, limit=10000, **more):
        answer = self.ask("GET", f"/v1/feeds/{feed}/events?after={after}&limit={limit}", **more)
        if answer.status != 200:
            raise AssertionError(f"pull: {answer.status} {answer.body!r}")
        return [json.loads(line) for line in answer.body.splitlines()]

    # -- photos ---------------------------------------------------------------------------------

    def create(self, data, first=None, length=None, sha256=None, **headers):
        import base64
        name = (sha256 or hashlib.sha256(data).hexdigest()).encode()
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length or len(data)),
                   "Upload-Metadata": "sha256 " + base64.b64encode(name).decode(),
                   **{k.replace("_", "-"): v for k, v in headers.items()}}
        if first is not None:
            headers["Content-Type"] = "application/offset+octet-stream"
        return self.ask("POST", "/v1/photos/", first, headers)

    def patch(self, location, offset, piece, **headers):
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset),
                   "Content-Type": "application/offset+octet-stream",
                   **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.ask("PATCH", location, piece, headers)

    def upload_head(self, location):
        return self.ask("HEAD", location, headers={"Tus-Resumable": "1.0.0"})

    def have(self, *hashes):
        answer = self.ask("POST", "/v1/photos/have", {"hashes": list(hashes)})
        assert answer.status == 200, answer.body
        return answer.json()["have"]


def check_chain(lines, first=1):
    """The chain as openapi.yaml describes it; raises where it breaks."""
    chain = bytes(32)
    for expected, line in enumerate(lines, first):
        assert line["seq"] == expected, (line["seq"], expected)
        event = {k: v for k, v in line["event"].items() if k not in ("home_seq", "received_at")}
        chain = hashlib.sha256(chain + canonical(event).encode()).digest()
        assert line["chain"] == chain.hex(), f"the chain breaks at {expected}"
    return chain


def photo(size=20000, seed=None):
    """Bytes that no other call gives."""
    return (seed or os.urandom(16)) + os.urandom(max(0, size - 16))


def photo_ref(data, role="before"):
    return {"role": role, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def limit_files(size):
    def apply():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return apply


class Case(unittest.TestCase):
    """A test with the one server of its class."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def login(self, user, device=None, **more):
        client = self.server.login(user, device or f"{user}-{self._testMethodName}", **more)
        self.addCleanup(client.close)
        return client

    def assert_error(self, answer, status, code):
        self.assertEqual((answer.status, answer.error), (status, code), answer.body)


class TapResult(unittest.TestResult):
    n = 0

    def _line(self, test, ok, more=""):
        self.n += 1
        print(f"{'ok' if ok else 'not ok'} {self.n} - {test.id().split('.', 1)[1]}{more}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line(test, True)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line(test, True, f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._tell(test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self._tell(test, self.errors[-1][1])

    def _tell(self, test, text):
        self._line(test, False)
        for line in text.splitlines():
            print("# " + line, flush=True)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    if len(sys.argv) > 1:
        suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:], sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}", flush=True)
    result = TapResult()
    suite.run(result)
    return 0 if result.wasSuccessful() else 1
