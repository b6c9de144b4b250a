"""Vessel identifiers: an MMSI however written, even a false one; else the track's own name."""

import polars as pl
import pytest

from app.readers.values.vessels import by_mmsi, by_own_id, one_vessel
from detectors.tracks.reports import vessel_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("440000001", 440000001),
        ("440000001.0", 440000001),
        ("4.45000101e8", 445000101),
        ("4.45000101E+08", 445000101),
        ("440000001,0", 440000001),
        ("440,000,001", 440000001),
        ("440.000.001", 440000001),
        ("440 000 001", 440000001),
        ('="440000001"', 440000001),
        ("MMSI 440000001", 440000001),
        ("urn:mrn:imo:mmsi:440000001", 440000001),
        (chr(92) + "N", 0),
        ("#N/A", 0),
        ("002190067", 2190067),
        ("7", 7),
        ("1234567890", 1234567890),
        ("123456789012345", 123456789012345),
        ("0", 0),
        ("", 0),
        ("None", 0),
        ("nan", 0),
    ],
)
def test_numbers_are_mmsis_and_nothing_is_nobody(text, key):
    assert by_mmsi(pl.Series([text])).key.tolist() == [key]


@pytest.mark.parametrize("text", ["Wolmi", "-5", "440.5", "1" * 16, "inf", "4.45e-8", "0x1A"])
def test_everything_else_is_a_name(text):
    vessels = by_mmsi(pl.Series([text, "440000001", text]))
    key = vessel_key(text)
    assert vessels.key.tolist() == [key, 440000001, key]
    assert vessels.own_ids == {key: text}


def test_own_ids_are_numbers_only_with_nine_digits():
    vessels = by_own_id(pl.Series(["440000001", "17", None]))
    assert vessels.key.tolist() == [440000001, vessel_key("17"), 0]


def test_typed_columns():
    assert by_mmsi(pl.Series([440000001, None])).key.tolist() == [440000001, 0]
    assert by_mmsi(pl.Series([440000001.0, float("nan")])).key.tolist() == [440000001, 0]
    assert by_mmsi(pl.Series([2**64 - 1], dtype=pl.UInt64)).key.tolist() == [0]
    assert by_mmsi(pl.Series([-5])).own_ids == {vessel_key("-5"): "-5"}


def test_one_vessel_for_a_whole_file():
    assert one_vessel("a.csv", 2).key.tolist() == [vessel_key("a.csv")] * 2


def test_names_keep_their_order_from_run_to_run():
    names = [f"boat {i}" for i in range(50)]
    assert list(by_own_id(pl.Series(names * 2)).own_ids.values()) == names


@pytest.mark.parametrize("text", ["4.41E+08", "4.4e8", "4.410001E+08", "9.9E+05"])
def test_digits_that_a_spreadsheet_rounded_name_nobody(text):
    vessels = by_mmsi(pl.Series([text, "441000101"]))
    assert (vessels.key.tolist(), vessels.is_bad.tolist()) == ([0, 441000101], [True, False])
    assert "digits" in (vessels.cure or "")
    assert "text" in vessels.cure


def test_a_32_bit_float_holds_no_mmsi_but_a_64_bit_float_does():
    narrow = by_mmsi(pl.Series([441000101.0, None], dtype=pl.Float32))
    assert (narrow.key.tolist(), narrow.is_bad.tolist()) == ([0, 0], [True, False])
    assert "digits" in (narrow.cure or "")
    assert by_mmsi(pl.Series([441000100.0, 441000101.0, None])).key.tolist() == [441000100, 441000101, 0]
