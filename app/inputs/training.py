"""Learning from a user's own traffic: `darkwake train` and `darkwake reception learn`."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from app.errors import NoPositionsError
from app.identity.own_names import with_own_names
from app.inputs.models import save_model
from app.inputs.reception import save_background
from app.merge import merge
from app.options import RunOptions
from app.outputs.geojson import rfc3339
from app.readers.containers.unpack import Limits
from app.reading import TrackFile, read_files
from app.report import Report, files_of, rejects_of
from detectors.behaviour.training import learn as learn_model
from detectors.reception.background import learn
from detectors.reception.params import ReceptionParams
from detectors.tracks.build import make_tracks
from geodata.world import load_world

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from detectors.behaviour.model import Model
    from detectors.reception.background import Background
    from detectors.tracks.tracks import Tracks


def train_model(files: Sequence[Path], target: Path, progress: Callable[[str], None]) -> Model:
    """Learn from track files and write the model; raises NoPositionsError or TrainingError."""
    tracks, about = _history(files, progress)
    progress("learning how vessels behave")
    about |= {"origin": "own traffic", "made_with": made_with()}
    model = learn_model([tracks], load_world(), about)
    save_model(model, target)
    return model


def made_with() -> dict[str, str]:
    """Return the versions of the libraries that decide what a model becomes."""
    return {name: version(name) for name in ("numpy", "scikit-learn")}


def learn_reception(files: Sequence[Path], target: Path, progress: Callable[[str], None]) -> Background:
    """Learn a reception background and write it; raises NoPositionsError or BackgroundError."""
    tracks, about = _history(files, progress)
    progress("counting received and missed reports")
    background = learn(tracks, ReceptionParams(), about)
    save_background(background, target)
    return background


def _history(files: Sequence[Path], progress: Callable[[str], None]) -> tuple[Tracks, dict[str, Any]]:
    """Return the tracks of a history, and its description for a manifest."""
    named = [TrackFile(str(path), path) for path in files]
    batches, faults = read_files(named, RunOptions(), Limits(), progress)
    batches, _ = with_own_names(batches)
    merged = merge(batches, None)
    reports = merged.reports
    if not len(reports):
        report = Report(files=files_of(batches), rejects=(*rejects_of(batches), *merged.set_aside))
        raise NoPositionsError("; ".join(faults) or "no position in any file", report)
    statics = [static for batch in batches for static in batch.statics]
    tracks, _ = make_tracks(reports, statics)
    about = {
        "positions": len(tracks),
        "vessels": len(tracks.vessel),
        "start": rfc3339(tracks.start_s),
        "end": rfc3339(tracks.end_s),
        "files": [path.name for path in files],
    }
    return tracks, about
