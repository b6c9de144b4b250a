"""Names of fishing gear and buoys, and names of ships that look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.vessels.gear import is_gear_name


@pytest.mark.parametrize(
    "name",
    ["NET 85%", "BUOY-12V", "X-3-12.4V", "NET MARK", "GILL NET", "net_buoy 7", "FISHING NET 3",
     "LU RONG 7-98%", "YU 4 11.8 V", "DRIFT NET 12", "BUOY"],
)  # fmt: skip
def test_gear(name):
    assert is_gear_name(name)


@pytest.mark.parametrize(
    "name",
    ["BUOY TENDER 3", "LADY JOHNET", "HENRY V", "JANET", "LINE", "MARKER", "DRIFT", "VOLVO 7", "KUM SAN 12",
     "FISHING 3", "MV 12 VEGA", "NETTIE", "", None],
)  # fmt: skip
def test_ships(name):
    assert not is_gear_name(name)


@given(st.integers(0, 100), st.sampled_from(["LU RONG", "ZHE 12", "A"]), st.sampled_from(["%", " %"]))
def test_the_charge_of_a_battery_tells_whatever_the_name(charge, name, sign):
    assert is_gear_name(f"{name}-{charge}{sign}")
    assert is_gear_name(f"{name}-{charge}{sign}".lower())
