"""axe on every page there is, in both themes and at every width: `make axe`, by hand, since it takes a while.

No server runs: what the browser asks for is answered by the test's own client, within its transaction.
"""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import watched
from tests.every_page import Visit, visit
from tests.test_every_url import URLS

__all__ = ["visit"]
pytestmark = pytest.mark.browser
HOST = "http://testserver"
WIDTHS = (320, 390, 768, 1280, 1600)


def answered_by(there: Visit, browser: Browser) -> Page:
    """Return a page of a browser whose requests the client of the visit answers."""

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        response = there.client.get(url.path + (f"?{url.query}" if url.query else ""))
        headers = {name: value for name, value in response.items() if name != "Location"}
        route.fulfill(status=response.status_code, headers=headers, body=response.getvalue())

    page = watched(browser.new_context(base_url=HOST, reduced_motion="reduce").new_page())
    page.with_scripts = True
    page.route("**/*", answer)
    return page


@pytest.mark.parametrize("name", URLS)
def test_it_is_open_to_everybody(name, visit, chromium, accessible):
    there = visit(name)
    if not is_page(there):
        return
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


def is_page(there: Visit) -> bool:
    response = there.client.get(there.path)
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")
