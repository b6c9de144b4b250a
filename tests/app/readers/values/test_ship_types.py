"""Words for ship types, as the common sources write them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.values.ship_type_words import ROWS
from app.readers.values.ship_types import SHIP_TYPES, code_of, ship_types, unknown_types


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Oil Products Tanker", 80), ("Crude Oil Tanker", 80), ("Oil/Chemical Tanker", 80),
        ("LPG Tanker", 80), ("Bunkering Tanker", 80), ("Bulk Carrier", 70), ("General Cargo", 70),
        ("Container Ship (Fully Cellular)", 70), ("Reefer", 70), ("Pilot Vessel", 50), ("PORT_TENDER", 53),
        ("Fish Carrier", 70), ("Trawler", 30), ("Squid Jigger", 30), ("Ro-Ro", 70), ("Vehicles Carrier", 70),
        ("Pleasure Craft/Sailing", 37), ("Tug Tow", 52), ("drifting_longlines", 30), ("ANTI-POLLUTION", 54),
        ("Cargo - Hazard A (Major)", 71), ("Tanker, Hazardous category D", 84), ("HSC - Hazard B", 42),
        ("Tanker, all ships of this type", 80), ("Passenger, No additional information", 60),
        ("Towing: length exceeds 200m or breadth exceeds 25m", 32), ("Law Enforce", 55), ("WIG", 20),
        ("A13B2TP", 80), ("A33A2CC", 70), ("A36A2PR", 60), ("B11A2FS", 30), ("B32A2ST", 52),
        ("Wine Tanker", 80), ("Medical Trans", 58), ("Ships of no type", None), ("Dhow", None),
        ("Carrier pigeon", None), ("Gear", None), ("Tank", None), ("A", None),
    ],
)  # fmt: skip
def test_words_of_the_common_sources(word, code):
    assert code_of(word) == code


def test_every_word_has_one_code():
    words = [word for words in ROWS.values() for word in words.split(";")]
    assert len(words) == len(SHIP_TYPES) > 120


@given(st.sampled_from(sorted(SHIP_TYPES)), st.sampled_from([" ", "_", "-", "/", " - "]), st.booleans())
def test_case_signs_and_plurals_change_nothing(word, sign, is_upper):
    last = word + "s" * (len(word.split()[-1]) > 2 and not word.endswith("s"))
    for text in (word.replace(" ", sign), last):
        assert code_of(text.upper() if is_upper else text.title()) == SHIP_TYPES[word]


@given(st.text(max_size=40))
def test_any_text_gives_a_code_of_ais_or_none(text):
    code = code_of(text)
    assert code is None or 20 <= code <= 99


def test_numbers_and_missing_words_are_no_strange_words():
    column = pl.Series(["70", "Dhow", "Dhow", "Tanker", None, "unknown", "Sloop"])
    assert unknown_types(column) == {"Dhow": 2, "Sloop": 1}
    assert ship_types(column).tolist()[:1] == [70.0]
    assert unknown_types(pl.Series([70, 80])) == {}
