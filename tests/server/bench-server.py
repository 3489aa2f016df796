#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the server needs: a push of 10,000 events, a pull of them, ten new ones, nothing new,
100 photos of 2 MB, and 200 stations at once.  The client is Python, so these are upper bounds; the
figures with the real client are those of tests/bench."""

import base64
import hashlib
import http.client
import multiprocessing
import os
import statistics
import subprocess
import sys
import threading
import time

from lz_server import HOME, NDJSON, Server, canonical, run

ROUNDS = 5
STATIONS = 200


def zstd(data):
    return subprocess.run(["zstd", "-q", "-1", "-c"], input=data, capture_output=True, check=True).stdout


def middle(values):
    return statistics.median(values) * 1000


def timed(line, method, path, body, headers):
    started = time.perf_counter()
    line.request(method, path, body, headers)
    response = line.getresponse()
    answer = response.read()
    took = time.perf_counter() - started
    if response.status >= 300:
        raise AssertionError(f"{method} {path}: {response.status} {answer[:200]}")
    return took, answer


def text_of(events):
    return "".join(canonical(e) + "\n" for e in events).encode()


def feeds(server):
    push, pull, none, ten = [], [], [], []
    size = 0
    for i in range(ROUNDS):
        client = server.login("li", f"bench-{i}")
        events = [client.report(body={"road_name": "冶金大道", "address": "冶金大道12号"})
                  for _ in range(10000)]
        body = zstd(text_of(events))
        headers = {"Authorization": "Bearer " + client.token, "Accept-Encoding": "zstd"}
        send = {**headers, "Content-Type": NDJSON, "Content-Encoding": "zstd"}
        path = f"/v1/feeds/{HOME}/events"
        line = http.client.HTTPConnection("127.0.0.1", server.port)
        line.connect()
        push.append(timed(line, "POST", path, body, send)[0])
        size = len(body)
        took, answer = timed(line, "GET", f"{path}?after={i * 10030}&limit=10000", None, headers)
        pull.append(took)
        del send["Content-Encoding"]
        for _ in range(3):
            ten.append(timed(line, "POST", path, text_of([client.report() for _ in range(10)]), send)[0])
        head = (i + 1) * 10030 - 0
        for _ in range(30):
            none.append(timed(line, "GET", f"{path}?after={head}", None, headers)[0])
        line.close()
    print(f"push of 10,000 events   {middle(push):8.1f} ms   {size} bytes up")
    print(f"pull of 10,000 events   {middle(pull):8.1f} ms   {len(answer)} bytes down")
    print(f"10 new events           {middle(ten):8.2f} ms")
    print(f"nothing new             {middle(none):8.2f} ms")


def send_photos(server, token, todo, lock):
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    while True:
        with lock:
            if not todo:
                return
            name, data = todo.pop()
        timed(line, "POST", "/v1/photos/", data, {
            "Authorization": "Bearer " + token, "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(data)), "Content-Type": "application/offset+octet-stream",
            "Upload-Metadata": "sha256 " + base64.b64encode(name.encode()).decode()})


def photos(server):
    client, took = server.login("li", "bench-photos"), []
    for _ in range(3):
        datas = [os.urandom(2000000) for _ in range(100)]
        todo = [(hashlib.sha256(d).hexdigest(), d) for d in datas]
        lock = threading.Lock()
        threads = [threading.Thread(target=send_photos, args=(server, client.token, todo, lock))
                   for _ in range(8)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took.append(time.perf_counter() - started)
    print(f"100 photos of 2 MB      {middle(took):8.1f} ms")


def station(port, token, batches, go, results):
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.connect()
    headers = {"Authorization": "Bearer " + token, "Content-Type": NDJSON}
    go.wait()
    for body in batches:
        results.append(timed(line, "POST", f"/v1/feeds/{HOME}/events", body, headers)[0])


def some_stations(port, tokens, work, go, out):
    results, threads = [], []
    for token, batches in zip(tokens, work):
        threads.append(threading.Thread(target=station, args=(port, token, batches, go, results)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put(results)


def stations(server):
    clients = [server.login("li", f"station-{i}") for i in range(STATIONS)]
    work = [[text_of([c.report() for _ in range(10)]) for _ in range(10)] for c in clients]
    for client in clients:
        client.close()
    go, out = multiprocessing.Event(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=some_stations, args=(
        server.port, [c.token for c in clients[i::4]], work[i::4], go, out)) for i in range(4)]
    for process in processes:
        process.start()
    time.sleep(1)
    started = time.perf_counter()
    go.set()
    times = sorted(t for _ in processes for t in out.get())
    took = time.perf_counter() - started
    print(f"{STATIONS} stations at once    {STATIONS * 100 / took:8.0f} events/s   p50 {middle(times):.1f} ms"
          f"   p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms")


def main():
    server = Server()
    try:
        feeds(server)
        photos(server)
        stations(server)
        print(f"memory of the server    {server.memory_kb() / 1024:8.1f} MB")
        commits = run("verify", "--no-photos", data=server.data).stdout.strip()
        print("verify                  " + commits)
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
