"""Which column of a file holds what: our names, and those that others use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALIASES: dict[str, tuple[str, ...]] = {
    "mmsi": ("mmsi", "ssvid", "userid", "sourcemmsi", "mmsinumber", "shipmmsi"),
    "own_id": ("vesselid", "trackid", "id", "track", "vessel", "entityid", "trajectoryid"),
    "time": (
        "timestamp",
        "basedatetime",
        "datetimeutc",
        "timeutc",
        "msgtime",
        "datetime",
        "time",
        "send",
        "sent",
        "t",
        "postime",
        "tspos",
        "timestamputc",
        "utc",
        "date",
        "received",
        "receivedat",
        "rxtime",
        "toa",
        "epoch",
        "unixtime",
    ),
    "lat": ("lat", "latitude", "latdeg", "latitudedeg", "y", "ypos"),
    "lon": ("lon", "lng", "long", "longitude", "londeg", "longitudedeg", "x", "xpos"),
    "sog": ("sog", "sogkn", "speedoverground", "speed", "speedkn", "speedknots"),
    "cog": ("cog", "cogdeg", "courseoverground", "course", "track"),
    "heading": ("heading", "headingdeg", "trueheading", "hdg", "th"),
    "nav_status": (
        "navstatus",
        "navigationalstatus",
        "navigationstatus",
        "navstat",
        "status",
        "nav",
    ),
    "msg_type": ("msgtype", "messageid", "messagetype", "messagenr", "msgid", "messagenumber"),
    "receiver": ("collectiontype", "receiver", "dsrc", "src", "source", "receivertype"),
    "imo": ("imo", "imonumber", "imonr", "imono"),
    "name": ("vesselname", "shipname", "name"),
    "callsign": ("callsign",),
    "flag": ("flag", "flagcode", "flagcountry"),
    "ship_type": (
        "shiptype",
        "vesseltype",
        "shipandcargotype",
        "typeofshipandcargo",
        "category",
    ),
    "length_m": ("length", "lengthm", "vessellength", "loa"),
    "beam_m": ("width", "beam", "beamm", "breadth", "vesselwidth"),
    "to_bow_m": ("tobow", "dimensiontobow", "dimbow"),
    "to_stern_m": ("tostern", "dimensiontostern", "dimstern"),
    "to_port_m": ("toport", "dimensiontoport", "dimport"),
    "to_starboard_m": ("tostarboard", "dimensiontostarboard", "dimstarboard"),
    "draught_m": ("draught", "draft", "draughtm", "maximumstaticdraught"),
    "destination": ("destination", "dest"),
    "ais_class": ("aisclass", "transceiverclass", "transceiver", "class", "typeofmobile"),
}
"""Names without case and punctuation, the most specific first; one column serves one purpose."""

NEEDED = ("time", "lat", "lon")
"""Without these no row is a position report."""


def plain(name: str) -> str:
    """Return a column name without case and punctuation.

    >>> plain("# Base_Date Time")
    'basedatetime'
    """
    return re.sub(r"[^a-z0-9]", "", name.lower())


def resolve(header: Sequence[str], pinned: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return the column number of each of our names that the header serves.

    `pinned` maps our names to the file's own, for a layout that is known.

    >>> resolve(["MMSI", "Lat", "Lon", "Time"])
    {'mmsi': 0, 'time': 3, 'lat': 1, 'lon': 2}
    """
    found: dict[str, int] = {}
    names = [plain(name) for name in header]
    wanted = {ours: (plain(theirs),) for ours, theirs in (pinned or {}).items()}
    for ours, aliases in ({**wanted, **{k: v for k, v in ALIASES.items() if k not in wanted}}).items():
        places = [names.index(alias) for alias in aliases if alias in names]
        free = [place for place in places if place not in found.values()]
        if free:
            found[ours] = free[0]
    return found
