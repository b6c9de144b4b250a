"""Columns of words: what is not understood is counted, in pieces as in one."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.own_names import with_own_names
from app.options import RunOptions
from app.readers.values.vocabulary import NAV_STATUSES, classes, coded, words_not_understood
from app.readers.values.words import folded, said_of, together
from app.reading import gathered
from detectors.tracks.codes import AisClass

HEAD = "mmsi,time,lat,lon,ship_type,nav_status,class\n"


def rows(*kinds):
    return "".join(f"44000000{n},2024-01-01T00:00:0{n}Z,38,124,{kind}\n" for n, kind in enumerate(kinds, 1))


def test_words_that_are_not_understood_are_told_with_their_rows(read):
    batch = read(
        HEAD + rows("Dhow,Moored,A", "Dhow,At anchor,Class B", "Tanker,Asleep,ClassB", "Felucca,5,SART")
    )
    assert batch.not_understood == {"ship_type": {"Dhow": 2, "Felucca": 1}, "nav_status": {"Asleep": 1}}
    _, rest = gathered([batch], RunOptions(), ())
    assert "ship_type: 2 words not understood (3 rows): Dhow, Felucca" in rest.read.warnings
    assert with_own_names([batch])[1] == ()


def test_known_words_numbers_and_gaps_are_not_told(read):
    batch = read(
        HEAD + rows("Cargo,0,A", "70,Under way using engine,B", ",,", "Undefined,Unknown value,Base Station")
    )
    assert batch.not_understood == {}


@pytest.mark.parametrize("text", ["{}", "Class {}", "Class{}", "AIS {}", "class_{}", "ais class {}"])
def test_words_for_classes(text):
    column = pl.Series([text.format("A"), text.format("b"), "C"])
    assert classes(column).tolist() == [AisClass.A, AisClass.B, AisClass.UNKNOWN]


def test_statuses_as_providers_write_them():
    texts = [
        "Underway Using Engine",
        "UNDER_WAY_USING_ENGINE",
        "At Anchor",
        "Restricted Manoeuvrability",
        "Moored.",
    ]
    assert coded(pl.Series(texts), NAV_STATUSES).tolist() == [0, 0, 1, 3, 5]


@given(st.lists(st.sampled_from(["Dhow", "Sloop", "Tanker", "70", None]), max_size=30), st.integers(0, 30))
def test_pieces_count_as_the_whole(words, cut):
    def strange(part):
        return words_not_understood(pl.DataFrame({"ship_type": pl.Series(part, dtype=pl.String)}))

    assert together([strange(words[:cut]), strange(words[cut:])]) == strange(words)


@given(st.lists(st.text("abcdefgh", min_size=1)), st.sampled_from(["_", " ", "/", " - ", "."]))
def test_folding_leaves_words_parted_by_one_blank(words, sign):
    assert folded(sign.join(words).upper()) == " ".join(words)


def test_only_some_words_are_shown():
    said = said_of("ship_type", dict.fromkeys("abcde", 1))
    assert said == "ship_type: 5 words not understood (5 rows): a, b, c, ..."
