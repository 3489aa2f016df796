#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes small.gpkg, with every form of geometry, and endless.gpkg, a trap; run it in this folder."""
import os
import sqlite3
import struct

BASE = (117.2, 28.3)


def at(east_m, north_m):
    return (BASE[0] + east_m / 98000.0, BASE[1] + north_m / 111195.0)


def wkb_head(kind, order):
    return struct.pack("<B" if order == "<" else ">B", order == "<") + struct.pack(order + "I", kind)


def points(pts, order, extra=0):
    body = b""
    for x, y in pts:
        body += struct.pack(order + "dd", x, y) + struct.pack(order + "d", 7.0) * extra
    return body


def line(pts, order="<", kind=2, extra=0):
    return wkb_head(kind, order) + struct.pack(order + "I", len(pts)) + points(pts, order, extra)


def multi_line(lines, order="<"):
    return wkb_head(5, order) + struct.pack(order + "I", len(lines)) + b"".join(line(l, order) for l in lines)


def polygon(rings, order="<"):
    body = wkb_head(3, order) + struct.pack(order + "I", len(rings))
    for ring in rings:
        body += struct.pack(order + "I", len(ring)) + points(ring, order)
    return body


def point(pt, order="<"):
    return wkb_head(1, order) + points([pt], order)


def gpkg(wkb, envelope=0, order="<"):
    sizes = [0, 4, 6, 6, 8]
    flags = (order == "<") | envelope << 1
    return b"GP" + bytes([0, flags]) + struct.pack(order + "i", 4326) + struct.pack(order + "d", 0.0) * sizes[envelope] + wkb


def create(name):
    if os.path.exists(name):
        os.remove(name)
    db = sqlite3.connect(name)
    db.executescript("""
        PRAGMA page_size = 512;
        PRAGMA application_id = 1196444487;
        PRAGMA user_version = 10300;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
          organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS'),
          ('Gauss', 4513, 'EPSG', 4513, 'PROJCS');
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
          srs_id INTEGER, z TINYINT, m TINYINT);
    """)
    return db


def small():
    db = create("small.gpkg")
    db.executescript("""
        CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, highway TEXT, oneway TEXT, other_tags TEXT);
        CREATE TABLE "odd ""layer" (fid INTEGER PRIMARY KEY, "the geom" BLOB, Name TEXT, fclass TEXT);
        CREATE TABLE far (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, highway TEXT);
        INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'GEOMETRY', 4326, 2, 2),
          ('odd "layer', 'the geom', 'GEOMETRY', 4326, 0, 0), ('far', 'geom', 'GEOMETRY', 4513, 0, 0);
    """)
    rows = [
        (gpkg(line([at(0, 0), at(100, 0)])), "建设路", "primary", None, None),
        (gpkg(line([at(100, 0), at(200, 0)], ">"), 1, ">"), "建设路", "primary", "yes", '"bridge"=>"yes","layer"=>"1"'),
        (gpkg(line([at(200, 0), at(300, 0)], "<", 1002, 1), 2), "建设路", "secondary", "-1", None),
        (gpkg(line([at(300, 0), at(400, 0)], "<", 3002, 2), 4), "建设路", "primary", None, None),
        (gpkg(line([at(400, 0), at(500, 0)], "<", 0x80000002, 1), 3), "建设路", "primary", None, None),
        (gpkg(multi_line([[at(0, 50), at(9, 60)], [at(20, 50), at(30, 60)]])), "短巷", "service", None, None),
        (None, "无形路", "primary", None, None),
        (gpkg(line([at(0, 0), (float("nan"), 28.3)])), "坏路", "primary", None, None),
        (gpkg(line([at(0, 0), at(1, 0)]))[:-4], "断路", "primary", None, None),
    ]
    db.executemany("INSERT INTO roads (geom, name, highway, oneway, other_tags) VALUES (?,?,?,?,?)", rows)
    ring = [at(0, 0), at(50, 0), at(50, 50), at(0, 0)]
    hole = [at(10, 5), at(20, 5), at(20, 10), at(10, 5)]
    odd = [
        (gpkg(polygon([ring, hole])), "西湖", "water"),
        (gpkg(point(at(5, 5))), "东门村", "village"),
        (gpkg(line([at(0, 9), at(99, 9)])), "支三路", "支路"),
        (gpkg(line([at(0, 9), at(99, 99)])), "高压线", "power_line"),
    ]
    db.executemany('INSERT INTO "odd ""layer" ("the geom", Name, fclass) VALUES (?,?,?)', odd)
    db.execute("INSERT INTO far (geom, name, highway) VALUES (?,?,?)", (gpkg(line([(500000, 3000000), (500100, 3000000)])), "远路", "primary"))
    db.commit()
    db.execute("VACUUM")
    db.close()


def endless():
    db = create("endless.gpkg")
    db.executescript("""
        CREATE VIEW trap AS
          WITH n (i) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
          SELECT NULL AS geom, count(*) AS name FROM n AS a, n AS b, n AS c, n AS d, n AS e, n AS f,
            n AS g, n AS h, n AS i, n AS j, n AS k, n AS l;
        INSERT INTO gpkg_geometry_columns VALUES ('trap', 'geom', 'GEOMETRY', 4326, 0, 0);
    """)
    db.commit()
    db.execute("VACUUM")
    db.close()


small()
endless()
