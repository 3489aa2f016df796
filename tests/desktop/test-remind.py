#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's reminders, before a case turns red and when one is sent back, against a stand-in for
the notification service; what they lead to.

test-remind.py LUZHANG LUZHANG-CLI"""

import os
import re
import sys

from notifications import Notifications
from roles import AFTER, Day, check, play
from window import rest, wait_for

URGENT = "T01-11"  # a manhole cover: hours that run day and night


def prepare(office):
    """One case with the unit whose deadline comes within the next days; another that waits for a check."""
    office.soon = office.log(11, URGENT)
    office.dispatch(office.soon)
    office.do("zhao", office.soon, "accepted")
    office.done = office.log(13, URGENT)
    office.dispatch(office.done)
    office.do("zhao", office.done, "rectified", "--photo", AFTER)
    office.do("zhao", office.done, "fed_back")
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(settings)
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[org/luzhang/Luzhang]\nremind-minutes=2880\n")


def remind(office):
    service = Notifications()
    with Day(office, "zhao", {"GSETTINGS_BACKEND": "keyfile"}) as day:
        wait_for(lambda: service.told, "a notification")
        first = service.told[0]
        check(re.search("due", first["summary"]) is not None and "Sewer manhole cover" in first["body"],
              f"the unit is told before the case turns red: {first['summary']}: {first['body']}")
        check(len(service.told) == 1, "once, and of what runs alone")
        service.press(first["id"])
        number = day.office.case(office.soon)["number"]
        wait_for(lambda: day.frame.look("label", re.compile(re.escape(number) + "$")), "the case")
        check(True, "and led to the case by it")
        office.do("qian", office.done, "check_failed", "--note", "Not clean yet.")
        office.use("zhao")
        wait_for(lambda: [told for told in service.told if told["summary"] == "A case was sent back"], "the other", 60)
        check(True, "what is sent back is told as well")
        rest(1)
        check(len(service.told) == 2, "nothing is told twice")


if __name__ == "__main__":
    sys.exit(play("remind", (prepare, remind)))
