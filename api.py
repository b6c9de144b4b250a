"""The ASGI entry point: `uvicorn api:app`."""

from app.service import create_app

app = create_app()
