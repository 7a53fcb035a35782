"""axe on every page there is, in both themes and at every width: `make axe`, by hand, since it takes a while.

No server runs: what the browser asks for is answered by the test's own client, within its transaction.
"""

from contextvars import copy_context
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from orders.setting_up import opening
from shopadmin.store.sections import sections
from tests.browser.conftest import watched
from tests.every_address import URLS
from tests.every_page import Visit, visit

__all__ = ["visit"]
pytestmark = pytest.mark.browser
HOST = "http://localhost"  # which a browser trusts without https
WIDTHS = (320, 390, 768, 1280, 1600)


def answered_by(there: Visit, browser: Browser) -> Page:
    """Return a page of a browser whose requests the client of the visit answers.

    Playwright calls back in a context of its own, in which Django would open another connection.
    """
    of_the_test = copy_context()

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        response = of_the_test.run(there.client.get, url.path + (f"?{url.query}" if url.query else ""))
        assert response.status_code == 200, url.path
        headers = {name: value for name, value in response.items() if name != "Location"}
        if "sandbox" in headers["Content-Security-Policy"]:
            del headers["Content-Security-Policy"]  # in a sandbox axe, a script too, would never end
        route.fulfill(status=response.status_code, headers=headers, body=response.getvalue())

    page = watched(browser.new_context(base_url=HOST, reduced_motion="reduce").new_page())
    page.with_scripts = True
    page.route("**/*", answer)
    return page


@pytest.fixture
def open_to_everybody(chromium, accessible):
    """`open_to_everybody(visit("cart"))`: axe finds nothing at any width, and nothing stands out of the screen."""

    def check(there: Visit) -> None:
        page = answered_by(there, chromium)
        page.goto(there.path)
        faults = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{width}: wider than the screen")
            try:
                accessible(page)
            except AssertionError as error:
                faults.append(f"{width}: {error}")
        page.context.close()
        assert faults + page.troubles == []

    return check


def is_page(there: Visit) -> bool:
    response = there.client.get(there.path)
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("name", URLS)
def test_every_page(name, visit, open_to_everybody):
    there = visit(name)
    if is_page(there):
        open_to_everybody(there)


@pytest.mark.parametrize("section", sections, ids=lambda section: section.slug)
def test_every_section_of_the_settings(section, as_mara, open_to_everybody):
    open_to_everybody(Visit(as_mara, section.url))


def test_a_shop_that_opens_soon(client, store, monkeypatch, open_to_everybody):
    monkeypatch.setattr(opening, "_was_open", False)
    open_to_everybody(Visit(client, "/"))
