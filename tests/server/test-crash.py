#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Power loss as near as a process can have it, full disks, damage, backups."""

import hashlib
import http.client
import os
import sqlite3
import sys
import threading
import time

from lz_server import (HOME, Case, Server, check_chain, limit_files, main, photo, photo_ref, run)


class Crash(Case):
    def test_kill_while_pushing(self):
        """Whatever was acknowledged is there, once, in order, and what was not can be sent again."""
        acknowledged = {}
        clients = [self.login("li"), self.login("wang"), self.login("zhang")]
        waiting = {c: [] for c in clients}

        def push_on(client):
            while True:
                if not waiting[client]:
                    waiting[client] = [client.report() for _ in range(3)]
                try:
                    for receipt in client.must_push(waiting[client]):
                        acknowledged[receipt["id"]] = receipt["seq"]
                except (OSError, http.client.HTTPException):
                    return
                waiting[client] = []

        for turn in range(4):
            threads = [threading.Thread(target=push_on, args=(c,)) for c in clients]
            for thread in threads:
                thread.start()
            goal = len(acknowledged) + 30 + 7 * turn
            while len(acknowledged) < goal:
                time.sleep(0.001)
            self.server.kill()
            for thread in threads:
                thread.join(30)
            for client in clients:
                client.close()
            self.server.verify()
            self.server.start()
        for client in clients:
            if waiting[client]:
                for receipt in client.must_push(waiting[client]):
                    acknowledged[receipt["id"]] = receipt["seq"]
        lines = clients[0].pull()
        check_chain(lines)
        devices = {client.device for client in clients}
        self.assertEqual({line["event"]["id"]: line["seq"] for line in lines
                          if line["event"]["device"] in devices}, acknowledged)

    def test_kill_while_uploading(self):
        li = self.login("li")
        photos = [photo(60000) for _ in range(40)]
        done = []

        def upload():
            try:
                for data in photos:
                    if li.create(data, data).status == 201:
                        done.append(hashlib.sha256(data).hexdigest())
            except (OSError, http.client.HTTPException):
                pass

        thread = threading.Thread(target=upload)
        thread.start()
        while len(done) < 10:
            time.sleep(0.001)
        self.server.kill()
        thread.join(30)
        self.server.verify()
        self.server.start()
        li.close()
        self.assertEqual(sorted(li.have(*done)), sorted(done))
        upload()
        self.assertEqual(len(li.have(*[hashlib.sha256(p).hexdigest() for p in photos])), 40)

    def test_damage_is_found(self):
        li = self.login("li")
        data = photo()
        li.create(data, data)
        li.must_push([li.report(body={"photos": [photo_ref(data)]}) for _ in range(3)])
        self.server.stop()
        try:
            for statement in ("UPDATE event SET line = replace (line, 'T05-01', 'T05-02') WHERE n = 2",
                              "DELETE FROM feed_entry WHERE seq = 2",
                              "UPDATE feed SET head = head - 1 WHERE feed = '360681001'",
                              "DELETE FROM event WHERE n = (SELECT max (n) FROM event)"):
                with sqlite3.connect(self.server.data + "/server.db") as db:
                    db.execute("SAVEPOINT before")
                    copy = list(db.iterdump())
                    copy.append(f"PRAGMA user_version = {db.execute('PRAGMA user_version').fetchone()[0]}")
                    db.execute(statement)
                db.close()
                self.assertEqual(self.server.verify(check=False).returncode, 1, statement)
                for suffix in ("", "-wal", "-shm"):
                    if os.path.exists(self.server.data + "/server.db" + suffix):
                        os.unlink(self.server.data + "/server.db" + suffix)
                with sqlite3.connect(self.server.data + "/server.db") as db:
                    db.executescript("\n".join(copy))
                db.close()
                self.server.verify()
            name = hashlib.sha256(data).hexdigest()
            path = f"{self.server.data}/photos/{name[:2]}/{name}.bin"
            os.chmod(path, 0o600)
            with open(path, "r+b") as file:
                file.write(b"other")
            self.assertEqual(self.server.verify(check=False).returncode, 1)
            with open(path, "r+b") as file:
                file.write(data[:5])
            self.server.verify()
        finally:
            self.server.start()


class Full(Case):
    def test_disk_full(self):
        """A limit on file sizes stands for the full disk: 507, and nothing is harmed."""
        calm = Server()
        data, users = calm.data, list(calm.users.values())
        calm.stop()
        server = Server(data=data, users=users, preexec=limit_files(6 << 20))
        try:
            li = server.login("li")
            big = photo(7 << 20)
            self.assert_error(li.create(big, big), 507, "no_space")
            location = li.create(big).headers["Location"]
            self.assert_error(li.patch(location, 0, big), 507, "no_space")
            acknowledged = []
            for _ in range(200):
                events = [li.report(body={"text": "x" * 9000}) for _ in range(10)]
                answer = li.push(events)
                if answer.status != 200:
                    break
                acknowledged += [r["id"] for r in answer.json()["receipts"]]
            self.assert_error(answer, 507, "no_space")
            self.assertGreater(len(acknowledged), 10)
            self.assert_error(li.push(events), 507, "no_space")
            # Reading goes on, and nothing of the failed request is there.
            self.assertEqual([line["event"]["id"] for line in li.pull()], acknowledged)
            server.stop()
            # Room again: the same request is taken.
            server.preexec = None
            server.start()
            receipts = li.must_push(events)
            lines = li.pull()
            check_chain(lines)
            self.assertEqual([line["event"]["id"] for line in lines],
                             acknowledged + [r["id"] for r in receipts])
            server.verify()
        finally:
            server.close()
            calm.close()


class Backup(Case):
    def test_backup_and_restore(self):
        li = self.login("li")
        li.must_push([li.report() for _ in range(5)])
        copy = os.path.join(self.server.folder, "backup.db")
        run("backup", copy, data=self.server.data)
        epoch = li.ask("GET", "/v1/me").json()["epoch"]
        later = [li.report() for _ in range(3)]
        li.must_push(later)
        # Not under a running server.
        self.assertEqual(run("restore", copy, data=self.server.data, check=False).returncode, 1)
        self.server.stop()
        nonsense = os.path.join(self.server.folder, "nonsense")
        with open(nonsense, "wb") as file:
            file.write(b"nonsense" * 1000)
        self.assertEqual(run("restore", nonsense, data=self.server.data, check=False).returncode, 1)
        self.server.verify()
        run("restore", copy, data=self.server.data)
        self.server.verify()
        self.server.start()
        li.close()
        me = li.ask("GET", "/v1/me").json()
        self.assertNotEqual(me["epoch"], epoch)
        self.assertEqual(me["feeds"][0]["head"], 5)
        # The station notices and sends again, from where the server says.
        answer = li.push([li.report()])
        self.assert_error(answer, 409, "gap")
        self.assertEqual(answer.json()["have"], 5)
        self.assertEqual([r["seq"] for r in li.must_push(later)], [6, 7, 8])
        check_chain(li.pull())
        self.server.verify()

    def test_verbs(self):
        for words, code in (((), 2), (("nonsense",), 2), (("init",), 1), (("user", "add"), 2),
                            (("user", "add", "UPPER"), 1), (("user", "passwd", "ghost"), 1),
                            (("assign", "no road", "li"), 1), (("catalogue", "set", "/dev/null"), 1),
                            (("serve",), 1), (("roads", "import", "/dev/null", "--feed", HOME), 1),
                            (("feed", "add", "12", "x"), 1), (("device", "release", "none"), 1)):
            done = run(*words, data=self.server.data, check=False)
            self.assertEqual(done.returncode, code, (words, done.stderr))
            self.assertTrue(done.stderr.startswith("luzhang-server: "))
        self.assertEqual(run("verify", data="/nonexistent", check=False).returncode, 1)


if __name__ == "__main__":
    sys.exit(main())
