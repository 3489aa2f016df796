#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job through the window, with nobody at it: logs a case from each of three geotagged photos,
puts one right, says what it did and leaves pictures.  `./dev run` does this where there is no display.

drive-main-job.py --bin DIR --shots DIR [--station DIR]"""

import argparse
import os
import shutil
import tempfile

from window import PHOTOS, Luzhang, keys, rest, run_cli

JOBS = [
    ("DSCN0010.jpg", "T07-01", "Bags of rubbish beside the tree pit, half of the footway blocked."),
    ("DSCN0021.jpg", "T01-02", "Three paving slabs loose; somebody will stumble."),
    ("DSCN0042.jpg", "T03-03", "A stall in the middle of the footway."),
]
AFTER = os.path.join(PHOTOS, "gps", "DSCN0012.jpg")


def log_one(app, frame, number, photo, category, words):
    app.hand_over(os.path.join(PHOTOS, "gps", photo))
    app.pick_category(frame, category)
    app.describe(frame, words)
    app.shot(f"main-job-{number}-writing")
    case = app.confirm_report()
    print(f"{number}. {photo}: logged as {case['number']} ({category}) at {case['lat']:.5f}, {case['lon']:.5f}, "
          f"{case['n_photos']} photo, {case['state_label'].lower()}, due {case['deadline']}", flush=True)
    return case


def put_right(app, case):
    dialog = app.take_next_step("Rectified")
    app.add_photo(dialog, AFTER)
    app.window("Rectified")
    dialog.find("text", "Note").write("Cleaned up on the spot.")
    app.shot("main-job-4-rectify")
    keys("ctrl+Return")
    done = app.wait_for_state(case["id"], ("done", "fed_back", "checking", "closed"))
    print(f"4. {case['number']}: rectified with a photo after; now {done['state_label'].lower()}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shots", required=True)
    parser.add_argument("--station")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="luzhang-main-job-")
    station = options.station or os.path.join(folder, "station")
    if not os.path.exists(os.path.join(station, "station.gpkg")):
        print(run_cli(options.bin, station, "station", "init", "--sample").strip(), flush=True)

    with Luzhang(options.bin, station, shots=options.shots) as app:
        frame = app.main()
        app.shot("main-job-0-map")
        cases = [log_one(app, frame, i + 1, *job) for i, job in enumerate(JOBS)]
        put_right(app, cases[-1])
        rest(1)
        app.shot("main-job-5-done")
        keys("alt+2")
        rest(1.5)
        app.shot("main-job-6-cases")

    print(run_cli(options.bin, station, "doctor").strip(), flush=True)
    print(f"The pictures are in {os.path.abspath(options.shots)}.")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
