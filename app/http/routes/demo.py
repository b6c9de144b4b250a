"""The demo story, to download and to send back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv

router = APIRouter(tags=["demo"])


@router.get(
    "/demo/tracks.csv",
    operation_id="getDemoTracks",
    summary="A track file to try",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "Simulated tracks of six vessels"}},
)
def get_demo_tracks() -> Response:
    """Return the demo story's tracks: a transfer, a dark period, and vessels that only pass."""
    headers = {"Content-Disposition": 'attachment; filename="darkwake-demo.csv"'}
    return Response(tracks_csv(load_story("demo")), headers=headers, media_type="text/csv")
