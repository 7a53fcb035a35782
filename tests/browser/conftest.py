"""Chromium on a live server; a page that logs an error, breaks the CSP or fails a request fails its test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Of a machine that does other things too; what is there is not waited for.
expect.set_options(timeout=20_000)
# A theme changes colours and nothing else: a second look at all the rest would double the time.
THEMES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
AXE = Axe().axe_script  # brought into the page once for both
OPTIONS = {"preload": False, "resultTypes": ["violations"]}

collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in the thread of the test, where Django then refuses the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def collected(tmp_path_factory) -> Path:
    """The static files of a shop. As sources they are sixty a page, which costs the browser most of its time."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", "--noinput", verbosity=0)
    return folder


@pytest.fixture(scope="session")
def live_server(collected) -> Iterator[LiveServer]:
    """Takes the place of pytest-django's, which serves sources; here our own middleware serves what was collected."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    with override_settings(STATIC_ROOT=collected, WHITENOISE_AUTOREFRESH=False, WHITENOISE_USE_FINDERS=False):
        server.start()
    yield server
    server.stop()


@pytest.fixture
def visit(chromium: Browser, live_server, collected, store, settings) -> Iterator[Callable[..., Page]]:
    """`visit(ines, "/account/", width=390, dark=True)`: a page as that person sees it; None is a stranger.

    What goes wrong in the page collects in `page.troubles` and fails the test at its end.
    """
    settings.STATIC_ROOT = collected
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    pages: list[Page] = []

    def open_page(person, path: str = "/", *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="en-GB",
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",  # what fades in has too little contrast half-way
        )
        if person is not None:
            context.add_cookies([session_of(person, live_server.url)])
        page = watched(context.new_page())
        page.with_scripts = scripts
        pages.append(page)
        page.goto(path)
        return page

    yield open_page
    troubles = [trouble for page in pages for trouble in page.troubles]
    for page in pages:
        page.context.close()
    assert troubles == []


@pytest.fixture
def ines(ines):
    """In a browser Ines reads English, so that pages read as the tests are written."""
    ines.language = "en"
    ines.save()
    return ines


@pytest.fixture
def walk(visit) -> Callable[[], Page]:
    """`walk()`: the browser of a stranger; with scripts on PostgreSQL and without them on SQLite."""
    return lambda: visit(None, "/", scripts=connection.vendor == "postgresql")


def session_of(person, url: str) -> dict[str, str]:
    """The cookie of somebody who is signed in."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def watched(page: Page) -> Page:
    """Collect in `page.troubles` whatever the browser complains of."""
    page.troubles = []

    def of_console(message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] != page.url:  # a page that is not there, on purpose
            page.troubles.append(f"{page.url}: {message.text}")

    def of_request(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left early
            page.troubles.append(f"{request.url}: {request.failure}")

    page.on("console", of_console)
    page.on("pageerror", lambda error: page.troubles.append(f"{page.url}: {error}"))
    page.on("requestfailed", of_request)
    return page


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """`accessible(page)`: axe finds nothing to complain of, in either theme.

    axe is a script itself: the walk without scripts leaves it to the walk with them.
    """

    def check(page: Page) -> None:
        if not page.with_scripts:
            return
        page.evaluate(AXE)
        for theme, rules in THEMES.items():
            page.emulate_media(color_scheme=theme)
            violations = page.evaluate("options => axe.run(options).then(found => found.violations)", OPTIONS | rules)
            found = [f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]
            assert found == [], f"{page.url}, {theme}"

    return check
