#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills a station with LZ_BENCH_CASES cases (1,000,000 unless set; LZ_BENCH_STATION keeps it for the
next time), then times what the window asks of it, and the window itself where there is an X server
to be had.

The city is made here: ROADS streets in a grid.

run-store.py CLI BENCH-STORE BENCH-DESK [LUZHANG BENCH-OVERVIEW]"""

import datetime
import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

CASES = os.environ.get("LZ_BENCH_CASES", "1000000")
PHOTO_BYTES = 3_000_000
ROUNDS = 5
SUBDISTRICT = "360681001"

# The grid: LINES streets each way, of PIECES roads each, so 2 * 50 * 5 = 500 roads; in degrees.
LINES, PIECES = 50, 5
SOUTH, WEST, GAP, LENGTH = 28.25, 117.15, 0.0016, 0.016
CLASSES = ["primary"] + 2 * ["secondary"] + 3 * ["tertiary"] + 4 * ["residential"]


def make_photo(path):
    """A JPEG of about 3 MB: a committed photo, and noise behind its end as cameras leave it."""
    source = os.path.join(os.environ["G_TEST_SRCDIR"], "data/photos/gps/DSCN0010.jpg")
    with open(source, "rb") as f:
        data = f.read()
    with open(path, "wb") as f:
        f.write(data + os.urandom(PHOTO_BYTES - len(data)))


def make_road(name, line, start, end):
    return {"type": "Feature", "properties": {"name": name, "highway": CLASSES[line % len(CLASSES)]},
            "geometry": {"type": "LineString", "coordinates": [start, end]}}


def make_city(path):
    features = []
    for line in range(LINES):
        for piece in range(PIECES):
            across, along, on = line * GAP, piece * LENGTH, (piece + 1) * LENGTH
            features.append(make_road(f"横{line + 1}路{piece + 1}段", line,
                                      (WEST + along, SOUTH + across), (WEST + on, SOUTH + across)))
            features.append(make_road(f"纵{line + 1}路{piece + 1}段", line,
                                      (WEST + across, SOUTH + along), (WEST + across, SOUTH + on)))
    with open(path, "w", encoding="utf-8") as f:
        json.dump({"type": "FeatureCollection", "features": features}, f, ensure_ascii=False)


def fill(cli, desk, station):
    if os.path.exists(os.path.join(station, "station.gpkg")):
        return
    city = station.rstrip("/") + ".geojson"
    make_city(city)
    subprocess.run([cli, "--station", station, "station", "init", "--city", SUBDISTRICT],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run([cli, "--station", station, "roads", "import", city], check=True)
    os.remove(city)
    subprocess.run([cli, "--station", station, "bench", "fill", "--cases", CASES], check=True)
    subprocess.run([desk, station, "prepare"], check=True)


def peak_mib(pid):
    with open(f"/proc/{pid}/status") as f:
        for line in f:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0


def processor_ms(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def start_window(luzhang, station):
    """Milliseconds to the window on the screen and to the first cases in it, processor time until
    then, and the peak memory."""
    env = dict(os.environ, G_MESSAGES_DEBUG="lz-start")
    begun = time.monotonic()
    process = subprocess.Popen([luzhang, "--station", station], env=env, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    mapped = usable = busy = None
    for line in process.stdout:
        now = (time.monotonic() - begun) * 1000
        if "window mapped" in line:
            mapped = now
        if "cases on the map" in line:
            usable = now
            busy = processor_ms(process.pid)
            break
    time.sleep(1)
    memory = peak_mib(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return mapped, usable, busy, memory


def time_window(luzhang, station):
    rounds = [start_window(luzhang, station) for _ in range(ROUNDS + 1)][1:]
    if any(r[0] is None or r[1] is None for r in rounds):
        sys.exit("the window did not come up")
    names = ["window mapped", "first cases on the map", "first cases on the map, processor", "peak memory"]
    for i, name in enumerate(names):
        values = [r[i] for r in rounds]
        unit = "MiB" if name == "peak memory" else "ms"
        print(f"{name:44} median {statistics.median(values):8.1f} {unit}"
              f"   max {max(values):8.1f} {unit}   n {ROUNDS}", flush=True)


def processor_time():
    """Of the programs that have ended: what a busy machine does not change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def time_reports(cli, station):
    """The whole program, from exec to the last byte: with the periods that they are compared with."""
    day = datetime.date.today()
    week = "%d-W%02d" % (day - datetime.timedelta(days=7)).isocalendar()[:2]
    month = (day.replace(day=1) - datetime.timedelta(days=1)).strftime("%Y-%m")
    for name, verb, period in (("week's bulletin", "weekly", week), ("month's rankings", "monthly", month)):
        values, cpu = [], []
        for _ in range(ROUNDS + 1):
            begun, used = time.monotonic(), processor_time()
            subprocess.run([cli, "--station", station, "report", verb, "--period", period, "--json"], check=True,
                           stdout=subprocess.DEVNULL)
            values.append((time.monotonic() - begun) * 1000)
            cpu.append((processor_time() - used) * 1000)
        values, cpu = values[1:], cpu[1:]
        print(f"{name:44} median {statistics.median(values):8.1f} ms   max {max(values):8.1f} ms"
              f"   CPU {statistics.median(cpu):8.1f} ms   n {ROUNDS}", flush=True)


def main():
    cli, bench, desk = sys.argv[1:4]
    kept = os.environ.get("LZ_BENCH_STATION")
    folder = tempfile.mkdtemp(prefix="lz-bench-")
    station = kept or os.path.join(folder, "station")
    try:
        fill(cli, desk, station)
        photo = os.path.join(folder, "photo.jpg")
        make_photo(photo)
        if len(sys.argv) > 4:
            time_window(sys.argv[4], station)
            subprocess.run([sys.argv[5], station], check=True)
        time_reports(cli, station)
        subprocess.run([desk, station], check=True)
        subprocess.run([bench, station, photo], check=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
