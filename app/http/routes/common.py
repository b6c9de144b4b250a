"""What the routes share: problem documents, and relaying a job's answer."""

from __future__ import annotations

import tempfile
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from app.errors import OptionError
from app.http.problems import respond
from app.http.schemas import EventCollection, ProblemOut
from app.workers.jobs import in_upload_temp_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from fastapi import Request

    from app.workers.jobs import Answer, Job

BUSY = 503

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "content": {"application/problem+json": {}}, "description": text}
    for status, text in {
        400: "The request cannot be parsed",
        413: "The body is larger than the service takes, or the run needs more memory than there is",
        415: "The body has a Content-Encoding other than gzip",
        422: "An option or the file cannot be used, or the run takes too long: what to change",
        503: "At the limit of runs; Retry-After says when to send the same again",
    }.items()
}


class GeoJson(Response):
    """An answer that is GeoJSON unless another format was asked for."""

    media_type = "application/geo+json"


EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": EventCollection,
        "description": "Flagged events, and a report of what was read, rejected and held back",
    },
    **PROBLEMS,
}


@asynccontextmanager
async def scratch_folder() -> AsyncIterator[Path]:
    """Yield a temporary folder of this request, removed when it ends."""
    with tempfile.TemporaryDirectory(prefix="darkwake-") as folder:
        yield Path(folder)


def refuse_unknown(given: Iterable[str], known: Iterable[str], what: str) -> None:
    """Raise OptionError for an unknown name: a misspelt option must not be ignored."""
    names = tuple(known)
    for name in given:
        if name not in names:
            raise OptionError(f"no {what} {name!r}: there are {', '.join(names)}")


async def relayed(request: Request, work: Callable[[Job], Answer], job: Job) -> Response:
    """Let a worker do the job and return its answer."""
    answer = await request.app.state.pool.answer(partial(in_upload_temp_folder, work), job)
    retry = {"Retry-After": str(request.app.state.runs.retry_after_s)} if answer.status == BUSY else None
    return respond(answer, retry)
