"""Evidence names a record of a file that anyone can look up, in whatever order files are given."""

import csv
import gzip
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import every, meeting_pair, sails

from app.options import RunOptions
from app.outputs.geojson import collection, rfc3339
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.report import FileRead, SourceRows
from app.resources import Resources
from detectors.events.area import Area
from detectors.tracks.reports import Reports
from detectors.vessels.watch_list import WatchList
from geodata.world import World

HEADER = ["mmsi", "time", "lon", "lat"]
EMPTY = Resources(World.empty(), WatchList())


def records():
    silent = sails(412000005, [*every(10, -25, -20), *every(10, 0, 4.5)], east_m=30_000.0)
    reports = Reports.concat([*meeting_pair(), silent])
    columns = (reports.vessel, reports.time_s, reports.lon_deg, reports.lat_deg)
    return [
        [str(mmsi), rfc3339(round(time_s)), f"{lon:.6f}", f"{lat:.6f}"]
        for mmsi, time_s, lon, lat in zip(*(c.tolist() for c in columns), strict=True)
    ]


def as_csv(rows, blank=""):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=f"\n{blank}")
    writer.writerows([HEADER, *rows])
    return out.getvalue().encode()


def as_ndjson(rows):
    return "".join(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in rows).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("evidence")


@pytest.fixture(scope="module")
def files(folder):
    """Four packings whose rows overlap: some reports stand in two of them."""
    rows = records()
    (folder / "b.csv").write_bytes(as_csv(rows[::2], blank="\n"))
    (folder / "a.csv.gz").write_bytes(gzip.compress(as_csv(rows[1::2])))
    (folder / "d.ndjson").write_bytes(as_ndjson([*rows[5::3], ["412000001", "never", "1", "1"]]))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("one.csv", as_csv(rows[:150]))
        archive.writestr("two.ndjson", as_ndjson(rows[150:]))
    return {path.name: path for path in sorted(folder.iterdir())}


def records_of(files, name):
    """The records of a file or a member of an archive, read without our readers."""
    outer, _, member = name.partition("/")
    data = files[outer].read_bytes()
    if member:
        data = zipfile.ZipFile(files[outer]).read(member)
    elif outer.endswith(".gz"):
        data = gzip.decompress(data)
    lines = [line for line in data.decode().splitlines() if line]
    if name.endswith("ndjson"):
        return [json.loads(line) for line in lines]
    return list(csv.DictReader(lines))


def answer(files, names):
    tracks = [TrackFile(name, files[name]) for name in names]
    return collection(run(tracks, RunOptions(area=Area("all")), EMPTY, Limits()))


def test_a_row_of_evidence_is_that_record_of_its_file(files):
    told = answer(files, files)
    evidence = [row for f in told["features"] for row in f["properties"]["evidence_rows"]]
    assert {"sts_transfer", "dark_period"} <= {f["properties"]["kind"] for f in told["features"]}
    assert len({row["file"] for row in evidence}) > 1
    for row in evidence:
        record = records_of(files, row["file"])[row["row"] - 1]
        moment = datetime.fromisoformat(record["time"])
        assert (str(record["mmsi"]), moment) == (row["vessel"], datetime.fromisoformat(row["time"]))
        assert moment.tzinfo == UTC


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_the_order_of_files_changes_nothing(files, data):
    order = data.draw(st.permutations(sorted(files)))
    told, whole = answer(files, order), answer(files, sorted(files))
    assert told["features"] == whole["features"]
    for each in (told, whole):
        each["report"]["files"].sort(key=lambda file: file["name"])
    assert told == whole


def test_a_file_without_rows_moves_no_evidence():
    names = (("a", 2), ("b", 0), ("c", 3))
    sources = SourceRows(tuple(FileRead(name, "csv", rows, rows) for name, rows in names))
    places = [sources.place(row) for row in range(5)]
    assert places == [("a", 1), ("a", 2), ("c", 1), ("c", 2), ("c", 3)]
