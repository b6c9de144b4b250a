"""Pages for people: where to go, and the interactive documentation without any outside request."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from fastapi import FastAPI

router = APIRouter(include_in_schema=False)

STATIC = Path(str(resources.files("app.http").joinpath("static")))


def mount_static(app: FastAPI) -> None:
    """Serve the vendored files."""
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


@router.get("/docs")
async def get_docs(request: Request) -> HTMLResponse:
    """Return Swagger UI from vendored files; no validator, no fonts, no favicon from elsewhere."""
    root = request.scope.get("root_path", "").rstrip("/")
    base = f"{root}/static/swagger-ui"
    return get_swagger_ui_html(
        openapi_url=f"{root}/openapi.json",
        title="Darkwake",
        swagger_js_url=f"{base}/swagger-ui-bundle.js",
        swagger_css_url=f"{base}/swagger-ui.css",
        swagger_favicon_url=f"{base}/favicon-32x32.png",
        swagger_ui_parameters={"validatorUrl": None, "defaultModelsExpandDepth": -1},
    )


@router.get("/")
async def get_start() -> HTMLResponse:
    """Return the start page."""
    return HTMLResponse((STATIC / "start.html").read_text(encoding="utf-8"))
