#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing line of ./dev test must be the truth: .ci/count.py over made-up logs."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

COUNT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".ci", "count.py")


def log(name, result, stdout=None):
    return {"name": name, "result": result, "stdout": stdout}


class Count(unittest.TestCase):
    def count(self, *builds, broken=None):
        """builds: a list of log entries each; None: a build without a log."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i, tests in enumerate(builds):
                path = os.path.join(folder, f"b{i}")
                os.makedirs(os.path.join(path, "meson-logs"))
                paths.append(path)
                if tests is not None:
                    with open(os.path.join(path, "meson-logs", "testlog.json"), "w", encoding="utf-8") as file:
                        file.writelines(json.dumps(test) + "\n" for test in tests)
            extra = ["--broken", str(broken)] if broken is not None else []
            done = subprocess.run([sys.executable, COUNT, *extra, *paths], text=True, capture_output=True, check=False)
        return done.stdout.splitlines()[-1], done.returncode

    def test_checks_count_one_by_one(self):
        tap = "TAP version 13\n1..3\nok 1 /a/b\nok 2 /a/c # SKIP no display\nok 3 /a/d\n"
        self.assertEqual(self.count([log("x", "OK", tap), log("lint", "OK")]), ("3 passed, 0 failed, 1 skipped", 0))

    def test_a_failed_check_and_a_death(self):
        tap = "1..2\nok 1 /a\nnot ok 2 /b\n"
        died = "1..2\nok 1 /a\n"
        self.assertEqual(self.count([log("x", "FAIL", tap), log("y", "ERROR", died), log("z", "TIMEOUT")]),
                         ("2 passed, 3 failed, 0 skipped", 1))

    def test_a_program_skipped(self):
        self.assertEqual(self.count([log("x", "SKIP"), log("y", "OK")]), ("1 passed, 0 failed, 1 skipped", 0))

    def test_a_second_try_alone_counts(self):
        with tempfile.TemporaryDirectory() as folder:
            logs = os.path.join(folder, "meson-logs")
            os.makedirs(logs)
            for name, tests in (("testlog", [log("p:s / x", "OK"), log("p:s / y", "TIMEOUT"), log("p:s / z", "FAIL")]),
                                ("again", [log("p:s / y", "OK"), log("p:s / z", "FAIL")])):
                with open(os.path.join(logs, name + ".json"), "w", encoding="utf-8") as file:
                    file.writelines(json.dumps(test) + "\n" for test in tests)
            failed = subprocess.run([sys.executable, COUNT, "--failed", folder], text=True, capture_output=True, check=True)
            done = subprocess.run([sys.executable, COUNT, folder], text=True, capture_output=True, check=False)
        self.assertEqual(failed.stdout.split(), ["y", "z"])
        self.assertEqual((done.stdout.splitlines()[-1], done.returncode), ("2 passed, 1 failed, 0 skipped", 1))
        self.assertEqual(done.stdout.count("AGAIN "), 2)

    def test_a_bad_plan_fails(self):
        self.assertEqual(self.count([log("x", "ERROR", "1..3\nok 1\nok 2\n")]), ("2 passed, 1 failed, 0 skipped", 1))

    def test_broken_builds(self):
        good = [log("x", "OK")]
        self.assertEqual(self.count(good, broken=1), ("1 passed, 1 failed, 0 skipped", 1))
        self.assertEqual(self.count(good, None), ("1 passed, 1 failed, 0 skipped", 1))
        self.assertEqual(self.count(good, []), ("1 passed, 1 failed, 0 skipped", 1))
        self.assertEqual(self.count(broken=2), ("0 passed, 2 failed, 0 skipped", 1))


if __name__ == "__main__":
    unittest.main()
