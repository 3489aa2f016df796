# SPDX-License-Identifier: GPL-3.0-or-later
"""Tracks along the roads of a station, as a receiver would write them: noise and all."""

import math
import os
import random
import sqlite3
import struct
from datetime import timedelta

M_PER_UNIT = 6371008.8 * math.pi / 180 / 1e7


def line_of(station_dir, road):
    """The line of a road as (lat7, lon7)."""
    with sqlite3.connect(f"file:{os.path.join(station_dir, 'station.gpkg')}?mode=ro", uri=True) as db:
        blob = db.execute("SELECT line FROM road WHERE name = ? ORDER BY length_m DESC", (road,)).fetchone()[0]
    n = struct.unpack_from("<I", blob)[0]
    words = struct.unpack_from(f"<{2 * n}i", blob, 4)
    return list(zip(words[::2], words[1::2]))


def along(line, from_m, to_m, step_m):
    """Places every @step_m metres."""
    at, wanted = 0.0, from_m
    for (lat1, lon1), (lat2, lon2) in zip(line, line[1:]):
        dy = (lat2 - lat1) * M_PER_UNIT
        dx = (lon2 - lon1) * M_PER_UNIT * math.cos(math.radians(lat1 / 1e7))
        length = math.hypot(dx, dy)
        while length > 0 and at <= wanted <= at + length and wanted <= to_m:
            t = (wanted - at) / length
            yield lat1 + (lat2 - lat1) * t, lon1 + (lon2 - lon1) * t
            wanted += step_m
        at += length


def gpx(station_dir, walks, start, mps=1.4, every_s=3, noise_m=3):
    """A GPX of several walks [(road, from_m, to_m)] one after another, beginning at @start (UTC)."""
    rand = random.Random(5)
    slow = [0.0, 0.0]
    second = 0
    out = ["<?xml version='1.0'?><gpx version='1.1' creator='test' xmlns='http://www.topografix.com/GPX/1/1'><trk>"]
    for road, from_m, to_m in walks:
        out.append("<trkseg>")
        for lat, lon in along(line_of(station_dir, road), from_m, to_m, mps * every_s):
            slow = [.95 * s + rand.gauss(0, .3 * noise_m) for s in slow]
            time = (start + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")
            second += every_s
            out.append(f"<trkpt lat='{lat / 1e7 + slow[0] / 111195:.7f}' lon='{lon / 1e7 + slow[1] / 98000:.7f}'>"
                       f"<time>{time}</time></trkpt>")
        out.append("</trkseg>")
        second += 200
    return "".join(out) + "</trk></gpx>"
