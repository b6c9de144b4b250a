"""A named tuple that changes compiles the loops that take it again."""

from typing import NamedTuple

from detectors.kernels.encounters import candidate_pairs as pairs
from detectors.kernels.encounters import rules as meeting_rules
from detectors.kernels.satellite import cuts
from detectors.kernels.tracks import fixes
from detectors.kernels.tracks import segments as hulls
from geodata.jit import _bundles, bundle, fingerprint


def of(fields):
    """Return the digest of a loop that takes a named tuple of these fields."""
    bundle(NamedTuple("Widths", [(name, float) for name in fields]))

    def loop(given: "Widths") -> float:  # noqa: F821 - a name, as loops have it that import it for types alone
        return given.beam_m

    digest = fingerprint(loop)
    del _bundles["Widths"]
    return digest


def test_fields_that_change_their_places_are_noticed():
    assert of(("beam_m", "length_m")) == of(("beam_m", "length_m"))
    assert of(("beam_m", "length_m")) != of(("length_m", "beam_m"))


def test_every_named_tuple_of_the_kernels_is_marked():
    classes = {
        name
        for module in (cuts, fixes, hulls, meeting_rules, pairs)
        for name, value in vars(module).items()
        if isinstance(value, type) and hasattr(value, "_fields")
    }
    assert classes <= _bundles.keys()
    assert len(classes) >= 10
