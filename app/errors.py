"""One root for what a user can do wrong, one table from error to HTTP status (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.disk import DiskFullError
from app.readers.base.reader import ReadError
from detectors.core.params import ParamError

if TYPE_CHECKING:
    from app.report import Report


class DarkwakeError(Exception):
    """Something that the user can put right. The message says what was wrong and what would be right."""


class OptionError(DarkwakeError):
    """An option that cannot be understood: a time, an area, a format."""


class UnknownVesselError(DarkwakeError):
    """A vessel that is not in the data."""


class WatchListError(DarkwakeError):
    """A watch list without any usable entry."""


class NoPositionsError(DarkwakeError):
    """No file gave a single position. `report` says why, by reason."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


class ModelError(DarkwakeError):
    """A model file that is missing, damaged, or made for other features."""


class ReceptionError(DarkwakeError):
    """A reception background that is missing, damaged, or cannot be learnt."""


class TooLargeError(DarkwakeError):
    """A body that is larger than its route accepts."""


class EncodingError(DarkwakeError):
    """A body in a Content-Encoding that is not supported."""


class NotAcceptableError(DarkwakeError):
    """An Accept header that no format satisfies."""


class BusyError(DarkwakeError):
    """More runs are asked for at once than the settings allow."""


class TooLongError(DarkwakeError):
    """A run that took longer than the settings allow, and was stopped."""


class OutOfMemoryError(DarkwakeError):
    """A run that needed more memory than there was."""


class CrashedError(DarkwakeError):
    """A run whose process ended by itself before it answered: the same input ends it again as a rule."""


class StoppedError(DarkwakeError):
    """A run that was stopped for no fault of its own: its workers were lost, or the service is ending."""


@dataclass(frozen=True)
class Problem:
    """How an error is reported over HTTP."""

    status: int
    slug: str
    title: str


PROBLEMS: dict[type[Exception], Problem] = {
    OptionError: Problem(422, "invalid-option", "An option cannot be understood"),
    UnknownVesselError: Problem(404, "unknown-vessel", "The vessel is not in the data"),
    ParamError: Problem(422, "invalid-threshold", "A threshold does not exist or is out of range"),
    ModelError: Problem(503, "no-model", "The anomaly model cannot be used"),
    ReceptionError: Problem(503, "no-reception", "The reception background cannot be used"),
    WatchListError: Problem(422, "invalid-watch-list", "The watch list cannot be used"),
    ReadError: Problem(422, "unreadable-file", "The file cannot be read"),
    NoPositionsError: Problem(422, "no-positions", "No position could be used"),
    TooLargeError: Problem(413, "too-large", "The body is too large"),
    DiskFullError: Problem(507, "disk-full", "The disk for temporary files is full"),
    EncodingError: Problem(415, "unknown-encoding", "The body's encoding is not supported"),
    NotAcceptableError: Problem(406, "not-acceptable", "No format is one that the client accepts"),
    BusyError: Problem(503, "busy", "The service is at its limit of runs"),
    TooLongError: Problem(422, "run-too-long", "The run took too long and was stopped"),
    OutOfMemoryError: Problem(413, "out-of-memory", "The run needs more memory than there is"),
    CrashedError: Problem(422, "run-crashed", "The run's process ended before it answered"),
    StoppedError: Problem(503, "run-stopped", "The run was stopped before it answered"),
}
"""Every error that reaches a user, and its status. Any other exception is an internal error: 500.

503 says "busy, send it again": only what may succeed unchanged has it, since monitors resend by themselves.
"""
