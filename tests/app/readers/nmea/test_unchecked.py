"""Sentences without a checksum are read where they are whole and sensible, and told of."""

import pytest
from accounting import counts
from hypothesis import given
from hypothesis import strategies as st
from pyais import encode_dict

from app.readers import ReadOptions, read_file
from app.readers.nmea.bits import ARMOUR
from app.readers.nmea.unchecked import READ_UNCHECKED

EPOCH = 1_709_524_920
KINDS = [
    {"msg_type": 1}, {"msg_type": 3}, {"msg_type": 18}, {"msg_type": 19, "shipname": "X"},
    {"msg_type": 5, "shipname": "WOLMI"}, {"msg_type": 27}, {"msg_type": 24, "partno": 0, "shipname": "X"},
    {"msg_type": 24, "partno": 1, "callsign": "P7"},
]  # fmt: skip


def bare(**fields):
    lines = encode_dict({"msg_type": 1, "mmsi": 440000001, "lon": 124.25, "lat": 38.5, **fields})
    return "\n".join(f"{EPOCH};{line.partition('*')[0]}" for line in lines)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_whole_messages_are_read_and_counted(read, kind):
    batch = read(bare(**kind))
    assert len(batch.reports) + batch.static_rows == batch.rows == 1
    assert READ_UNCHECKED.format(count="1") in batch.warnings


@pytest.mark.parametrize("ending", ["", ",rx1", " # note", '",7', "\r"])
def test_what_may_stand_behind(read, ending):
    assert len(read(bare() + ending).reports) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (bare() + "*", "not_a_sentence"),
        (bare() + "*7", "not_a_sentence"),
        (bare() + "x", "not_a_sentence"),
        (bare() + "*00", "bad_checksum"),
        (bare()[:-2], "not_a_sentence"),
        (bare()[:-6] + ",0", "bad_checksum"),
        (bare(heading=400), "bad_checksum"),
        (bare(lon=200), "bad_checksum"),
        (bare(mmsi=0), "bad_checksum"),
    ],
)
def test_what_is_broken_stays_broken(read, line, reason):
    batch = read(f"{line}\n{bare()}")
    assert counts(batch) == {reason: 1}


def test_a_checksum_makes_odd_values_those_of_the_sender(read):
    (line,) = encode_dict({"msg_type": 1, "mmsi": 440000001, "lon": 124.25, "lat": 38.5, "heading": 400})
    batch = read(f"{EPOCH};{line}")
    assert (len(batch.reports), batch.warnings) == (1, ())


def test_a_message_in_two_parts_is_unchecked_where_one_of_them_is(read):
    first, second = encode_dict({"msg_type": 5, "mmsi": 440000001, "shipname": "WOLMI"})
    batch = read(f"{EPOCH};{first}\n{second.partition('*')[0]}")
    assert (batch.static_rows, READ_UNCHECKED.format(count="1") in batch.warnings) == (1, True)


@given(st.integers(0, 27), st.integers(1, 5))
def test_a_cut_payload_is_never_read(tmp_path_factory, cut, more):
    path = tmp_path_factory.mktemp("x") / "f"
    payload = bare().split(",")[5]
    assert len(payload) == 28
    lines = [bare().replace(payload, payload[:cut]), bare().replace(payload, payload + "0" * more), bare()]
    path.write_text("\n".join(lines))
    (batch,) = read_file(path, options=ReadOptions())
    assert len(batch.reports) == 1
    assert ARMOUR[ord("0")] == 0
