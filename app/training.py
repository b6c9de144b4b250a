"""`darkwake train`: a model from a user's own traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import NoPositionsError
from app.features import rfc3339
from app.merge import merge
from app.model_file import save_model
from app.options import RunOptions
from app.pipeline import TrackFile, read_files
from app.readers.containers import Limits
from app.report import Report, files_of, rejects_of
from detectors.anomaly.features import training_windows
from detectors.anomaly.training import train
from detectors.tracks.build import make_tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from detectors.anomaly.model import Model


def train_model(files: Sequence[Path], target: Path, tell: Callable[[str], None]) -> Model:
    """Learn from track files and write the model; raises NoPositionsError or TrainingError."""
    named = [TrackFile(str(path), path) for path in files]
    batches, faults = read_files(named, RunOptions(), Limits(), tell)
    reports, set_aside = merge(batches, None)
    if not len(reports):
        report = Report(files=files_of(batches), rejects=(*rejects_of(batches), *set_aside))
        raise NoPositionsError("; ".join(faults) or "no position in any file", report)
    tracks, _ = make_tracks(reports)
    tell("measuring how vessels behave")
    windows = training_windows(tracks.hulls)
    tell(f"learning from {len(windows):,} windows")
    about = {
        "positions": len(tracks),
        "vessels": len(tracks.vessel),
        "start": rfc3339(tracks.start_s),
        "end": rfc3339(tracks.end_s),
        "files": [path.name for path in files],
    }
    model = train(windows, about)
    save_model(model, target)
    return model
