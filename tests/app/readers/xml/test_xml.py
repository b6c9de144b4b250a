"""GPX and KML: safely parsed, named as their makers named them."""

import pytest
import writers
from accounting import counts

from app.readers import ReadError
from detectors.tracks.reports import vessel_key

POINT = '<trkpt lat="38.5" lon="124.25"><time>2024-01-01T00:00:00Z</time></trkpt>'


def gpx(inner):
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1">{inner}</gpx>'


def test_a_gpx_track_goes_by_its_name_or_the_file(read):
    named = gpx(f"<trk><name>Patrol</name><trkseg>{POINT}</trkseg></trk>")
    batch = read(named)
    assert batch.own_ids == {vessel_key("Patrol"): "Patrol"}
    assert any("names no MMSI" in warning for warning in batch.warnings)
    batch = read(gpx(f"<trk><trkseg>{POINT}</trkseg></trk>" * 2), name="boat.gpx")
    assert sorted(batch.own_ids.values()) == ["boat.gpx", "boat.gpx #2"]


def test_gpx_points_without_time_or_place_are_counted(read):
    inner = POINT + '<trkpt lat="38" lon="124"/>' + "<trkpt/>" + POINT.replace("38.5", "north")
    batch = read(gpx(f"<trk><trkseg>{inner}</trkseg></trk>"))
    assert counts(batch) == {"no_time": 2, "bad_position": 1}


def test_kml_folders_name_their_points(read):
    mark = (
        "<Placemark><name>12:30</name><TimeStamp><when>2024-01-01T00:00:00Z</when></TimeStamp>"
        "<Point><coordinates>124.25,38.5</coordinates></Point></Placemark>"
    )
    batch = read(f"<kml><Document><Folder><name>Wolmi</name>{mark * 3}</Folder></Document></kml>")
    assert batch.own_ids == {vessel_key("Wolmi"): "Wolmi"}
    assert len(batch.reports) == 3


def test_each_track_of_one_name_has_a_key_of_its_own(read):
    two = f"<trk><name>ACTIVE LOG</name><trkseg>{POINT}</trkseg></trk>" * 2
    batch = read(gpx(two))
    assert list(batch.own_ids.values()) == ["ACTIVE LOG"] * 2
    assert len(set(batch.reports.vessel.tolist())) == 2


def test_titles_that_points_share_name_their_vessels(read):
    point = (
        "<Placemark><name>{}</name><TimeStamp><when>2024-01-01T00:0{}:00Z</when></TimeStamp>"
        "<Point><coordinates>124.25,38.5</coordinates></Point></Placemark>"
    )
    marks = "".join(point.format(name, minute) for minute in range(3) for name in ("Wolmi", "Hana"))
    text = f"<kml><Folder><name>AIS</name>{marks}</Folder></kml>"
    assert set(read(text).own_ids.values()) == {"Wolmi", "Hana"}
    broken = read(text.removesuffix("</Folder></kml>"))
    assert set(broken.own_ids.values()) == {"Wolmi", "Hana"}


def test_a_kml_track_whose_title_says_nothing_goes_by_its_folder(read):
    track = (
        "<Placemark><name>{}</name><Track><when>2024-01-01T00:00:00Z</when><coord>124 38</coord></Track>"
        "</Placemark>"
    )
    batch = read(
        f"<kml><Folder><name>Wolmi</name>{track.format('Track 1')}{track.format('Hana')}</Folder></kml>"
    )
    assert list(batch.own_ids.values()) == ["Wolmi", "Hana"]


def test_what_one_placemark_says_is_not_said_of_the_next(read):
    point = (
        "<TimeStamp><when>2024-01-01T00:00:00Z</when></TimeStamp>"
        "<Point><coordinates>124.25,38.5</coordinates></Point>"
    )
    said = "<ExtendedData><Data name='mmsi'><value>440000001</value></Data></ExtendedData>"
    marks = f"<Placemark>{said}{point}</Placemark><Placemark>{point}</Placemark>"
    batch = read(f"<kml><Document><name>Wolmi</name>{marks}</Document></kml>")
    assert batch.reports.vessel.tolist() == [440000001, vessel_key("Wolmi")]


def test_kml_lines_without_time_are_counted(read):
    line = "<LineString><coordinates>124,38 125,38,0</coordinates></LineString>"
    batch = read(f"<kml><Placemark><name>route</name>{line}</Placemark></kml>")
    assert counts(batch) == {"no_time": 2}


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(read):
    text = writers.gpx()
    batch = read(text[: text.rindex("<trkpt")])
    assert 0 < len(batch.reports) < 28
    assert counts(batch) == {"not_a_record": 1}
    assert any("read as far as it went" in warning for warning in batch.warnings)


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE gpx>",
        '<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE gpx SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(read, prolog):
    with pytest.raises(ReadError, match="refused: a document type or entity declaration"):
        read(prolog + gpx(f"<trk><trkseg>{POINT}</trkseg></trk>"))


def test_bottomless_nesting_is_refused(read):
    with pytest.raises(ReadError, match="nested deeper"):
        read(gpx("<a>" * 100_000))


@pytest.mark.parametrize("text", ["<gpx/>", "<kml></kml>", "<gpx", "<kml><Placemark/></kml>"])
def test_files_without_points_are_told(read, text):
    with pytest.raises(ReadError, match="without any track point"):
        read(text)


def test_records_in_xml_that_breaks_off_and_unsafe_ones(read):
    text = writers.marinetraffic_xml()
    batch = read(text[: text.rindex("<row")])
    assert (len(batch.reports), counts(batch)) == (27, {"not_a_record": 1})
    with pytest.raises(ReadError, match="refused"):
        read(text.replace("<POS>", "<!DOCTYPE POS><POS>"))
    with pytest.raises(ReadError, match="not valid XML"):
        read("<a><mmsi><</a>")


def test_other_xml_is_no_track(read):
    with pytest.raises(ReadError, match="no track format is recognised"):
        read('<?xml version="1.0"?><html><body/></html>')
