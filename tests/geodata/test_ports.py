"""Ports: the DPRK complete, positions with their error, the ROK's islands not counted north."""

from collections import Counter

import pytest

from geodata.ports import KINDS
from geodata.world import load_world

DPRK_MUST_HAVE = [
    "kp_nampo",
    "kp_songnim",
    "kp_taean",
    "kp_haeju",
    "kp_samcha_do",
    "kp_wonsan",
    "kp_hungnam",
    "kp_sinpo",
    "kp_riwon",
    "kp_tanchon",
    "kp_kimchaek",
    "kp_odaejin",
    "kp_chongjin",
    "kp_rajin",
    "kp_senbong",
    "kp_soktomyoji",
]


@pytest.fixture(scope="module")
def ports():
    return load_world().ports


def test_the_dprk_is_complete(ports):
    ours = {port.id for port in ports if port.country == "KP"}
    assert ours.issuperset(DPRK_MUST_HAVE)
    assert len(ours) >= 25


def test_every_port_says_how_good_it_is(ports):
    assert min(port.error_m for port in ports) >= 1000.0
    assert {port.kind for port in ports} <= set(KINDS)
    assert all(port.radius_m > 0 and port.source and port.name for port in ports)
    assert all(len(port.country) == 2 for port in ports)
    assert max(Counter(port.id for port in ports).values()) == 1


def test_harbours_of_the_northwest_islands_are_administered_by_the_rok(ports):
    for source in ("GEONAMES:11523618", "GEONAMES:11837318", "GEONAMES:11837320"):
        (country,) = {port.country for port in ports if source in port.source}
        assert country == "KR"


def test_one_place_is_listed_once(ports):
    world = load_world()
    berths = [port for port in ports if port.country == "KP" and port.kind == "port"]
    for port in berths:
        index = [i for i, other in enumerate(berths) if other is not port]
        others = [berths[i] for i in index]
        apart = world.__class__(port_index=type(world.port_index)(tuple(others))).nearest_ports(
            [port.lon], [port.lat]
        )
        assert apart.distance_m[0] > 3000.0, port.name


def test_the_nearest_port_off_nampo_is_named():
    nearest = load_world().nearest_ports([125.40], [38.71])
    assert nearest.port(0).id == "kp_nampo"
    assert nearest.distance_m[0] < 2000.0


def test_terminals_and_bunkering_anchorages_are_sourced_afloat_and_outside_dprk_waters(ports):
    world = load_world()
    special = [port for port in ports if port.kind in {"oil_terminal", "bunkering_anchorage"}]
    lon, lat = [port.lon for port in special], [port.lat for port in special]
    assert Counter(port.kind for port in special) == {"oil_terminal": 4, "bunkering_anchorage": 3}
    assert all(port.source for port in special)
    assert max(port.error_m for port in special) <= 4000.0
    assert not world.in_zone("dprk_territorial_sea", lon, lat).any()
    waiting = [port.kind == "bunkering_anchorage" for port in special]
    assert not world.on_land(lon, lat)[waiting].any()


def test_an_oil_terminal_is_not_lost_in_the_port_beside_it(ports):
    kinds = {port.id: port.kind for port in ports}
    assert kinds["kr_ulsan_sk_buoy"] == "oil_terminal"
    assert kinds["kr_ulsan_2"] == "port"
    assert kinds["cn_lon_shui_terminal"] == "oil_terminal"
