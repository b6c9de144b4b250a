"""Call every route through a client that was generated from the contract, and be understood.

`python tests/e2e/generated_client.py FOLDER URL`, where FOLDER holds the package `dwclient` that
openapi-python-client made of URL/openapi.json. The generator wants another typer: it needs its own Python.
"""

from __future__ import annotations

import io
import sys

sys.path.insert(0, sys.argv[1])

from dwclient import Client
from dwclient.api.demo import get_demo_tracks
from dwclient.api.detection import post_detect, post_inspect, post_tracks
from dwclient.api.health import get_health, get_metrics, get_readiness, get_version
from dwclient.api.thresholds import get_detectors, get_layers
from dwclient.api.vessels import post_vessel_profile
from dwclient.models import (
    DetectRequest,
    EventCollection,
    Inspection,
    PostInspectFilesBody,
    PostTracksFilesBody,
    PostVesselProfileFilesBody,
    ProblemOut,
    Track,
    TrackPosition,
    TrackVessel,
    VesselProfile,
)
from dwclient.types import File


def main() -> None:
    """Call each route once, with an error among them."""
    with Client(base_url=sys.argv[2], raise_on_unexpected_status=True, timeout=300.0) as client:
        for route in (get_health, get_readiness, get_version, get_metrics, get_detectors, get_layers):
            assert route.sync_detailed(client=client).status_code == 200, route
        demo = get_demo_tracks.sync_detailed(client=client).content

        def file() -> File:
            return File(io.BytesIO(demo), "demo.csv", "text/csv")

        events = post_tracks.sync(client=client, body=PostTracksFilesBody(file=file()))
        assert isinstance(events, EventCollection), events
        assert {event.properties.kind for event in events.features} == {"sts_transfer", "dark_period"}
        told = post_inspect.sync(client=client, body=PostInspectFilesBody(file=file()))
        assert isinstance(told, Inspection), told
        assert told.files[0].columns[0].read_as == "mmsi", told
        mmsi = str(events.features[0].properties.vessels[0]["mmsi"])
        body = PostVesselProfileFilesBody(file=file())
        profile = post_vessel_profile.sync(client=client, body=body, mmsi=mmsi)
        assert isinstance(profile, VesselProfile), profile
        unknown = post_vessel_profile.sync(
            client=client, body=PostVesselProfileFilesBody(file=file()), mmsi="100000001"
        )
        assert isinstance(unknown, ProblemOut), unknown
        assert unknown.status == 404
        position = TrackPosition(time="2024-03-01T14:00:00Z", lon=124.0, lat=38.0)
        track = Track(vessel=TrackVessel(mmsi=667999001), positions=[position])
        assert isinstance(
            post_detect.sync(client=client, body=DetectRequest(tracks=[track])), EventCollection
        )


if __name__ == "__main__":
    main()
