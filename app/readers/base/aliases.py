"""Which column of a file may hold what: our names, and those that others use."""

from __future__ import annotations

import re
import unicodedata

ALIASES: dict[str, tuple[str, ...]] = {
    "mmsi": ("mmsi", "ssvid", "userid", "sourcemmsi", "mmsinumber", "shipmmsi"),
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
        "positiontime",
        "tspos",
        "timestamputc",
        "utc",
        "date",
        "received",
        "receivedat",
        "rxtime",
        "rxuxtime",
        "toa",
        "seen",
        "lastseen",
        "epoch",
        "unixtime",
        "dateutc",
        "일시",
        "시각",
        "시간",
        "时间",
        "時間",
        "時刻",
        "日時",
        "время",
    ),
    "lat": ("lat", "latitude", "y", "ypos", "위도", "纬度", "緯度", "широта"),
    "lon": ("lon", "lng", "long", "longitude", "x", "xpos", "경도", "经度", "經度", "経度", "долгота"),
    "place": ("point", "position", "location", "coordinates", "wkt", "geometry", "geom", "thegeom", "shape"),
    "lat_side": ("ns", "northsouth", "nsindicator", "latns", "latdir", "lathemisphere", "latitudehemisphere"),
    "lon_side": ("ew", "eastwest", "ewindicator", "lonew", "londir", "lonhemisphere", "longitudehemisphere"),
    "sog": ("sog", "speedoverground", "speed", "속력", "속도", "航速", "速度", "速力", "скорость"),
    "cog": ("cog", "courseoverground", "course", "track", "침로", "航向", "針路", "курс"),
    "heading": ("heading", "trueheading", "hdg", "th", "hdt"),
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
    "imo": ("imo", "imonumber", "imonr", "imono", "shipimo", "vesselimo", "lrimoshipno"),
    "name": ("vesselname", "shipname", "name", "선명", "선박명", "船名", "название"),
    "callsign": ("callsign", "shipcallsign", "vesselcallsign"),
    "flag": ("flag", "flagcode", "flagcountry"),
    "ship_type": (
        "shiptype",
        "vesseltype",
        "shipandcargotype",
        "typeofshipandcargo",
        "vesselclass",
        "category",
        "typename",
        "type",
    ),
    "length_m": ("length", "vessellength", "shiplength", "loa", "lengthoverall"),
    "beam_m": ("width", "beam", "breadth", "vesselwidth", "shipwidth"),
    "to_bow_m": ("tobow", "dimensiontobow", "dimbow"),
    "to_stern_m": ("tostern", "dimensiontostern", "dimstern"),
    "to_port_m": ("toport", "dimensiontoport", "dimport"),
    "to_starboard_m": ("tostarboard", "dimensiontostarboard", "dimstarboard"),
    "draught_m": ("draught", "draft", "maximumstaticdraught", "currentdraught"),
    "destination": ("destination", "dest"),
    "ais_class": ("aisclass", "transceiverclass", "transceiver", "class", "typeofmobile"),
    "own_id": (
        "vesselid",
        "craftid",
        "shipid",
        "boatid",
        "platformid",
        "trajectoryid",
        "trackid",
        "entityid",
        "objectid",
        "id",
        "vessel",
        "ship",
        "craft",
        "boat",
        "track",
        "trajectory",
    ),
    "zone": ("tz", "timezone", "utcoffset", "gmtoffset", "timezoneoffset", "tzoffset", "zone"),
}
"""Names without case and punctuation, the most specific first; one column serves one purpose."""

NEEDED = ("time", "lat", "lon")
"""Without these no row is a position report."""


def plain(name: str) -> str:
    """Return a column name without case, punctuation and spaces; letters of any script stay.

    >>> plain("# Base_Date Time"), plain("경도 (deg)")
    ('basedatetime', '경도deg')
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).casefold())
