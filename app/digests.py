"""Hashes of all that decides what is flagged: each event carries that of its kind as `params_hash`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detectors import KIND_BY_NAME, KINDS
from detectors.core.params import digest
from detectors.events.score import BANDS
from detectors.presets import SHARED

if TYPE_CHECKING:
    from detectors.kind import Kind
    from detectors.presets import ParamSet
    from detectors.scene import Scene
    from detectors.vessels.watch_list import WatchList


def digests(params: ParamSet, scene: Scene, watch: WatchList) -> dict[str, str]:
    """Hash, for each kind, all that decides what is flagged and how it is weighed."""
    behaviour = scene.behaviour
    model = [behaviour.model.manifest["sha256"], behaviour.standing] if behaviour else None
    shared = [
        *(params.values(part.name) for part in SHARED),
        repr(BANDS),
        scene.world.digest(),
        repr(watch.entries),
        model,
        background_manifest(scene).get("sha256"),
    ]
    return {kind.name: digest([kind.name, *_decided_by(kind, params), *shared]) for kind in KINDS}


def _decided_by(kind: Kind[Any], params: ParamSet) -> list[object]:
    """Return the values and weights that decide a kind: its own, and those of the kinds that it builds on."""
    members = [part for name in kind.built_from for part in _decided_by(KIND_BY_NAME[name], params)]
    return [params.values(kind.name), kind.weights_digest, *map(params.values, kind.decided_by), *members]


def background_manifest(scene: Scene) -> dict[str, Any]:
    """Return what reception was judged by: the run's own traffic, and a background where there is one."""
    background = scene.reception.background if scene.reception else None
    return dict(background.manifest) if background else {"learnt_from": "the traffic of this run"}
