"""Events as FollowTheMoney entities, one a line: for the databases of sanctions teams."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from app.outputs.flat import narrow_row, one_line

if TYPE_CHECKING:
    from app.outputs.flat import Collection

Entity = dict[str, Any]

ID_DIGITS = 16

ROLE = "its AIS reports are evidence of the event"
CAUTION = (
    "Found by software in AIS reports, which may be wrong or forged; it proves nothing. Read the reasons."
)


def ftm(collection: Collection) -> bytes:
    """Return a Vessel for each identity, an Event for each event, and an UnknownLink between the two.

    Identifiers do not change from run to run, so a later run updates what an earlier one gave. A vessel is an
    MMSI with the IMO number that it declared: two hulls that share an MMSI do not become one.
    """
    vessels: dict[str, Entity] = {}
    others: list[Entity] = []
    for feature in collection["features"]:
        event = _event(feature)
        others.append(event)
        for declared in feature["properties"]["vessels"]:
            vessel = _vessel(declared)
            _add(vessels.setdefault(vessel["id"], vessel), vessel)
            others.append(_link(vessel, event))
    lines = (json.dumps(entity, ensure_ascii=False) for entity in [*vessels.values(), *others])
    return "".join(f"{line}\n" for line in lines).encode()


def _vessel(vessel: dict[str, Any]) -> Entity:
    imo = vessel["imo"]
    return _entity(
        "Vessel",
        f"{vessel['id']}|{imo}",
        name=_name(vessel),
        mmsi=vessel["mmsi"],
        imoNumber=f"IMO{imo}" if imo else None,
        callSign=vessel["callsign"],
        flag=vessel["flag"].lower() if vessel["flag"] else None,
        type=vessel["ship_type_text"],
        notes=_list_match(vessel["listed"]),
    )


def _name(vessel: dict[str, Any]) -> str:
    """Return the name of a vessel; its identifier where it has none with a letter or a digit."""
    name = vessel["name"] or ""
    if any(character.isalnum() for character in name):
        return str(name)
    return f"MMSI {vessel['id']}" if vessel["mmsi"] else f"track {vessel['id']}"


def _list_match(listed: dict[str, Any] | None) -> str | None:
    if listed is None:
        return None
    return f"matches {listed['entry']} ({listed['list_name']}) by {listed['matched_by']}"


def _event(feature: dict[str, Any]) -> Entity:
    properties, row = feature["properties"], narrow_row(feature)
    label = properties["label"]
    return _entity(
        "Event",
        feature["id"],
        name=f"Possible {label[0].lower()}{label[1:]}",
        **_dates(properties),
        location=f"latitude {row['lat']}, longitude {row['lon']}",
        summary=properties["summary"],
        description="; ".join(f"{r['text']} ({r['weight']:+.2f})" for r in properties["reasons"]),
        notes=CAUTION,
        recordId=feature["id"],
        keywords=properties["kind"],
        publisher=properties["software"],
    )


def _link(vessel: Entity, event: Entity) -> Entity:
    ids = {"subject": vessel["id"], "object": event["id"]}
    dates = {name: dates[0] for name, dates in event["properties"].items() if name.endswith("Date")}
    return _entity("UnknownLink", "|".join(ids.values()), **ids, role=ROLE, **dates)


def _dates(properties: dict[str, Any]) -> dict[str, str]:
    """Return begin and end to the second, without a zone (all are UTC): with Z, seconds would be lost."""
    times = {"startDate": properties["start"], "endDate": properties["end"]}
    return {name: time[: len("2024-03-01T08:00:00")] for name, time in times.items() if time}


def _entity(schema: str, identity: str, **values: object) -> Entity:
    """Return an entity; what is not known is left out, and texts are on one line."""
    texts = {name: one_line(str(value)) for name, value in values.items() if value}
    digest = hashlib.sha256(identity.encode()).hexdigest()[:ID_DIGITS]
    return {
        "id": f"darkwake-{schema.lower()}-{digest}",
        "schema": schema,
        "properties": {name: [text] for name, text in texts.items() if text},
    }


def _add(entity: Entity, other: Entity) -> None:
    """Add what another event says of the same vessel."""
    for name, values in other["properties"].items():
        known = entity["properties"].setdefault(name, [])
        known += [value for value in values if value not in known]
