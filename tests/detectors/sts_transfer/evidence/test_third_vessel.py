"""Three ships side by side: the outer two met the one in the middle, not one another."""

import numpy as np
import pytest
from support import every, path, scene_of, still

from detectors import KIND_BY_NAME
from detectors.events.score import score
from detectors.presets import params_for
from detectors.sts_cluster.linker import link
from detectors.sts_cluster.params import ClusterParams
from detectors.sts_transfer.detector import detect
from detectors.sts_transfer.params import StsParams

TIMES = every(5, 0, 6)


def abreast(across_m, along_m=(0.0, 0.0, 0.0), bow=0.0, times=(TIMES, TIMES, TIMES)):
    """Ships 1, 2 and 3 that lie still, north of one another by `along_m` and east by `across_m`."""
    words = [{} if bow is None else {"heading_deg": np.full(len(t), bow)} for t in times]
    return [still(n + 1, times[n], across_m[n], along_m[n], **words[n]) for n in range(3)]


def thirds(parts, params=None):
    """Return by pair the share of the time a third lay between the two, and who."""
    found = detect(scene_of(*parts), params or StsParams()).findings
    return {
        (f.vessels[0] + 1, f.vessels[1] + 1): (
            f.measures["third_vessel_between_share"],
            f.measures["third_vessel"],
        )
        for f in found
    }


@pytest.mark.parametrize("bow", [0.0, 180.0, None])
def test_the_vessel_in_the_middle_is_reported_for_the_outer_two_alone(bow):
    told = thirds(abreast((-25.0, 0.0, 25.0), bow=bow))
    assert told == {(1, 2): (0.0, None), (2, 3): (0.0, None), (1, 3): (1.0, "2")}


def test_with_bows_it_is_the_centreline_that_counts_wherever_antennas_stand():
    """From the one in the middle both antennas lie ahead, 50 degrees apart, on either side of it."""
    assert thirds(abreast((-20.0, 0.0, 20.0), (45.0, 0.0, 45.0)))[1, 3] == (1.0, "2")
    assert thirds(abreast((-20.0, 0.0, 20.0), (45.0, 0.0, 45.0), bow=None))[1, 3] == (0.0, None)


def test_the_outer_one_of_three_lies_between_nobody():
    assert thirds(abreast((0.0, 25.0, 50.0)))[1, 2] == (0.0, None)
    assert thirds(abreast((0.0, 25.0, 50.0)))[2, 3] == (0.0, None)


def test_a_bow_that_is_a_few_metres_off_the_line_lies_to_no_side():
    """One ahead, one astern of the one in the middle: antennas 3 m to either side are noise."""
    assert thirds(abreast((-3.0, 0.0, 3.0), (60.0, 0.0, -60.0)))[1, 3] == (0.0, None)


def test_feeders_that_come_one_after_the_other_have_nobody_between_them():
    one, hub, other = every(5, 0, 2), TIMES, every(5, 2.2, 6)
    told = thirds(abreast((-25.0, 0.0, 25.0), times=(one, hub, other)))
    assert {share for share, _ in told.values()} == {0.0}


def test_one_who_joins_late_lay_between_for_the_time_they_share_only_if_it_is_long_enough():
    parts = abreast((-25.0, 0.0, 25.0), times=(TIMES, every(5, 4, 6), TIMES))
    assert thirds(parts)[1, 3] == (0.0, None)  # two hours of six
    few = params_for("default", {"sts_transfer": {"third_vessel.overlap_share": "0.2"}}).by_name[
        "sts_transfer"
    ]
    assert thirds(parts, few)[1, 3] == (pytest.approx(1 / 3, abs=0.01), "2")  # of the meeting


def test_two_who_close_up_when_the_one_between_them_has_gone_are_told_for_what_they_are():
    """The third vessel lies between for five hours of ten."""
    times = every(5, 0, 10)
    near = np.interp(times, [0, 5.2, 5.5, 10], [50.0, 50.0, 25.0, 25.0])
    one, hub = still(1, times), still(2, every(5, 0, 5.1), 25.0)
    share, _ = thirds([one, hub, path(3, times, near, 0 * times)])[1, 3]
    assert share == pytest.approx(0.51, abs=0.02)


def test_such_a_meeting_weighs_little_and_joins_no_cluster():
    scene = scene_of(*abreast((-25.0, 0.0, 25.0)))
    found = detect(scene, StsParams()).findings
    (cluster,) = link(scene, tuple(found), ClusterParams()).findings
    assert (cluster.measures["hub"], cluster.measures["encounters"], cluster.measures["segments"]) == (
        "2",
        2,
        3,
    )
    outer = next(f for f in found if f.vessels == (0, 2))
    (reason,) = (
        r
        for r in score(KIND_BY_NAME["sts_transfer"], outer.measures).reasons
        if r.name == "third_vessel_between_share"
    )
    assert reason.weight == -2.5
    assert reason.text == "2, which was near both meanwhile, lay between the two for 100% of the time"
    every_one = link(scene, tuple(found), ClusterParams(third_vessel_max_share=1.0)).findings
    assert every_one[0].measures["encounters"] == 3
