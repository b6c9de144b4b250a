"""Options of the command line, made from the same fields as those of the routes."""

from __future__ import annotations

import inspect
import re
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_origin

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

FIELD = re.compile(r"`([a-z_]+)`")

FLAGS = {"with_reach": ("--with-reach",), "wide": ("--wide",)}
"""Switches that have no opposite."""

HELP = {"area": "Where events are reported: dprk, all, or a file of polygons (GeoJSON, GeoPackage)"}
"""Help texts that differ on the command line: a request sends the file along instead."""


def in_cli_words(text: str) -> str:
    """Return a message with options as the command line has them: the core names fields, as requests do.

    >>> in_cli_words("say when with `time_base` (UTC)")
    'say when with --time-base (UTC)'
    """
    return FIELD.sub(lambda found: f"--{found[1].replace('_', '-')}", text)


def with_fields(fields: type[BaseModel]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each field of a class; it gets their values as `values`, by name."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def called(**given: Any) -> None:  # noqa: ANN401 - as typer calls commands
            values = {name: given.pop(name) for name in fields.model_fields}
            command(**given, values=values)

        parameters = inspect.signature(command, eval_str=True).parameters.values()
        kept = [
            each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters if each.name != "values"
        ]
        declared = [_option(name, field) for name, field in fields.model_fields.items()]
        called.__signature__ = inspect.Signature([*kept, *declared])  # type: ignore[attr-defined]
        return called

    return decorate


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    option = typer.Option(*FLAGS.get(name, ()), help=HELP.get(name, field.description))
    # A choice is checked with the other values, whose messages list what exists.
    type_ = str if get_origin(field.annotation) is Literal else field.annotation
    annotation = Annotated[type_, option]  # type: ignore[valid-type]
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=annotation
    )
