"""What the routes share: problem documents, and relaying a job's answer."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, get_args, get_origin

from starlette.responses import Response

from app.errors import NotAcceptableError, OptionError
from app.http.disconnect import unless_gone
from app.http.negotiation import accepted_format
from app.http.problems import respond
from app.http.schemas import EventCollection
from app.outputs.formats import FORMATS
from app.workers.jobs import PROBLEM_MEDIA_TYPE, in_upload_temp_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fastapi import Request
    from pydantic import BaseModel

    from app.http.scratch import RequestScratch
    from app.workers.jobs import Answer, Job


def problems(texts: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    """Return the problem documents of a route as OpenAPI describes them, from what each status means."""
    content = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return {status: {"content": content, "description": text} for status, text in texts.items()}


PROBLEMS = problems(
    {
        400: "The request cannot be parsed",
        413: "The body is larger than the service takes, or the run needs more memory than there is",
        415: "The body has a Content-Encoding other than gzip",
        422: "An option or the file cannot be used, or the run takes too long: what to change",
        507: "The disk for temporary files is full",
        503: "At the limit of runs; Retry-After says when to send the same again",
    }
)


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


@contextmanager
def admitted(request: Request) -> Iterator[RequestScratch]:
    """Hold a place among the runs and a folder for the body, which nobody has read yet.

    Raises BusyError where no place is free: the body is then not stored at all.
    """
    state = request.app.state
    with state.pool.place(), state.scratch.of_request() as scratch:
        yield scratch


def accepted(request: Request) -> Any:  # noqa: ANN401 - one of the names that `format` may have
    """Return the format that the client accepts. Raises NotAcceptableError where none is among them."""
    name = accepted_format(request.headers.get("accept"))
    if name is None:
        types = ", ".join(each.media_type.split(";")[0] for each in FORMATS.values())
        raise NotAcceptableError(f"Accept: none of these types is written; there are {types}")
    return name


def refuse_misused(request: Request, fields: type[BaseModel]) -> None:
    """Raise OptionError for a query parameter that does not exist, or comes twice and has one value."""
    refuse_unknown(request.query_params.keys(), fields.model_fields, "query parameter")
    counts = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in counts.items():
        if count > 1 and not _takes_several(fields.model_fields[name].annotation):
            raise OptionError(f"{name}: given {count} times; it takes one value")


def _takes_several(annotation: Any) -> bool:  # noqa: ANN401 - whatever a field may be
    return any(get_origin(each) is list for each in (annotation, *get_args(annotation)))


def refuse_unknown(given: Iterable[str], known: Iterable[str], what: str) -> None:
    """Raise OptionError for an unknown name: a misspelt option must not be ignored."""
    names = tuple(known)
    for name in given:
        if name not in names:
            raise OptionError(f"no {what} {name!r}: there are {', '.join(names)}")


async def relayed(request: Request, work: Callable[[Job], Answer], job: Job) -> Response:
    """Let a worker do the job and return its answer. Raises ClientDisconnect where nobody waits for it."""
    run = request.app.state.pool.answer(partial(in_upload_temp_folder, work), job)
    answer = await unless_gone(request, run)
    request.state.observation.counted = answer.counted
    return respond(request.app, answer)
