#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our uploads against the tus project's own server from npm, put into the build folder.  Skipped without npm or network."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["@tus/server@2.4.5", "@tus/file-store@2.1.1"]


def main():
    build = os.path.join(os.environ["G_TEST_BUILDDIR"], "npm-tus")
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("there is no npm")
        return SKIP
    if not os.path.isdir(os.path.join(build, "node_modules", "@tus", "file-store")):
        os.makedirs(build, exist_ok=True)
        try:
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", build, *PACKAGES],
                                  capture_output=True, text=True, timeout=90)
        except subprocess.TimeoutExpired:
            print("npm did not end in time")
            return SKIP
        if done.returncode != 0:
            print("npm could not fetch the server: " + done.stderr[-500:])
            return SKIP

    with tempfile.TemporaryDirectory(prefix="lz-tus-") as folder:
        photo = os.path.join(folder, "photo")
        data = os.urandom(3_500_000)
        with open(photo, "wb") as file:
            file.write(data)
        store = os.path.join(folder, "store")
        os.mkdir(store)
        server = subprocess.Popen(["node", os.path.join(HERE, "stock-tus.mjs"), build, store], stdout=subprocess.PIPE, text=True)
        try:
            port = int(server.stdout.readline())
            done = subprocess.run([os.environ["LZ_STOCK_TUS"], f"http://127.0.0.1:{port}", photo], capture_output=True,
                                  text=True, timeout=60)
            assert done.returncode == 0, done.stdout + done.stderr
        finally:
            server.kill()
            server.wait()
            server.stdout.close()
        hashes = [hashlib.sha256(open(os.path.join(store, name), "rb").read()).digest()
                  for name in os.listdir(store) if not name.endswith(".json")]
        assert hashes == [hashlib.sha256(data).digest()] * 2, "what arrived is not what was sent"
    print("a stock tus server took the photo, broken and resumed")
    return 0


sys.exit(main())
