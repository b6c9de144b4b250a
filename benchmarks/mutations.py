"""Damage files of every format: each is read or refused, and none ends the process.

`python benchmarks/mutations.py 2400 [--seed 1] [--format parquet]`. A child process reads, so that a crash of
a library is seen and counted; files that crash it, or raise anything but `ReadError`, are kept in the folder
that is printed. Exits with 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import geopandas as gpd

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 200
LONGEST_S = 60
FILLS = (b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff")


def main() -> int:
    """Mutate, read, and print how many were read, refused, or worse."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--format", default="")
    asked = asked.parse_args()
    samples = {name: data for name, data in all_samples().items() if asked.format in name}
    draw, folder, counts = random.Random(asked.seed), Path(tempfile.mkdtemp(prefix="mutations-")), Counter()
    for first in range(0, asked.count, AT_ONCE):
        paths = []
        for number in range(first, min(first + AT_ONCE, asked.count)):
            name = list(samples)[number % len(samples)]
            path = folder / f"{number:06d} {name.replace('/', '_')}"
            path.write_bytes(mutated(samples[name], draw))
            paths.append(path)
        counts.update(read_all(paths))
    for (name, outcome), count in sorted(counts.items()):
        print(f"{count:6d} {outcome:10s} {name}")
    bad = sum(count for (_, outcome), count in counts.items() if outcome not in {"read", "refused"})
    print(f"{bad} of {asked.count} ended otherwise" + (f": see {folder}" if bad else ""))
    return 1 if bad else 0


def all_samples() -> dict[str, bytes]:
    """Return a file of every format, from the golden tests of the readers."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app" / "readers")]
    import test_same_tracks as golden  # noqa: PLC0415 - needs the path above

    written = {name: write() for name, (write, _) in golden.PLAIN.items()}
    written["geopackage"] = a_geopackage()
    return {name: data.encode() if isinstance(data, str) else data for name, data in written.items()}


def a_geopackage() -> bytes:
    """Return a GeoPackage with one layer of points."""
    times = [f"2024-03-01T{hour:02d}:00:00Z" for hour in range(20)]
    frame = gpd.GeoDataFrame(
        {"mmsi": 412000001, "time": times, "name": "PLAIN"},
        geometry=gpd.points_from_xy([124.0] * len(times), [38.0] * len(times)),
        crs=4326,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracks.gpkg"
        frame.to_file(path, driver="GPKG", layer="tracks")
        return path.read_bytes()


def mutated(data: bytes, draw: random.Random) -> bytes:
    """Return a file with some bits, bytes or words changed, or cut off."""
    changed, how = bytearray(data), draw.randrange(4)
    for _ in range(draw.choice((1, 1, 2, 5, 30))):
        at = draw.randrange(len(changed))
        if how == 0:
            changed[at] ^= 1 << draw.randrange(8)
        elif how == 1:
            changed[at] = draw.randrange(256)
        else:
            changed[at : at + 4] = draw.choice(FILLS)
    return bytes(changed[: draw.randrange(1, len(changed))] if how == 3 else changed)


def read_all(paths: list[Path]) -> Counter[tuple[str, str]]:
    """Read files in child processes, a new one after each crash; keep what did not end as it should."""
    counts: Counter[tuple[str, str]] = Counter()
    while paths:
        child = subprocess.run(
            [sys.executable, __file__, "--read", *paths], capture_output=True, text=True, check=False
        )
        ended = [line.split(" ", 1)[0] for line in child.stdout.splitlines()]
        if len(ended) < len(paths):
            ended.append(f"crash {child.returncode}")
        for path, outcome in zip(paths, ended, strict=False):
            counts[path.name[7:], outcome] += 1
            if outcome in {"read", "refused"}:
                path.unlink()
        paths = paths[len(ended) :]
    return counts


def read_here(paths: list[str]) -> None:
    """Read files in this process, a line each: `read`, `refused`, or the error's name."""
    from app.readers import read_file  # noqa: PLC0415 - only the child reads
    from app.readers.base.reader import ReadError  # noqa: PLC0415 - the same
    from app.readers.containers.unpack import Limits  # noqa: PLC0415 - the same

    warnings.simplefilter("ignore")
    for path in paths:
        signal.alarm(LONGEST_S)
        try:
            read_file(Path(path), None, Limits(max_file_bytes=1 << 22, max_unpacked_bytes=1 << 24))
            print("read", flush=True)
        except ReadError:
            print("refused", flush=True)
        except BaseException as fault:  # noqa: BLE001 - what else it may be is what is looked for
            print(type(fault).__name__, flush=True)


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = str(ROOT)
    if sys.argv[1:2] == ["--read"]:
        read_here(sys.argv[2:])
    else:
        sys.exit(main())
