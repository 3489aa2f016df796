#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road chief's morning, by keyboard: the worst road first, its file, two roads side by side.

test-desk.py LUZHANG LUZHANG-CLI"""

import os
import re
import sys
import tempfile

from window import Luzhang, keys, rest, run_cli, type_text


def main():
    app_dir, cli_dir = (os.path.dirname(os.path.abspath(program)) for program in sys.argv[1:3])
    with tempfile.TemporaryDirectory(prefix="lz-desk-") as folder:
        station = os.path.join(folder, "s")
        for args in (("station", "init", "--sample"), ("bench", "fill", "--cases", "300", "--days", "40", "--open", "10"),
                     ("asset", "add", "sign_board", "scope=全线", "chief=王建国", "condition=完好", "--road", "冶金大道"),
                     ("asset", "add", "shop", "name=惠民超市", "pledged=2026-01-05", "--road", "冶金大道")):
            run_cli(cli_dir, station, *args)
        bin_dir = os.path.join(folder, "bin")
        os.mkdir(bin_dir)
        for name, where in (("luzhang", app_dir), ("luzhang-cli", cli_dir)):
            os.symlink(os.path.join(where, name), os.path.join(bin_dir, name))
        app = Luzhang(bin_dir, station)
        with app:
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            keys("alt+5")
            frame.find(None, re.compile(r"^33 roads"))
            keys("ctrl+f")
            type_text("yjdd")
            frame.find(None, re.compile(r"^1 road "))
            keys("Return")
            rest(0.3)
            keys("Down", "space")
            frame.find(None, "冶金大道")
            for word in ("How Health Is Reckoned", "Along the Road", "Last Twelve Weeks", "全线", "1 unit along the street",
                         "1 pledges in force, 0 expired, 0 not signed", "No patrol of this road is on record."):
                frame.find(None, word)
            keys("Escape")
            keys("ctrl+f", "ctrl+a", "Delete")
            frame.find(None, re.compile(r"^33 roads"))
            keys("Return")
            rest(0.3)
            keys("Down", "space", "shift+Down")
            frame.find(None, "Side by Side")
    print("ok")


if __name__ == "__main__":
    main()
