"""Use a running service badly for some minutes, then see that nothing is left behind.

`python -m benchmarks.soak [--minutes 6] [--uploads 100]` starts `darkwake serve`, sends many uploads at once,
then good files, broken ones, bombs, and clients that hang up in the middle of a body or of a run. Prints
statuses, and memory, open files and scratch space before and after; exits with 1 for a status of 500, a
service that ended, or what was left.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv

PORT = 8790
LEFT_FILES, LEFT_MIB = 5, 400
"""Open files and memory that may stay more than before: caches of the first runs."""
EVIL_AREA = '{"type": "Polygon", "coordinates": [[[1e400, 0], [1, 0], [1, 1], [0, 0]]]}'


def main() -> int:
    """Start the service, use it, and compare what it holds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=6.0)
    asked.add_argument("--uploads", type=int, default=100)
    asked = asked.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="soak-"))
    log = (scratch / "log").open("wb")
    (scratch / "tmp").mkdir()
    words = [sys.executable, "-m", "app.cli", "serve", "--port", str(PORT)]
    service = subprocess.Popen(
        words, env={**os.environ, "TMPDIR": str(scratch / "tmp")}, stdout=log, stderr=log
    )
    try:
        return use(asked, service, scratch / "tmp")
    finally:
        service.terminate()
        service.wait(30)


def use(asked: argparse.Namespace, service: subprocess.Popen[bytes], scratch: Path) -> int:
    """Return 0 where nothing was wrong."""
    statuses: Counter[str] = Counter()
    wait_until_ready()
    demo = tracks_csv(load_story("demo")).encode()
    for _ in range(4):
        statuses[f"warm {post(demo)}"] += 1
    before = held(service.pid, scratch)
    at_once(asked.uploads, lambda: note(statuses, "at once", demo))
    end_s = time.monotonic() + 60.0 * asked.minutes
    at_once(6, lambda: keep_on(statuses, demo, end_s))
    time.sleep(5.0)
    after = held(service.pid, scratch)
    for name, count in sorted(statuses.items()):
        print(f"{count:6d} {name}")
    print("before", before)
    print("after ", after)
    faults = [name for name in statuses if " 500" in name]
    is_left = after["files"] > before["files"] + LEFT_FILES or after["mib"] > before["mib"] + LEFT_MIB
    is_left = (
        is_left
        or after["scratch_bytes"] > before["scratch_bytes"]
        or after["processes"] > before["processes"]
    )
    print("faults:", faults, "left behind:", is_left, "ended:", service.poll())
    return int(bool(faults) or is_left or service.poll() is not None)


def wait_until_ready() -> None:
    """Wait for the first answer."""
    for _ in range(240):
        try:
            socket.create_connection(("127.0.0.1", PORT), 1.0).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the service did not start")


def at_once(count: int, work: object) -> None:
    """Do something in many threads, and wait for all."""
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def note(statuses: Counter[str], what: str, body: bytes, query: str = "", **headers: str) -> None:
    """Send a body, and count how it was answered."""
    statuses[f"{what} {post(body, query, **headers)}"] += 1


def keep_on(statuses: Counter[str], demo: bytes, end_s: float) -> None:
    """Send all kinds of requests until the time is over."""
    draw = random.Random(threading.get_ident())
    bomb = gzip.compress(b"0" * (256 << 20), 9)
    while time.monotonic() < end_s:
        what = draw.randrange(8)
        if what == 0:
            note(statuses, "good", demo)
        elif what == 1:
            broken = bytearray(demo)
            for _ in range(200):
                broken[draw.randrange(len(broken))] = draw.randrange(256)
            note(statuses, "broken", bytes(broken))
        elif what == 2:
            note(statuses, "bomb", bomb, "", **{"Content-Encoding": "gzip"})
        elif what == 3:
            note(statuses, "packed bomb", bomb)
        elif what == 4:
            note(statuses, "junk", draw.randbytes(draw.randrange(1, 5000)))
        elif what == 5:
            note(statuses, "evil area", demo, "?area=" + EVIL_AREA.replace(" ", "%20").replace('"', "%22"))
        elif what == 6:
            statuses["hung up in the body"] += hang_up(demo, len(demo) // 2, 0.0)
        else:
            statuses["hung up in the run"] += hang_up(demo, len(demo), 0.3)


def post(body: bytes, query: str = "", **headers: str) -> str:
    """Return the status of an upload, or what happened instead of one."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=400)
    try:
        connection.request("POST", f"/v1/tracks{query}", body, {"Content-Type": "text/csv", **headers})
        answer = connection.getresponse()
        answer.read()
    except OSError as fault:
        return type(fault).__name__
    except http.client.HTTPException as fault:
        return type(fault).__name__
    else:
        return str(answer.status)
    finally:
        connection.close()


def hang_up(body: bytes, sent_bytes: int, after_s: float) -> int:
    """Send a part of a request, wait, and go away."""
    lines = ("POST /v1/tracks HTTP/1.1", "Host: x", "Content-Type: text/csv", f"Content-Length: {len(body)}")
    head = "\r\n".join((*lines, "", ""))
    try:
        with socket.create_connection(("127.0.0.1", PORT), 30.0) as connection:
            connection.sendall(head.encode() + body[:sent_bytes])
            time.sleep(after_s)
    except OSError:
        return 0
    return 1


def held(pid: int, scratch: Path) -> dict[str, int]:
    """Return memory, open files, processes and scratch space of the service with its children."""
    family = [pid]
    for parent in family:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        family += [int(child) for child in children.read_text().split()] if children.exists() else []
    statuses = [Path(f"/proc/{each}/status").read_text() for each in family]
    rss_kib = [int(text.partition("VmRSS:")[2].split()[0]) for text in statuses if "VmRSS:" in text]
    files = [path for path in scratch.rglob("*") if path.is_file()]
    return {
        "mib": sum(rss_kib) >> 10,
        "files": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "processes": len(family),
        "scratch_bytes": sum(path.stat().st_size for path in files),
    }


if __name__ == "__main__":
    sys.exit(main())
