"""CPU seconds and memory of every reader on the same positions, as a Markdown table.

`python benchmarks/readers.py [POSITIONS]`, default 400,000. Each read runs in a process of its own, after
a small file of the same format has loaded and compiled what it needs, and twice: the better is reported.
Two reads by polars itself stand first: of the same six columns with times as text, and with times parsed.
"""

from __future__ import annotations

import gzip
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
COLUMNS = ("mmsi", "timestamp", "lon", "lat", "sog", "cog")
STAMP = "%Y-%m-%dT%H:%M:%SZ"
PEERS = ("polars, times as text", "polars, times parsed")
WIDE = "csv of MarineCadastre, 17 columns"
WIDE_PEER = f"polars, the 16 columns of the {WIDE} that are used"
REPEATS = 2
WARM_ROWS = 2_000
SENTENCES = 20_000
"""So many different messages are encoded; a longer file repeats them under later times."""


def main() -> None:
    """Write traffic in every format, read each, print a table."""
    sizes = [each for each in sys.argv[1:] if each.isdigit()]
    size = int(sizes[0]) if sizes else 400_000
    print(f"{platform.machine()}, {os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d}, {size:,} positions\n")
    print("| read | MB | CPU s per million | of polars (text) | of polars (parsed) | peak B per position |")
    print("|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        files = _written(Path(folder), _traffic(Path(folder), size))
        _table(files)


def _traffic(folder: Path, size: int) -> pl.DataFrame:
    sys.path.insert(0, str(HERE))
    from traffic import write_traffic  # noqa: PLC0415 - only the parent makes traffic

    write_traffic(folder / "traffic", size)
    return pl.read_csv(folder / "traffic")


def _written(folder: Path, frame: pl.DataFrame) -> dict[str, tuple[Path, Path, int]]:
    """Write whole and warming files of each format; return their paths and the positions in them."""
    files = {}
    for number, (name, write) in enumerate(WRITERS.items()):
        whole, warm = folder / f"{number}.gpkg", folder / f"{number}.warm.gpkg"  # GDAL wants the ending
        write(frame, whole)
        write(frame.head(WARM_ROWS), warm)
        files[name] = (whole, warm, len(frame))
    return {**dict.fromkeys(PEERS, files["csv"]), WIDE_PEER: files[WIDE], **files}


def _table(files: dict[str, tuple[Path, Path, int]]) -> None:
    base: list[float] = []
    for name, (whole, warm, size) in files.items():
        best = min((_measured(name, whole, warm) for _ in range(REPEATS)), key=lambda m: m[0])
        cpu_s, peak_bytes = best[0] / size * 1e6, best[1] / size
        base += [cpu_s] if name in PEERS else []
        ratios = [f"{cpu_s / peer:.1f}" for peer in base] if len(base) == len(PEERS) else ["1.0", ""]
        megabytes = whole.stat().st_size / 1e6
        print(f"| {name} | {megabytes:.0f} | {cpu_s:.2f} | {' | '.join(ratios)} | {peak_bytes:.0f} |")


def _measured(name: str, whole: Path, warm: Path) -> tuple[float, float]:
    command = [sys.executable, __file__, "--read", name, str(whole), str(warm)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cpu_s, peak_bytes = done.stdout.split()
    return float(cpu_s), float(peak_bytes)


def _read(name: str, whole: Path, warm: Path) -> None:
    """Read a file after a small one, and print CPU seconds and the peak over what was held before."""
    from app.readers import read_file  # noqa: PLC0415 - measured in a process of its own

    work: dict[str, Callable[[Path], object]] = {
        PEERS[0]: lambda path: pl.read_csv(path, columns=list(COLUMNS)),
        PEERS[1]: lambda path: pl.read_csv(path, columns=list(COLUMNS)).with_columns(
            pl.col("timestamp").str.to_datetime(STAMP)
        ),
        WIDE_PEER: lambda path: pl.read_csv(path, columns=[n for n in _header(path) if n != "Cargo"]),
    }
    read = work.get(name, read_file)
    read(warm)
    before = _memory("VmHWM")
    started_s = time.process_time()
    read(whole)
    cpu_s = time.process_time() - started_s
    print(cpu_s, _memory("VmHWM") - before)


def _header(path: Path) -> list[str]:
    with path.open(encoding="ascii") as file:
        return file.readline().strip().split(",")


def _memory(key: str) -> float:
    """Return a figure of this process alone, in bytes: `ru_maxrss` remembers the parent's through exec."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.split(f"{key}:")[1].split()[0]) * 1024


def _lines(frame: pl.DataFrame, form: str, *columns: str) -> str:
    return "\n".join(frame.select(pl.format(form, *columns)).to_series().to_list())


def _gzip(frame: pl.DataFrame, path: Path) -> None:
    path.write_bytes(gzip.compress(frame.write_csv().encode(), 1))


def _dma(frame: pl.DataFrame, path: Path) -> None:
    """Write the 26 columns of the Danish Maritime Authority, with static data in every row."""
    stamp = pl.col("timestamp").str.to_datetime(STAMP).dt.strftime("%d/%m/%Y %H:%M:%S")
    number = pl.col("mmsi").cast(pl.String)
    static_data = {
        "IMO": number,
        "Callsign": "D" + number.str.slice(4),
        "Name": "SHIP " + number.str.slice(4),
        "Ship type": pl.lit("Cargo"),
        "Cargo type": pl.lit(None, pl.String),
        "Width": pl.lit(18),
        "Length": pl.lit(110),
        "Type of position fixing device": pl.lit("GPS"),
        "Draught": pl.lit(6.1),
        "Destination": pl.lit("BUSAN"),
        "ETA": pl.lit(None, pl.String),
        "Data source type": pl.lit("AIS"),
        "A": pl.lit(90),
        "B": pl.lit(20),
        "C": pl.lit(9),
        "D": pl.lit(9),
    }
    rows = frame.select(
        stamp.alias("# Timestamp"),
        pl.lit("Class A").alias("Type of mobile"),
        pl.col("mmsi").alias("MMSI"),
        pl.col("lat").alias("Latitude"),
        pl.col("lon").alias("Longitude"),
        pl.lit("Under way using engine").alias("Navigational status"),
        pl.lit(0.0).alias("ROT"),
        pl.col("sog").alias("SOG"),
        pl.col("cog").alias("COG"),
        pl.col("cog").floor().cast(pl.Int64).alias("Heading"),
        **static_data,
    )
    rows.write_csv(path)


def _marinecadastre(frame: pl.DataFrame, path: Path) -> None:
    """Write the 17 columns of MarineCadastre: numbers and texts, empty for a third of the vessels."""
    number = pl.col("mmsi").cast(pl.String)
    has_static = pl.col("mmsi") % 3 > 0
    rows = frame.select(
        pl.col("mmsi").alias("MMSI"),
        pl.col("timestamp").str.strip_chars_end("Z").alias("BaseDateTime"),
        pl.col("lat").alias("LAT"),
        pl.col("lon").alias("LON"),
        pl.col("sog").alias("SOG"),
        pl.col("cog").alias("COG"),
        pl.col("cog").floor().cast(pl.Int64).alias("Heading"),
        pl.when(has_static).then("SHIP " + number.str.slice(4)).alias("VesselName"),
        pl.when(has_static).then("IMO9" + number.str.slice(3)).alias("IMO"),
        pl.when(has_static).then("D" + number.str.slice(4)).alias("CallSign"),
        pl.when(has_static).then(pl.lit(70)).alias("VesselType"),
        pl.lit(0).alias("Status"),
        pl.when(has_static).then(pl.lit(110)).alias("Length"),
        pl.when(has_static).then(pl.lit(18)).alias("Width"),
        pl.when(has_static).then(pl.lit(6.1)).alias("Draft"),
        pl.when(has_static).then(pl.lit(70)).alias("Cargo"),
        pl.lit("A").alias("TransceiverClass"),
    )
    rows.write_csv(path)


def _zstd(frame: pl.DataFrame, path: Path) -> None:
    path.write_bytes(pa.compress(frame.write_csv().encode(), codec="zstd", asbytes=True))


def _json(frame: pl.DataFrame, path: Path) -> None:
    path.write_text("[" + frame.write_ndjson().rstrip().replace("\n", ",") + "]", encoding="ascii")


def _per_vessel(frame: pl.DataFrame, before: str, form: str, after: str, *columns: str) -> str:
    parts = frame.partition_by("mmsi", as_dict=True)
    return "".join(before % mmsi + _lines(part, form, *columns) + after for (mmsi,), part in parts.items())


def _tracks(frame: pl.DataFrame, path: Path) -> None:
    listed = frame.rename({"timestamp": "time"}).group_by("mmsi", maintain_order=True)
    tracks = listed.agg(positions=pl.struct("time", "lon", "lat", "sog", "cog"))
    named = tracks.select("positions", vessel=pl.struct("mmsi"))
    path.write_text('{"tracks":[' + named.write_ndjson().rstrip().replace("\n", ",") + "]}", encoding="ascii")


def _geojson(frame: pl.DataFrame, path: Path) -> None:
    point = pl.struct(type=pl.lit("Point"), coordinates=pl.concat_list("lon", "lat"))
    properties = pl.struct("mmsi", "timestamp", "sog", "cog")
    features = frame.select(type=pl.lit("Feature"), geometry=point, properties=properties)
    listed = features.write_ndjson().rstrip().replace("\n", ",")
    path.write_text('{"type":"FeatureCollection","features":[' + listed + "]}", encoding="ascii")


def _gpx(frame: pl.DataFrame, path: Path) -> None:
    body = _per_vessel(
        frame,
        "<trk><name>%d</name><trkseg>",
        '<trkpt lat="{}" lon="{}"><time>{}</time></trkpt>',
        "</trkseg></trk>\n",
        "lat",
        "lon",
        "timestamp",
    )
    head = '<?xml version="1.0"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    path.write_text(head + body + "</gpx>", encoding="ascii")


def _kml(frame: pl.DataFrame, path: Path) -> None:
    body = _per_vessel(
        frame,
        "<Placemark><name>%d</name><gx:Track>",
        "<when>{}</when><gx:coord>{} {} 0</gx:coord>",
        "</gx:Track></Placemark>\n",
        "timestamp",
        "lon",
        "lat",
    )
    spaces = 'xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"'
    path.write_text(f"<kml {spaces}><Document>{body}</Document></kml>", encoding="ascii")


def _mf_csv(frame: pl.DataFrame, path: Path) -> None:
    pairs = frame.sort("mmsi", "timestamp").with_columns(
        second=pl.col("timestamp").str.to_datetime(STAMP).dt.epoch("s")
    )
    start_s = pairs["second"].min()
    following = pl.col("second", "lon", "lat").shift(-1).over("mmsi").name.suffix("_2")
    legs = pairs.with_columns(following, second=pl.col("second") - start_s).drop_nulls()
    legs = legs.with_columns(second_2=pl.col("second_2") - start_s)
    head = (
        "@stboundedby,urn:ogc:def:crs:CRS:1.3:84,2D,118 28,127 39,"
        f"{datetime.fromtimestamp(start_s, UTC):{STAMP}},2030-01-01T00:00:00Z,sec\n"
        "@columns,mfidref,trajectory\n"
    )
    columns = ("mmsi", "second", "second_2", "lon", "lat", "lon_2", "lat_2")
    path.write_text(head + _lines(legs, "{},{},{},{} {} {} {}", *columns) + "\n", encoding="ascii")


def _geopackage(frame: pl.DataFrame, path: Path) -> None:
    import geopandas as gpd  # noqa: PLC0415 - the reads must not hold it

    points = gpd.points_from_xy(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    plain = {name: frame[name].to_numpy() for name in ("mmsi", "sog", "cog")}
    plain["timestamp"] = frame["timestamp"].str.to_datetime(STAMP).dt.replace_time_zone(None).to_numpy()
    gpd.GeoDataFrame(plain, geometry=points, crs="EPSG:4326").to_file(path, driver="GPKG")


def _typed(frame: pl.DataFrame) -> pa.Table:
    return frame.with_columns(pl.col("timestamp").str.to_datetime(STAMP)).to_arrow()


def _arrow(frame: pl.DataFrame, path: Path) -> None:
    table = _typed(frame)
    with pa.ipc.new_file(path, table.schema) as out:
        out.write_table(table)


def _nmea(frame: pl.DataFrame, path: Path) -> None:
    from pyais import encode_dict  # noqa: PLC0415 - the reads must not hold it

    some = frame.head(SENTENCES).with_columns(second=pl.col("timestamp").str.to_datetime(STAMP).dt.epoch("s"))
    sentences = [
        (row["second"], encode_dict({**row, "type": 1, "speed": row["sog"], "course": row["cog"]})[0])
        for row in some.iter_rows(named=True)
    ]
    with path.open("w", encoding="ascii") as out:
        for turn in range(-(-len(frame) // len(sentences))):
            out.writelines(_with_tag(second + turn * 600, text) for second, text in sentences)


def _with_tag(second: int, sentence: str) -> str:
    tag = f"s:station,c:{second}"
    check = 0
    for sign in tag.encode():
        check ^= sign
    return f"\\{tag}*{check:02X}\\{sentence}\n"


WRITERS: dict[str, Callable[[pl.DataFrame, Path], object]] = {
    "csv": lambda frame, path: frame.write_csv(path),
    WIDE: _marinecadastre,
    "csv of the DMA, 26 columns": _dma,
    "csv, gzip": _gzip,
    "csv, zstd": _zstd,
    "parquet": lambda frame, path: pq.write_table(_typed(frame), path),
    "arrow": _arrow,
    "geopackage": _geopackage,
    "nmea": _nmea,
    "ndjson": lambda frame, path: frame.write_ndjson(path),
    "json, list of records": _json,
    "json, tracks": _tracks,
    "geojson, points": _geojson,
    "mf-csv": _mf_csv,
    "gpx": _gpx,
    "kml": _kml,
}


if __name__ == "__main__":
    if "--read" in sys.argv:
        _read(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
