"""Run a command: files and options in, a file and a short table out."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from app.cli.columns_table import print_columns
from app.cli.declared import in_cli_words
from app.cli.profile_table import print_profile
from app.cli.tables import print_read, print_rejects, print_report
from app.cli.terminal import Terminal, progress_of
from app.disk import DiskFullError
from app.errors import DarkwakeError, NoPositionsError, OptionError
from app.inputs.areas import AREAS, read_area
from app.inputs.operator_files import OperatorFiles
from app.inputs.option_values import parse_sets
from app.inputs.training import learn_reception, train_model
from app.inputs.watch_lists import read_watch_list
from app.inspecting import inspection
from app.options import options_from
from app.outputs.formats import format_named
from app.outputs.geojson import collection
from app.outputs.vessel_profile import vessel_profile
from app.pipeline import run
from app.readers.base.reader import ReadError
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources
from app.settings import SETTINGS, InputLimits, RunLimits
from app.workers.memory import keep_memory
from app.writing import check_output, write_bytes
from detectors.behaviour.training import TrainingError
from detectors.core.params import ParamError
from detectors.reception.background import BackgroundError
from detectors.vessels.watch_list import WatchList

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.options import RunOptions
    from detectors.behaviour.model import Model
    from detectors.reception.background import Background

T = TypeVar("T")

FAILED = 2
NO_MEMORY = "the memory that this process may use is too small: read fewer or shorter files at once"


@dataclass(frozen=True)
class Asked:
    """What a command was given: `values` are those of its options, by name."""

    files: tuple[Path, ...]
    values: dict[str, Any]
    watch_lists: tuple[Path, ...]
    output: Path | None
    file_format: str
    operator_files: OperatorFiles = field(default_factory=OperatorFiles)

    @property
    def read(self) -> tuple[Path | None, ...]:
        """Every file that the command reads."""
        area = self.values.get("area")
        shape = None if area is None or area in AREAS else Path(area)
        return (*self.files, *self.watch_lists, *self.operator_files.paths, shape)


def run_detect(asked: Asked, *, is_explained: bool = False) -> int:
    """Detect events; return the exit code: 0 whether or not anything is flagged, 2 where nothing was read.

    `is_explained` shows how every column was understood.
    """
    console = Terminal(stderr=True)
    started_s = time.perf_counter()

    def work() -> None:
        file_format = format_named(asked.file_format, is_wide=asked.values["wide"])
        check_output(asked.output, asked.read)
        events = collection(_done(asked, console, run), time.perf_counter() - started_s)
        write_bytes(asked.output, file_format.write(events))
        if is_explained:
            print_columns(console, events["report"]["files"])
        print_report(console, events, is_explained=is_explained)

    return _code_of(work, console)


def run_inspect(asked: Asked, *, as_json: bool) -> int:
    """Show how files are understood; return the exit code: 2 where no position could be used."""
    console = Terminal(stderr=True)
    positions = 0

    def work() -> None:
        nonlocal positions
        check_output(asked.output, asked.read)
        told = _done(asked, console, inspection)
        positions = told["positions"]
        if asked.output or as_json:
            write_bytes(asked.output, (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())
        if not as_json:
            print_columns(Terminal(), told["files"])
            print_read(Terminal(), told)

    return _code_of(work, console) or (0 if positions else FAILED)


def run_vessel(asked: Asked, mmsi: str, *, as_json: bool) -> int:
    """Show what the files hold of one vessel; return the exit code."""
    console = Terminal(stderr=True)

    def work() -> None:
        check_output(asked.output, asked.read)
        profile = _done(asked, console, partial(vessel_profile, key=mmsi))
        if asked.output or as_json:
            write_bytes(asked.output, (json.dumps(profile, indent=1, ensure_ascii=False) + "\n").encode())
        if not as_json:
            print_profile(Terminal(), profile)

    return _code_of(work, console)


def _code_of(work: Callable[[], None], console: Terminal) -> int:
    """Return 0 where the work was done; else print what was wrong and return `FAILED`."""
    try:
        work()
    except (DarkwakeError, DiskFullError, ParamError, OSError) as error:
        if isinstance(error, NoPositionsError):
            print_rejects(console, error.report)
        said = in_cli_words(str(error))
        console.print(f"darkwake: {said}", style="red", markup=False, soft_wrap=True)
        return FAILED
    except MemoryError:
        console.print(f"darkwake: {NO_MEMORY}", style="red", markup=False, soft_wrap=True)
        return FAILED
    return 0


def check_service() -> str | None:
    """Return what would keep the service from working: a setting out of range, a model of no use."""
    try:
        limits = RunLimits()
        for settings in SETTINGS:
            settings()
        default_resources(limits.operator_files, interprets=limits.interprets)
    except ValidationError as error:
        names = (f"DARKWAKE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        return "; ".join(names)
    except DarkwakeError as error:
        return str(error)
    return None


def run_learn(history: tuple[Path, ...], output: Path) -> int:
    """Learn a reception background and print from what; return the exit code."""
    return _learnt(learn_reception, history, output, "{vessel_hours:,} hours")


def run_train(history: tuple[Path, ...], output: Path) -> int:
    """Learn a model and print from what; return the exit code."""
    return _learnt(train_model, history, output, "{windows:,} windows")


def _learnt(
    learn: Callable[..., Model | Background], history: tuple[Path, ...], output: Path, amount: str
) -> int:
    console = Terminal(stderr=True)
    try:
        check_output(output, history)
        with console.status("starting") as status:
            manifest = learn(history, output, progress_of(status)).manifest
    except (DarkwakeError, TrainingError, BackgroundError, ReadError, OSError) as error:
        console.print(f"darkwake: {error}", style="red", markup=False, soft_wrap=True)
        return FAILED
    of = f"of {manifest['vessels']:,} vessels, {manifest['start']} to {manifest['end']}"
    console.print(f"learnt from {amount.format(**manifest)} {of}: {output}", markup=False, soft_wrap=True)
    return 0


def _done(asked: Asked, console: Terminal, work: Callable[..., T]) -> T:
    """Run `work` on the files, with the settings of the environment and a progress line."""
    keep_memory()
    options = _options(asked)
    limits = RunLimits()
    resources = default_resources(
        asked.operator_files.or_else(limits.operator_files), interprets=limits.interprets
    )
    inputs = InputLimits()
    read = replace(
        Limits(), max_file_bytes=inputs.max_file_bytes, max_unpacked_bytes=inputs.max_unpacked_bytes
    )
    with ExitStack() as stack:
        files = [_track_file(path, stack) for path in asked.files]
        status = stack.enter_context(console.status("starting"))
        return work(files, options, resources, read, progress_of(status))


def _options(asked: Asked) -> RunOptions:
    values = {**asked.values, "set": parse_sets(asked.values.get("set") or ())}
    area = values["area"]
    watch = WatchList(
        tuple(e for path in asked.watch_lists for e in read_watch_list(path.read_bytes(), path.name).entries)
    )
    if area in AREAS:
        return options_from(values, watch)
    return replace(options_from({**values, "area": "all"}, watch), area=read_area(Path(area)))


def _track_file(path: Path, stack: ExitStack) -> TrackFile:
    """Return a file to read; standard input is put on disk first, since readers open files twice."""
    if str(path) != "-":
        return TrackFile(str(path), path)
    if sys.stdin is None:
        raise OptionError("-: standard input is closed; name a file, or send one through a pipe")
    target = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="darkwake-"))) / "stdin"
    with target.open("wb") as out:
        shutil.copyfileobj(sys.stdin.buffer, out)
    return TrackFile("-", target)
