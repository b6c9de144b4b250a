"""The decoder against pyais, field by field, on payloads of random bits."""

import numpy as np
import polars as pl
import pytest
from pyais.bit_vector import bit_vector
from pyais.messages import MSG_CLASS

from app.readers.base.faults import no_faults
from app.readers.nmea.decode import decoded
from app.readers.nmea.fields import FIELDS, PARTS
from app.readers.nmea.messages import Messages

ARMOUR = bytes([*range(48, 88), *range(96, 120)]).decode()
FULL_BITS = {1: 168, 2: 168, 3: 168, 5: 424, 18: 168, 19: 312, 24: 168, 27: 96}
THEIRS = {
    "sog": "speed",
    "cog": "course",
    "nav_status": "status",
    "name": "shipname",
    "to_bow_m": "to_bow",
    "to_stern_m": "to_stern",
    "to_port_m": "to_port",
    "to_starboard_m": "to_starboard",
    "draught_m": "draught",
}
PER_KIND = 400


def messages(payloads, fill_bits=None):
    count = len(payloads)
    return Messages(
        payload=pl.Series(payloads, dtype=pl.String),
        fill_bits=np.array(fill_bits or [0] * count, dtype=np.uint8),
        line=np.arange(count),
        time_s=np.zeros(count),
        clock_s=np.full(count, np.nan),
        receiver=np.zeros(count, np.uint8),
        is_unchecked=np.zeros(count, bool),
        faults=no_faults(count),
    )


def random_payloads(kind, count, seed=7):
    msg_type, part = divmod(kind, PARTS)
    rng = np.random.default_rng(seed + kind)
    sixes = rng.integers(0, 64, (count, -(-FULL_BITS[msg_type] // 6)))
    sixes[:, 0] = msg_type
    if msg_type == 24:
        sixes[:, 6] = sixes[:, 6] & 0b110011 | part << 2
    return ["".join(ARMOUR[six] for six in row) for row in sixes]


def oracle(payload, fill_bits=0):
    vector = bit_vector(payload.encode(), fill_bits)
    values = MSG_CLASS[vector.get(0, 6)].from_vector(vector).asdict(enum_as_int=True)
    ship_type = {5: 232, 19: 263, 24: 40}.get(values["msg_type"])
    if "ship_type" in values:  # pyais makes 0 of the reserved ones
        values["ship_type"] = vector.get(ship_type, 8)
    return values


def as_ours(name, value, msg_type):
    if msg_type == 27 and (name, value) in (("sog", 63), ("cog", 511)):
        return None
    return ended(value) if isinstance(value, str) else value


def ended(text):
    """Cut at the first @, the end mark of M.1371; pyais keeps what noise stands behind it."""
    return text.split("@")[0].strip()


def assert_same(ours, theirs, msg_type):
    for name in ("mmsi", "msg_type", *(field.name for field in FIELDS_OF[msg_type])):
        expected = as_ours(name, theirs.get(THEIRS.get(name, name)), msg_type)
        got = ours[name]
        if isinstance(expected, float | int):
            assert got == pytest.approx(expected, abs=1e-6), name
        elif isinstance(got, str):
            assert got.strip() == (expected or "").strip(), name
        else:
            assert got == expected, name


FIELDS_OF = {kind // PARTS: fields for kind, fields in FIELDS.items() if kind != 24 * PARTS + 1}


@pytest.mark.parametrize("kind", [kind for kind in FIELDS if kind // PARTS != 24])
def test_every_field_of_random_payloads(kind):
    payloads = random_payloads(kind, PER_KIND)
    frame = decoded(messages(payloads))
    for ours, payload in zip(frame.iter_rows(named=True), payloads, strict=True):
        assert_same(ours, oracle(payload), kind // PARTS)


@pytest.mark.parametrize("kind", [24 * PARTS, 24 * PARTS + 1])
def test_both_parts_of_type_24(kind):
    payloads = random_payloads(kind, PER_KIND)
    frame = decoded(messages(payloads))
    for ours, payload in zip(frame.iter_rows(named=True), payloads, strict=True):
        theirs = oracle(payload)
        assert ours["mmsi"] == theirs["mmsi"]
        if kind % PARTS == 0:
            assert ours["name"] == ended(theirs["shipname"])
        elif str(ours["mmsi"]).startswith("98"):
            continue
        else:
            assert ours["callsign"] == ended(theirs["callsign"])
            assert ours["ship_type"] == theirs["ship_type"]
            assert ours["to_starboard_m"] == theirs["to_starboard"]


def test_all_types_mixed_in_one_column():
    payloads = [p for kind in FIELDS if kind != 97 for p in random_payloads(kind, 20)]
    order = np.random.default_rng(1).permutation(len(payloads))
    payloads = [payloads[i] for i in order]
    frame = decoded(messages(payloads))
    for ours, payload in zip(frame.iter_rows(named=True), payloads, strict=True):
        assert_same(ours, oracle(payload), int(ours["msg_type"]))


@pytest.mark.parametrize("kind", FIELDS)
def test_a_cut_message_gives_only_what_is_wholly_there(kind):
    (payload,) = random_payloads(kind, 1)
    whole = decoded(messages([payload])).row(0, named=True)
    cuts = [(payload[:length], fill) for length in range(len(payload)) for fill in range(6)]
    batch = messages([p for p, _ in cuts], [f for _, f in cuts])
    for (text, fill), row in zip(cuts, decoded(batch).iter_rows(named=True), strict=True):
        bits = len(text) * 6 - fill
        for field in FIELDS[kind]:
            if hasattr(field, "width"):
                is_there = bits >= max(field.start + field.width, 40)
                assert row[field.name] == (whole[field.name] if is_there else None)
            elif row[field.name]:
                assert whole[field.name].startswith(row[field.name])
    assert (batch.faults[[6 * len(p) - f < 38 for p, f in cuts]] > 0).all()


def test_payloads_that_are_none():
    batch = messages(["", "w", "1~", "0" * 28, "w" * 28, "H" + "0" * 5 + ";" + "0" * 21])
    decoded(batch)
    assert (batch.faults > 0).all()


def test_no_messages_at_all():
    assert len(decoded(messages([]))) == 0
