"""The desk in a real browser: read, choose evidence, decide by mouse."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn

from newsdigest.demo.play import played
from newsdigest.desk.app import desk_app
from newsdigest.review.review import User
from newsdigest.settings import Settings
from newsdigest.store.sql import SqlStore
from newsdigest.wiring import source_names, system_clock

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, SqlStore]]:
    settings = Settings(root=tmp_path_factory.mktemp("browser"))
    with played(settings) as (bureau, _):
        now = datetime(2025, 11, 26, tzinfo=UTC)
        bureau.store.save_user(User(name="tanaka", roles=("ja", "en"), created=now), by="test", at=now)
        app = desk_app(bureau.store, system_clock(), settings.zone, source_names(list(bureau.sources.values())))
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", bureau.store
        server.should_exit = True
        thread.join(10)


def test_an_editor_reads_and_decides_by_mouse(desk: tuple[str, SqlStore]) -> None:
    from playwright.sync_api import sync_playwright

    address, store = desk
    draft = store.queue()[0].draft
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/?lang=ja")
        page.click(f'a[href^="/drafts/{draft}"]')
        page.click(".half .cite >> nth=0")
        assert page.locator("li:target mark").count() == 1
        page.fill('input[name="reason"]', "出典をもう一つ")
        page.select_option('select[name="rendition"]', "ja")
        page.click('button[value="request_changes"]')
        page.wait_for_url("**/drafts/**")
        assert "差し戻し" in page.inner_text(".half .state >> nth=0")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()
    assert said == []
    review = store.review(draft)
    assert (review.ja, review.en) == ("changes_requested", "queued")
    assert review.decisions[-1].reason == "出典をもう一つ"
