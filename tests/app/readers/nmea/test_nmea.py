"""Raw AIS in all the ways in which loggers write it."""

import numpy as np
import pytest
from accounting import counts
from pyais import encode_dict

from app.readers import ReadError
from app.readers.nmea import reader
from detectors.tracks.codes import AisClass, Receiver
from detectors.tracks.reports import COLUMNS

EPOCH = 1_704_067_200


def sentences(**fields):
    values = {"lon": 124.25, "lat": 38.5, "speed": 8.5, "course": 90.0, "heading": 91, "second": 7}
    return encode_dict({"msg_type": 1, "mmsi": 440000001, **values, **fields})


def checked(body):
    total = 0
    for char in body:
        total ^= ord(char)
    return f"{body}*{total:02X}"


def tag(body):
    return f"\\{checked(body)}\\"


POSITION = sentences()[0]
FIRST, SECOND = sentences(
    msg_type=5, shipname="WOLMI", imo=9393163, ship_type=80, draught=7.5, destination="NAMPO"
)


def times(batch):
    return batch.reports.time_s.tolist()


def test_a_tag_block_gives_time_and_receiver(read):
    batch = read(tag(f"s:terrestrial,c:{EPOCH}") + POSITION)
    assert batch.format == "nmea"
    assert times(batch) == [EPOCH]
    assert batch.reports.receiver.tolist() == [Receiver.TERRESTRIAL]
    assert batch.reports.vessel.tolist() == [440000001]
    assert batch.reports.lon_deg[0] == pytest.approx(124.25, abs=1e-6)
    assert batch.reports.msg_type.tolist() == [1]


def test_a_tag_block_in_milliseconds(read):
    assert times(read(tag(f"c:{EPOCH}500,T:2024-01-01 00.00.00") + POSITION)) == [EPOCH + 0.5]


def test_a_tag_block_on_a_line_of_its_own(read):
    assert times(read(tag("si:AISD") + "\n" + tag(f"c:{EPOCH}") + "\n" + POSITION)) == [EPOCH]


def test_a_gatehouse_line_before_the_message(read):
    line = "$PGHP,1,2024,1,1,0,0,0,250,219,,2190067,1,62*00"
    batch = read(f"{line}\n{POSITION}\n{line.replace(',0,0,0,', ',0,1,0,')}\n{POSITION}")
    assert times(batch) == [EPOCH + 0.25, EPOCH + 60.25]
    assert batch.reports.receiver.tolist() == [Receiver.TERRESTRIAL] * 2


def test_a_line_before_a_message_tells_of_that_message_only(read):
    line = "$PGHP,1,2024,1,1,0,0,0,250,219,,2190067,1,62*00"
    batch = read(f"{line}\n{POSITION}\n{POSITION}\n{tag(f'c:{EPOCH}')}\n{POSITION}\n{POSITION}")
    assert counts(batch) == {"no_time": 2}
    assert [e.line for e in batch.rejects.examples["no_time"]] == [3, 6]
    assert batch.reports.receiver.tolist() == [Receiver.TERRESTRIAL, Receiver.UNKNOWN]


def test_a_time_behind_the_checksum(read):
    batch = read(f"{POSITION},d-109,S2105,t050056.00,T56.13,r003669946,{EPOCH},{EPOCH + 9}")
    assert times(batch) == [EPOCH]
    assert batch.reports.receiver.tolist() == [Receiver.TERRESTRIAL]


@pytest.mark.parametrize(
    "prefix", ["2024-01-01T00:00:00;", "2024-01-01 00:00:00Z,", f"{EPOCH}\t", f"{EPOCH};"]
)
def test_a_time_in_front(read, prefix):
    assert times(read(prefix + POSITION)) == [EPOCH]


def test_marker_lines_tell_the_time_of_day(read):
    clocks = ["23:59:50", "23:59:59", "00:00:05", "00:01:00"]
    text = "\n".join(f"!DATE-TIME,{clock}\n{POSITION}" for clock in clocks)
    with pytest.raises(ReadError, match="`time_base`"):
        read(text)
    midnight = EPOCH + 86_400
    expected = [midnight - 10, midnight - 1, midnight + 5, midnight + 60]
    assert times(read(text, time_base_s=EPOCH + 5_000.0)) == expected


def test_a_number_in_front_that_is_no_time(read):
    batch = read(f"123;{POSITION}\n{EPOCH};{POSITION}")
    assert counts(batch) == {"no_time": 1}


def test_without_any_time_the_user_is_asked(read):
    with pytest.raises(ReadError, match="`time_base`"):
        read(POSITION)
    batch = read(POSITION + "\n" + sentences(second=60)[0], time_base_s=EPOCH + 30.0)
    assert times(batch) == [EPOCH + 7, EPOCH + 30]
    assert "2 messages had no time" in batch.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{tag(f'c:{EPOCH}')}{FIRST}\n{SECOND}",
        f"{tag(f'c:{EPOCH}')}{FIRST}{SECOND}",
        f"{tag(f'c:{EPOCH}')}{SECOND}\n{FIRST}",
        f"{tag(f's:a,c:{EPOCH}')}{FIRST}{SECOND}",
        f"{tag('s:a')}{tag(f'c:{EPOCH}')}{FIRST}\r\n{tag('s:a')}{SECOND}\r\n",
        f"{EPOCH} {FIRST} {SECOND}",
        f"{tag(f's:a,c:{EPOCH}')}{FIRST}\n{SECOND}",
        f"{tag(f'c:{EPOCH}')}{FIRST}\n{tag('s:a')}{SECOND}",
        f"{FIRST},{EPOCH}\n{SECOND},{EPOCH + 1}",
        f"{tag(f'g:1-2-77,s:a,c:{EPOCH}')}{FIRST}\n{tag('g:2-2-77')}{SECOND}",
        f"$PGHP,1,2024,1,1,0,0,0,0,219,,2190067,1,62*00\n{FIRST}\n{SECOND}",
    ],
)
def test_messages_of_two_parts(read, text):
    batch = read(text)
    assert (batch.rows, batch.static_rows) == (1, 1)
    (ship,) = batch.statics
    assert (ship.name, ship.imo, ship.destination, ship.time_s) == (
        "WOLMI",
        9393163,
        "NAMPO",
        EPOCH,
    )
    assert (ship.ship_type, ship.draught_m, ship.ais_class) == (80, 7.5, AisClass.A)


def test_parts_of_two_messages_interleaved(read):
    other = encode_dict({"msg_type": 5, "mmsi": 440000002, "shipname": "HAE"}, seq_id=4)
    mine = encode_dict({"msg_type": 5, "mmsi": 440000001, "shipname": "WOLMI"}, seq_id=3)
    time = tag(f"c:{EPOCH}")
    lines = [time + mine[0], time + other[0], other[1], mine[1]]
    batch = read("\n".join(lines))
    assert {s.vessel: s.name for s in batch.statics} == {440000001: "WOLMI", 440000002: "HAE"}


def test_parts_of_two_stations_with_the_same_number(read):
    other = encode_dict({"msg_type": 5, "mmsi": 440000002, "shipname": "HAE"})
    mine = encode_dict({"msg_type": 5, "mmsi": 440000001, "shipname": "WOLMI"})
    here, there = tag(f"s:here,c:{EPOCH}"), tag(f"s:there,c:{EPOCH}")
    batch = read("\n".join([here + mine[0], there + other[0], there + other[1], here + mine[1]]))
    assert {s.vessel: s.name for s in batch.statics} == {440000001: "WOLMI", 440000002: "HAE"}


def test_a_part_that_never_comes_is_counted(read):
    batch = read(f"{tag(f'c:{EPOCH}')}{FIRST}\n{tag(f'c:{EPOCH}')}{POSITION}\n{SECOND[:-4]}0*00")
    assert counts(batch) == {"bad_checksum": 1, "incomplete_multipart": 1}
    assert batch.rejects.examples["incomplete_multipart"][0].line == 1
    assert len(batch.reports) == 1


def test_a_used_sequence_number_starts_anew(read):
    time = tag(f"c:{EPOCH}")
    batch = read(f"{time}{FIRST}\n{time}{FIRST}\n{SECOND}")
    assert counts(batch) == {"incomplete_multipart": 1}
    assert batch.static_rows == 1


def test_many_first_parts_do_not_fill_the_memory(read):
    lines = [tag(f"g:1-2-{i},c:{EPOCH}") + FIRST for i in range(2_000)]
    assert counts(read("\n".join(lines))) == {"incomplete_multipart": 2_000}


def test_many_whole_messages_do_not_cost_one_that_waits(read):
    time = tag(f"c:{EPOCH}")
    pairs = [line for i in range(700) for line in (tag(f"g:1-2-{i}") + FIRST, tag(f"g:2-2-{i}") + SECOND)]
    batch = read("\n".join([time + POSITION, tag("g:1-2-x") + FIRST, *pairs, tag("g:2-2-x") + SECOND]))
    assert "incomplete_multipart" not in counts(batch)


def test_faulty_checksums_are_counted(read):
    good = tag(f"c:{EPOCH}") + POSITION
    broken = good[:-2] + ("00" if good[-2:] != "00" else "01")
    wrong_tag = good.replace(f"{EPOCH}", f"{EPOCH + 1}", 1)
    batch = read(f"{good}\n{broken}\n{wrong_tag}")
    assert counts(batch) == {"bad_checksum": 2}
    assert [e.line for e in batch.rejects.examples["bad_checksum"]] == [2, 3]


def test_what_is_no_sentence_is_counted_and_notes_are_passed(read):
    good = tag(f"c:{EPOCH}") + POSITION
    text = f"{good}\nhello\n!AIVDM,1,1,,A,33\n$PSTT,30A*6E\n# a note\n"
    assert counts(read(text)) == {"not_a_sentence": 2}


def test_payloads_that_cannot_be_decoded_are_counted(read):
    bodies = ["AIVDM,1,1,,A,,0", "AIVDM,1,1,,A,1~~~~,0", "AIVDM,1,1,,A,w000,0"]
    lines = [tag(f"c:{EPOCH}") + "!" + checked(body) for body in bodies]
    batch = read("\n".join(lines))
    assert batch.rejects.total == 3
    assert len(batch.reports) == 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"msg_type": 4, "mmsi": 2190067}, "base_station"),
        ({"msg_type": 9, "mmsi": 111219501}, "sar_aircraft"),
        ({"msg_type": 21, "mmsi": 992190001}, "aid_to_navigation"),
        ({"msg_type": 10, "mmsi": 440000001, "dest_mmsi": 5}, "no_position_message"),
        ({"msg_type": 1, "mmsi": 974000001}, "distress_beacon"),
    ],
)
def test_other_messages_are_set_aside_by_code(read, fields, reason):
    text = "\n".join(tag(f"c:{EPOCH}") + line for line in sentences(**fields))
    assert counts(read(text)) == {reason: 1}


def test_sentinels_of_a_message_are_unknown(read):
    blank = sentences(lon=181, lat=91, speed=102.3, course=360, heading=511)[0]
    half = sentences(speed=102.3, course=360, heading=511, status=15)[0]
    batch = read(f"{tag(f'c:{EPOCH}')}{blank}\n{tag(f'c:{EPOCH}')}{half}")
    assert counts(batch) == {"position_not_available": 1}
    assert np.isnan(batch.reports.sog_kn[0])
    assert np.isnan(batch.reports.cog_deg[0])
    assert np.isnan(batch.reports.heading_deg[0])


def test_class_b_and_long_range(read):
    lines = [
        *sentences(msg_type=18),
        *sentences(msg_type=27, speed=8, course=90),
        *encode_dict({"msg_type": 24, "partno": 0, "mmsi": 440000001, "shipname": "HAE"}),
        *encode_dict(
            {
                "msg_type": 24,
                "partno": 1,
                "mmsi": 440000001,
                "callsign": "P7",
                "to_bow": 8,
                "to_stern": 4,
                "to_port": 2,
                "to_starboard": 2,
            }
        ),
    ]
    batch = read("\n".join(tag(f"c:{EPOCH}") + line for line in lines))
    assert batch.reports.msg_type.tolist() == [18, 27]
    assert batch.reports.uncertainty_m.tolist() == [0.0, 93.0]
    assert batch.static_rows == 2
    assert {s.name for s in batch.statics} >= {"HAE"}
    assert {(s.callsign, s.length_m, s.beam_m) for s in batch.statics} >= {("P7", 12.0, 4.0)}
    assert {(s.antenna_ahead_m, s.antenna_abeam_m) for s in batch.statics} >= {(-2.0, 0.0)}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_messages_decoded_a_few_at_a_time_read_the_same(read, monkeypatch, count):
    lines = [POSITION, FIRST, SECOND, sentences(speed=0.1)[0], POSITION[:-1] + "0", sentences(lat=91)[0]]
    text = "\n".join(tag(f"c:{EPOCH + n}") + line for n, line in enumerate(lines))
    whole = read(text)
    monkeypatch.setattr(reader, "PIECE_MESSAGES", count)
    parts = read(text)
    assert counts(parts) == counts(whole)
    assert parts.rejects == whole.rejects
    assert (parts.statics, parts.warnings) == (whole.statics, whole.warnings)
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(parts.reports, name), getattr(whole.reports, name))
