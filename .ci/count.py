#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the tests of one or more meson builds did: count.py [--broken N] BUILD...
count.py --failed BUILD only names the programs that failed, if they are few.

Every check of a TAP program counts by itself, any other program as one.  Prints what failed and
what was skipped, and last `N passed, N failed, N skipped`.  A build that left no log, a program
that died, and each of --broken (builds that did not compile) count as a failure.

A few programs that failed beside others are run once more alone (log "again"): what they did then
counts, and is said."""

import json
import os
import re
import sys

TAP = re.compile(r"^(not )?ok\b(?:\s+(\d+))?(?:\s*-?\s*([^#]*))?(?:#\s*(\w+)(.*))?", re.I)
GOOD = {"OK", "EXPECTEDFAIL"}
# More than so many failures are no accident of a busy machine.
FEW = 3


def read_log(build, name):
    with open(os.path.join(build, "meson-logs", name + ".json"), encoding="utf-8") as log:
        return [json.loads(line) for line in log]


def name_failed(build):
    failed = [test["name"] for test in read_log(build, "testlog") if test["result"] not in GOOD | {"SKIP"}]
    if len(failed) <= FEW:
        for name in failed:
            print(name.split(" / ")[-1])


def with_second_tries(build, tests):
    try:
        again = {test["name"]: test for test in read_log(build, "again")}
    except FileNotFoundError:
        return tests
    for name, test in again.items():
        print(f"AGAIN    {os.path.basename(build)}: {name} failed beside others; alone: {test['result'].lower()}")
    return [again.get(test["name"], test) for test in tests]


def checks(test):
    """Yields (name, verdict) for each check of one test program."""
    name, result = test["name"], test["result"]
    inner = []
    for line in (test.get("stdout") or "").splitlines():
        match = TAP.match(line)
        if match:
            bad, number, what, directive, reason = match.groups()
            what = (what or number or "").strip()
            if directive and directive.lower() == "skip":
                inner.append((f"{name}: {what} ({(reason or '').strip()})", "skipped"))
            else:
                inner.append((f"{name}: {what}", "failed" if bad else "passed"))
    if result == "SKIP":
        yield (name, "skipped")
        return
    yield from inner
    failed = any(verdict == "failed" for _, verdict in inner)
    if result not in GOOD and not failed:
        yield (f"{name}: {result.lower()}", "failed")
    elif result in GOOD and not inner:
        yield (name, "passed")


def main():
    total = {"passed": 0, "failed": 0, "skipped": 0}
    arguments = sys.argv[1:]
    if arguments[:1] == ["--failed"]:
        name_failed(arguments[1])
        return 0
    if arguments[:1] == ["--broken"]:
        total["failed"] += int(arguments[1])
        arguments = arguments[2:]
    for build in arguments:
        here = {"passed": 0, "failed": 0, "skipped": 0}
        try:
            tests = with_second_tries(build, read_log(build, "testlog"))
        except (OSError, ValueError) as error:
            print(f"FAILED   {build}: no log of its tests: {error}")
            tests, here["failed"] = [], 1
        if not tests and not here["failed"]:
            print(f"FAILED   {build}: no test ran")
            here["failed"] = 1
        for test in tests:
            for name, verdict in checks(test):
                here[verdict] += 1
                if verdict != "passed":
                    print(f"{verdict.upper():8} {os.path.basename(build)}: {name}")
        print(f"{os.path.basename(build)}: {len(tests)} programs, " +
              ", ".join(f"{n} {verdict}" for verdict, n in here.items()))
        for verdict, n in here.items():
            total[verdict] += n
    print(", ".join(f"{n} {verdict}" for verdict, n in total.items()))
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
