"""The ASGI entry point: `uvicorn api:app`."""

from app.http.service import create_app

app = create_app()
