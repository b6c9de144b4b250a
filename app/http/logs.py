"""The service's log: JSON lines, or lines for people where the log is a terminal."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

ACCESS = logging.getLogger("darkwake.access")


class JsonLines(logging.Formatter):
    """One JSON object a line. What a record brings as `values` stands beside time, level and message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "values", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """A line for a person."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")


def log_config(*, is_terminal: bool) -> dict[str, Any]:
    """Return the configuration of `logging` for the server and all its processes; all goes to stderr."""
    loggers = ("uvicorn", "uvicorn.error", "darkwake")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": f"app.http.logs.{'Lines' if is_terminal else 'JsonLines'}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "loggers": {name: {"handlers": ["stderr"], "level": "INFO", "propagate": False} for name in loggers},
    }
