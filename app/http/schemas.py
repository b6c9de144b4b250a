"""Requests and answers as OpenAPI describes them. Tracks are checked row by row by the reader, not here."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.option_fields import Preset, Score, Sort, WithReach, about

Time = float | str


class DetectOptions(BaseModel):
    """Options of a run."""

    model_config = ConfigDict(extra="forbid")

    preset: Preset = "default"
    set: dict[str, dict[str, float | bool]] = Field(
        default_factory=dict,
        description="Parameters to change, by kind (or `tracks`, `reception`, `history`, `area`) and name",
        examples=[{"dark_period": {"gap_min_h": 12}}],
    )
    area: str | dict[str, Any] = Field(default="dprk", description="`dprk`, `all`, or a GeoJSON polygon")
    kinds: list[str] = Field(default_factory=list, description=about("kind"))
    min_score: Score = 0.0
    start: Time | None = Field(default=None, description=about("start"))
    end: Time | None = Field(default=None, description=about("end"))
    now: Time | None = Field(default=None, description=about("now"))
    time_base: Time | None = Field(default=None, description=about("time_base"))
    with_reach: WithReach = False
    sort: Sort = "score"
    watchlist: list[dict[str, Any]] = Field(
        default_factory=list,
        description="Rows with `imo`, `mmsi` or `name`, in addition to the packaged list",
    )


class TrackVessel(BaseModel):
    """Who sent a track: an MMSI, or an `id` where there is none."""

    model_config = ConfigDict(extra="allow")

    mmsi: int | None = Field(default=None, examples=[667999001])
    id: str | None = None
    imo: int | None = None
    name: str | None = None
    ship_type: int | None = Field(default=None, description="AIS ship type, 0 to 99")
    length_m: float | None = None


class TrackStatic(BaseModel):
    """Static data that a vessel declared at one time."""

    model_config = ConfigDict(extra="allow")

    time: Time
    name: str | None = None
    draught_m: float | None = None
    destination: str | None = None


class TrackPosition(BaseModel):
    """One position report: time (RFC 3339 or epoch seconds), degrees, knots."""

    time: Time
    lon: float
    lat: float
    sog: float | None = None
    cog: float | None = None
    heading: float | None = None
    nav_status: int | None = None
    receiver: str | int | None = None
    msg_type: int | None = None


class Track(BaseModel):
    """The reports of one vessel, in any order."""

    vessel: TrackVessel
    statics: list[TrackStatic] = Field(default_factory=list)
    positions: list[TrackPosition]


class DetectRequest(BaseModel):
    """Tracks in; events out; nothing stored."""

    tracks: list[Track]
    options: DetectOptions = Field(default_factory=DetectOptions)


def request_schemas() -> dict[str, Any]:
    """Return the JSON schemas that no route declares by a model, as OpenAPI components.

    `DetectRequest` with all that it refers to, and the problem documents.
    """
    schema = DetectRequest.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "DetectRequest": schema, "ProblemOut": ProblemOut.model_json_schema()}


class ReasonOut(BaseModel):
    """One measured fact with its weight in log-odds."""

    name: str
    value: float | str | bool | None
    unit: str
    threshold: float | None
    weight: float
    text: str


class EvidenceOut(BaseModel):
    """A report that the event rests on. It stays the same in whatever order files are given."""

    file: str = Field(description="As the report names it; members of an archive after a slash")
    row: int = Field(description="Which record of the file, from 1: a header is none")
    vessel: str = Field(description="Its MMSI, or the track's own identifier")
    time: str


class EventProperties(BaseModel):
    """Properties of an event. `score = sigmoid(score_prior + sum of the reasons' weights)`.

    `mmsi_1` to `flag_2` repeat what `vessels` holds of the first two, for tools that read no nested values.
    """

    label: str = Field(description="What a map writes beside the event: kind, score, vessels")
    kind: str
    start: str
    end: str | None = Field(description="null while it lasts")
    duration_h: float
    score: float
    score_prior: float
    band: Literal["low", "medium", "high"]
    mmsi_1: int | None
    imo_1: int | None
    name_1: str | None
    flag_1: str | None
    mmsi_2: int | None
    imo_2: int | None
    name_2: str | None
    flag_2: str | None
    vessels: list[dict[str, Any]]
    measures: dict[str, float | str | bool | None]
    reasons: list[ReasonOut]
    areas: list[str]
    members: list[str]
    part_of: list[str]
    summary: str
    evidence_rows: list[EvidenceOut]
    params_hash: str
    version: int
    software: str


class EventFeature(BaseModel):
    """One event as a GeoJSON Feature."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any]
    properties: EventProperties
    reach: dict[str, Any] | None = Field(default=None, description="Only when asked for with `with_reach`")


class EventCollectionOnly(BaseModel):
    """Events as a GeoJSON FeatureCollection."""

    type: Literal["FeatureCollection"]
    features: list[EventFeature]


class EventCollection(EventCollectionOnly):
    """Events as a GeoJSON FeatureCollection, with the report of the run."""

    report: dict[str, Any]


class ColumnOut(BaseModel):
    """One column of a file, or one field of its records."""

    name: str = Field(description="As the file calls it", examples=["SPEED_KNOTSx10"])
    read_as: str | None = Field(description="What it was read as; null: not used", examples=["sog_kn"])
    unit: str | None = Field(description="The unit in which the file has it", examples=["0.1 kn"])
    used_share: float | None = Field(
        ge=0.0, le=1.0, description="Share of the rows of which the value could be read"
    )
    example: str | None = Field(description="A value, as it stands in the file", examples=["104"])
    note: str | None = Field(description="What a user should know of it", examples=["converted"])


class FileOut(BaseModel):
    """One file: what it was recognised as, and how each column was understood."""

    name: str
    format: str = Field(examples=["csv"])
    rows: int
    positions: int
    encoding: str | None = Field(examples=["utf-8"])
    delimiter: str | None = Field(examples=[","])
    columns: list[ColumnOut]


class Inspection(BaseModel):
    """How track files were understood."""

    files: list[FileOut]
    format: str
    rows: int
    positions: int
    duplicates: int
    vessels: int
    start: str | None
    end: str | None
    rejects: list[dict[str, Any]] = Field(
        description="Rows that were not used: reason, count, cure, examples"
    )
    warnings: list[str]


class VesselProfile(BaseModel):
    """What the data hold of one MMSI (docs/definitions/vessel_profile.md). A profile has no score."""

    vessel: dict[str, Any] = Field(description="Static data declared at the end of the data")
    signs: dict[str, float | str | bool] = Field(description="Contradictions in the declared static data")
    identities: list[dict[str, Any]] = Field(description="Each different identity, from when to when")
    identities_more: int
    voyages: list[dict[str, Any]] = Field(description="Changes of draught and destination, as typed")
    voyages_more: int
    segments: list[dict[str, Any]] = Field(description="Segments of the MMSI: the part that each hull sent")
    calls: list[dict[str, Any]] = Field(description="Stops at ports and in the DPRK's territorial sea")
    companions: list[dict[str, Any]] = Field(description="Vessels that share events with it, most first")
    events: EventCollectionOnly
    report: dict[str, Any]


class ProblemOut(BaseModel):
    """An error (RFC 9457): what was wrong, where, and what would be right."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str = Field(default="", description="The same as in the header X-Request-ID")
