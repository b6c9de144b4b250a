"""What a user may ask of a run, declared once: command line and routes are made from these classes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

Preset = Annotated[Literal["default", "gfw"], Field(description="Named set of parameters")]
Score = Annotated[float, Field(ge=0.0, le=1.0, description="Least score to report, 0 to 1")]
Sort = Annotated[
    Literal["score", "start"],
    Field(description="Order of the events: score (highest first) or start (earliest first)"),
]
WithReach = Annotated[
    bool, Field(description="Give each gap the outline of all places that the vessel can have reached")
]


class ReadingFields(BaseModel):
    """How track files are meant where they do not say."""

    now: str | None = Field(
        default=None, description="Time up to which the data speak; default: the latest report"
    )
    time_base: str | None = Field(default=None, description="Receive date of raw AIS with seconds only")
    column: list[str] | None = Field(
        default=None, description="Which column holds what: OURS=THEIRS", examples=[["lat=breite"]]
    )
    day_first: bool | None = Field(default=None, description="How 03/04/2024 is meant where no row shows it")


class ReportingFields(BaseModel):
    """Which parameters a run uses, and which events are reported."""

    preset: Preset = "default"
    set: list[str] | None = Field(
        default=None,
        description="A parameter to change: KIND.PARAMETER=VALUE, any number of times",
        examples=[["dark_period.gap_min_h=12"]],
    )
    area: str = Field(default="dprk", description="Where events are reported: dprk or all")
    kind: list[str] | None = Field(default=None, description="Kinds to report; none: every kind")
    min_score: Score = 0.0
    start: str | None = Field(default=None, description="Report events that end at or after this time")
    end: str | None = Field(default=None, description="Report events that start at or before this time")
    with_reach: WithReach = False


class AnswerFields(BaseModel):
    """How an answer is laid out."""

    sort: Sort = "score"
    wide: bool = Field(
        default=False,
        description="CSV: a column for every measure and vessel (GeoPackage and Parquet always have them)",
    )


class RunFields(ReadingFields, AnswerFields, ReportingFields):
    """All options of a run; those that are asked for most come first."""


def about(name: str) -> str:
    """Return the description of a field of `RunFields`."""
    return RunFields.model_fields[name].description or ""
