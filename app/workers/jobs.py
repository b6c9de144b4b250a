"""Jobs of the worker processes: files in, the bytes of an answer out."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import from_json

from app.disk import DiskFullError, is_full, noticing_full_disk
from app.errors import PROBLEMS, DarkwakeError, NoPositionsError, OptionError
from app.http.schemas import DetectOptions
from app.inputs.operator_files import OperatorFiles
from app.inputs.option_values import parse_sets
from app.inputs.watch_lists import read_watch_list, watch_list_from_rows
from app.inspecting import inspection
from app.options import options_from
from app.outputs.formats import FORMATS, format_named
from app.outputs.geojson import collection, report_of
from app.outputs.vessel_profile import vessel_profile
from app.pipeline import Run, detect_events, run
from app.readers import batch_from_tracks
from app.readers.base.reader import ReadError, ReadOptions
from app.readers.containers.unpack import Limits
from app.readers.json.pieces import BOM
from app.reading import TrackFile
from app.resources import Resources, default_resources
from app.workers.memory import trim_memory
from detectors.core.params import ParamError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from app.options import RunOptions
    from app.outputs.formats import Format
    from app.report import Report
    from detectors.events.event import Event

SHOWN = ("geojson", "ndjson")
"""Formats that a browser or a page shows; the others are downloads."""

PROBLEM_MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Counted:
    """What a run examined and reported: events by kind and band, rejected rows by reason."""

    positions: int
    events: Mapping[tuple[str, str], int]
    rejects: Mapping[str, int]


@dataclass(frozen=True)
class Answer:
    """What goes back over HTTP. `file_name` is what a download is called."""

    status: int
    media_type: str
    body: bytes
    counted: Counted | None = None
    file_name: str | None = None


@dataclass(frozen=True)
class Job:
    """One request, on disk: `query` holds the query parameters, `attached` the further parts of the form."""

    path: Path
    name: str
    query: Mapping[str, Any] = field(default_factory=dict)
    attached: Mapping[str, bytes] = field(default_factory=dict)
    max_unpacked_bytes: int = Limits().max_unpacked_bytes
    interprets: bool = False
    operator_files: OperatorFiles = field(default_factory=OperatorFiles)

    @property
    def resources(self) -> Resources:
        """What the service was started with."""
        return default_resources(self.operator_files, interprets=self.interprets)


def in_upload_temp_folder(work: Callable[[Job], Answer], job: Job) -> Answer:
    """Do a job with temporary files in the upload's folder: removed with the request, even if killed."""
    usual, tempfile.tempdir = tempfile.gettempdir(), str(job.path.parent)
    try:
        with noticing_full_disk():
            return work(job)
    except DiskFullError as error:
        return problem(error)
    except Exception:
        if is_full(job.path.parent):
            return problem(DiskFullError())
        raise
    finally:
        tempfile.tempdir = usual
        trim_memory()


def answer_upload(job: Job) -> Answer:
    """Return the events in an uploaded track file."""

    def work() -> tuple[Run, Format]:
        options = upload_options(job.query, job.attached)
        name, is_wide = str(job.query.get("format", "geojson")), bool(job.query.get("wide"))
        file_format = format_named(name, is_wide=is_wide)
        limits = replace(Limits(), max_unpacked_bytes=job.max_unpacked_bytes)
        return run([TrackFile(job.name, job.path)], options, job.resources, limits), file_format

    return _answered(work)


def answer_detect(job: Job) -> Answer:
    """Return the events in a JSON request with tracks and options."""

    def work() -> tuple[Run, Format]:
        body = _parsed(job.path.read_bytes())
        unknown = sorted(set(body) - {"tracks", "options"})
        if unknown:
            raise OptionError(f"no field {unknown[0]!r}: there are tracks, options")
        options = detect_options(body.get("options", {}))
        tracks = body.get("tracks")
        if not isinstance(tracks, list):
            raise OptionError('tracks: the body is {"tracks": [...], "options": {...}}, tracks being a list')
        batch = batch_from_tracks(tracks, job.name, ReadOptions(options.time_base_s))
        return detect_events([batch], options, job.resources), FORMATS["geojson"]

    return _answered(work)


def answer_profile(job: Job) -> Answer:
    """Return the profile of one vessel of an uploaded track file."""
    query = {name: value for name, value in job.query.items() if name != "mmsi"}
    try:
        options = upload_options({**query, "area": "all"}, job.attached)
        limits = replace(Limits(), max_unpacked_bytes=job.max_unpacked_bytes)
        files = [TrackFile(job.name, job.path)]
        profile = vessel_profile(files, options, job.resources, limits, key=str(job.query["mmsi"]))
    except (DarkwakeError, ParamError, ReadError) as error:
        return problem(error)
    return Answer(200, "application/json", json.dumps(profile).encode())


def answer_inspection(job: Job) -> Answer:
    """Return how an uploaded track file is understood."""
    try:
        options = upload_options({**job.query, "area": "all"}, job.attached)
        limits = replace(Limits(), max_unpacked_bytes=job.max_unpacked_bytes)
        told = inspection([TrackFile(job.name, job.path)], options, job.resources, limits)
    except (DarkwakeError, ParamError, ReadError) as error:
        return problem(error)
    return Answer(200, "application/json", json.dumps(told).encode())


def upload_options(query: Mapping[str, Any], attached: Mapping[str, bytes]) -> RunOptions:
    """Return the options that query parameters and further parts of a form ask for."""
    area = attached["area"].decode("utf-8", "replace") if "area" in attached else query.get("area")
    watch = read_watch_list(attached["watchlist"], "uploaded list") if "watchlist" in attached else None
    return options_from({**query, "area": area, "set": parse_sets(query.get("set") or ())}, watch)


def detect_options(data: object) -> RunOptions:
    """Return the options of a JSON request; raises OptionError that names each wrong field."""
    if not isinstance(data, dict):
        raise OptionError(
            f'options: {_json_type(data)} is given; it must be an object, for instance {{"area": "dprk"}}'
        )
    try:
        asked = DetectOptions.model_validate(data)
    except ValidationError as error:
        faults = (".".join(map(str, ("options", *e["loc"]))) + f": {e['msg']}" for e in error.errors())
        raise OptionError("; ".join(faults)) from None
    watch = watch_list_from_rows(asked.watchlist, "list in the request") if asked.watchlist else None
    return options_from({**asked.model_dump(), "kind": asked.kinds}, watch)


def _json_type(value: object) -> str:
    names = {str: "a text", list: "a list", bool: "a truth value", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def problem(error: Exception) -> Answer:
    """Return an error as a problem document (RFC 9457), with the report of the run where there is one."""
    kind = PROBLEMS[type(error)]
    document: dict[str, Any] = {
        "type": f"urn:darkwake:problem:{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": str(error),
    }
    counted = None
    if isinstance(error, NoPositionsError):
        document["report"] = report_of(error.report)
        counted = _counted(error.report)
    return Answer(kind.status, PROBLEM_MEDIA_TYPE, json.dumps(document).encode(), counted)


def _counted(report: Report, events: Iterable[Event] = ()) -> Counted:
    return Counted(
        report.positions,
        dict(Counter((event.kind, event.score.band) for event in events)),
        {reject.reason.value: reject.count for reject in report.rejects},
    )


def _answered(work: Callable[[], tuple[Run, Format]]) -> Answer:
    started_s = time.perf_counter()
    try:
        done, file_format = work()
    except (DarkwakeError, ParamError, ReadError) as error:
        return problem(error)
    events = collection(done, time.perf_counter() - started_s)
    counted = _counted(done.report, done.events)
    file_name = None if file_format.name in SHOWN else f"events.{file_format.suffixes[0]}"
    return Answer(200, file_format.media_type, file_format.write(events), counted, file_name)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        parsed = from_json(body.removeprefix(BOM))
    except ValueError as error:
        raise OptionError(f"the body is not valid JSON: {error}") from None
    if not isinstance(parsed, dict):
        raise OptionError('the body is a JSON object: {"tracks": [...], "options": {...}}')
    return parsed
