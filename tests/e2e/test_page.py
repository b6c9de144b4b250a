"""The page at /docs in a real browser: upload the demo file, see events, ask nothing of the outside."""

import os
import shutil
from pathlib import Path

import pytest

from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.page,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield started
        started.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.asked = []
    page.failed = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.failed.append(str(error)))
    yield page
    page.close()


def test_a_newcomer_uploads_the_demo_file_and_sees_events(service, page, tmp_path):
    file = tmp_path / "darkwake-demo.csv"
    file.write_text(tracks_csv(load_story("demo")))
    page.goto(f"{service}/docs")
    operation = page.locator("#operations-detection-postTracks")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.locator("input[type=file]").first.set_input_files(str(file))
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    answer.wait_for(timeout=60_000)
    text = answer.inner_text()
    assert "200" in text
    assert "consistent with a ship-to-ship transfer" in text
    assert "not observed between" in text or "was not observed" in text
    assert [url for url in page.asked if not url.startswith((service, "data:", "blob:"))] == []
    assert page.failed == []
    if picture := os.environ.get("DARKWAKE_PICTURES"):
        answer.scroll_into_view_if_needed()
        page.screenshot(path=Path(picture) / "docs_page.png")


def test_the_json_example_runs_as_it_stands(service, page):
    page.goto(f"{service}/docs")
    operation = page.locator("#operations-detection-postDetect")
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    answer.wait_for(timeout=60_000)
    assert "sts_transfer" in answer.inner_text()


def test_the_start_page_leads_to_the_demo_file_and_the_docs(service, page):
    page.goto(service)
    assert page.title() == "Darkwake"
    with page.expect_download() as download:
        page.get_by_role("link", name="a demo track file").click()
    assert Path(download.value.path()).read_text().startswith("mmsi,timestamp")
    page.get_by_role("link", name="the interactive page").click()
    page.locator("#operations-detection-postTracks").wait_for()
    assert [url for url in page.asked if not url.startswith((service, "data:", "blob:"))] == []
