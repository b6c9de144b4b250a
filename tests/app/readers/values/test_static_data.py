"""What a vessel declared, from one file or from several."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.readers import read_file
from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports
from detectors.vessels.static_data import before_and_after

T0 = 1_709_251_200
HEAD = "mmsi,time,lat,lon,name,draught,destination\n"
SAID = st.tuples(
    st.sampled_from(["", "A"]), st.sampled_from(["", "6.0", "7.0"]), st.sampled_from(["", "X", "Y"])
)


def statics_of(parts):
    """Return the static reports of one vessel, read from files, as a run orders them."""
    batches = []
    with tempfile.TemporaryDirectory() as folder:
        for number, rows in enumerate(parts):
            path = Path(folder) / f"{number}.csv"
            path.write_text(HEAD + "".join(rows))
            batches += read_file(path)
    statics = [static for batch in batches for static in batch.statics]
    tracks, _ = make_tracks(Reports.concat([b.reports for b in batches]), statics)
    return next(iter(tracks.statics.values()), ())


@given(st.lists(SAID, min_size=4, max_size=9), st.data())
def test_it_does_not_matter_how_a_feed_is_cut_into_files(said, data):
    rows = [f"412000001,{T0 + 3600 * n},38,124,{','.join(words)}\n" for n, words in enumerate(said)]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1), max_size=3)))
    parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    whole, cut = statics_of([rows]), statics_of(parts)
    off = data.draw(st.integers(0, len(rows) - 2))
    on = data.draw(st.integers(off + 1, len(rows) - 1))
    before_s, after_s = T0 + 3600.0 * off, T0 + 3600.0 * on
    for name, column in (("draught_m", 1), ("destination", 2)):
        answer = before_and_after(whole, name, before_s, after_s, after_s)
        assert answer == before_and_after(cut, name, before_s, after_s, after_s)
        values = [
            None if not words[column] else float(words[1]) if column == 1 else words[2] for words in said
        ]
        declared = [v for v in values[: off + 1] if v is not None]
        again = [v for v in values[on:] if v is not None]
        assert answer == (declared[-1] if declared else None, again[0] if again else None)


def test_what_was_said_again_after_a_gap_is_known():
    rows = [f"412000001,{T0 + 3600 * h},38,124,A,6.0,BUSAN\n" for h in (0, 1, 2, 20, 21)]
    (static,) = statics_of([rows])
    assert (static.draught_until_s, static.destination_until_s) == (T0 + 75_600, T0 + 75_600)
    assert before_and_after([static], "draught_m", T0 + 7200, T0 + 72_000, T0 + 72_000) == (6.0, 6.0)
    (static,) = statics_of([rows[:3]])
    assert before_and_after([static], "draught_m", T0 + 7200, T0 + 72_000, T0 + 72_000) == (6.0, None)
