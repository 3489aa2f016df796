# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of luzhang-cli share: a folder of their own, and calls of the program."""

import json
import os
import shutil
import subprocess
import tempfile

PROGRAM = os.environ["LUZHANG_CLI"]
DATA = os.path.join(os.environ["G_TEST_SRCDIR"], "data")
PHOTOS = os.path.join(DATA, "photos")

OK, USAGE, NOT_FOUND, REFUSED, INVALID, STORAGE, BUSY, DAMAGED = range(8)


class Folder:
    """A folder that goes when the test ends."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="lz-cli-")
        return self

    def __exit__(self, *_):
        subprocess.run(["chmod", "-R", "u+rwX", self.path], check=False)
        shutil.rmtree(self.path)

    def join(self, *names):
        return os.path.join(self.path, *names)

    def write(self, name, text):
        path = self.join(name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path


class Station:
    """A station in a folder, reached through the program alone."""

    def __init__(self, path):
        self.path = path

    def run(self, *args, code=OK, **more):
        """Runs a verb, checks its exit code, gives what it wrote: (stdout, stderr)."""
        done = subprocess.run([PROGRAM, "--station", self.path, *args], capture_output=True, text=True,
                              encoding="utf-8", timeout=600, check=False, **more)
        assert done.returncode == code, f"{args}: {done.returncode} instead of {code}\n{done.stdout}{done.stderr}"
        if code not in (OK, DAMAGED):
            assert done.stderr.startswith("luzhang-cli: "), f"{args}: {done.stderr!r}"
            assert done.stdout == "", f"{args}: {done.stdout!r}"
        return done.stdout, done.stderr

    def out(self, *args, **more):
        return self.run(*args, **more)[0]

    def json(self, *args, **more):
        return json.loads(self.out(*args, "--json", **more))

    def fails(self, code, *args, **more):
        """What it says on stderr when it ends with @code."""
        return self.run(*args, code=code, **more)[1]

    def log(self, *args, category="T06-01", at="28.2833,117.2103"):
        """Logs a case, gives its id."""
        text = self.out("case", "log", "--category", category, "--at", at, *args)
        assert len(text) == 37 and text.endswith("\n"), text
        return text.strip()

    def findings(self, *args):
        """What the doctor has to say, beyond that all is well."""
        report = json.loads(self.out("doctor", "--photos", "--json", *args))
        return [f for f in report["findings"] if f["level"] != "ok"]

    def sound(self):
        found = self.findings()
        assert found == [], found

    def init(self, *args):
        self.out("station", "init", *(args or ("--sample",)))
        return self


def photo(*names):
    path = os.path.join(PHOTOS, *names)
    assert os.path.exists(path), path
    return path


BEFORE = photo("gps", "DSCN0010.jpg")
AFTER = photo("gps", "DSCN0012.jpg")
