"""A small model of traffic that tests share, and scenes judged by it."""

from dataclasses import replace
from functools import cache

import numpy as np

from detectors.behaviour.behaviour import Behaviour
from detectors.behaviour.features import FEATURES
from detectors.behaviour.field import WaterField
from detectors.behaviour.history import CLASSES, History
from detectors.behaviour.training import train

NOWHERE = WaterField(np.array([0]), np.array([9], np.int32), *(np.ones(1, np.float32) for _ in range(3)))
"""Traffic of one cell at the South Pole: all other water is unknown."""

CONSTANT = {
    "slow_night_share": np.nan,
    "shore_distance_log10_km": np.nan,
    "rare_water_share": 1.0,
    "off_speed_kn": np.nan,
    "off_lane_share": np.nan,
}


def lying_still(count=1500, seed=1):
    """Windows of ships that lie still for half a day and report steadily."""
    rng = np.random.default_rng(seed)
    windows = np.abs(rng.normal(0, 0.1, (count, len(FEATURES))))
    for name, value in {"stopped_share": 1.0, "slow_share": 0.0, **CONSTANT}.items():
        windows[:, FEATURES.index(name)] = value
    for name in ("reports_vs_own_log10", "reports_vs_neighbours_log10", "silence_vs_neighbours_log10"):
        windows[:, FEATURES.index(name)] = rng.normal(0, 0.2, count)
    windows[:, FEATURES.index("turning_deg_per_h")] = rng.uniform(0, 40, count)
    return windows


@cache
def still_water():
    """A model of them, as a user would have learnt it: whoever sails is unusual."""
    windows = lying_still()
    classes = np.full(len(windows), CLASSES.index("unknown"))
    about = {"sha256": "test", "origin": "own traffic", "vessels": 30, "start": "", "end": ""}
    return train(History(windows, classes, NOWHERE), about)


def judged(scene, model=None):
    """The scene with a model beside it."""
    behaviour = Behaviour(scene.tracks, scene.world, model or still_water())
    return replace(scene, behaviour=behaviour)
