"""An email on its page, as a browser shows it: its own styles, and nothing else that it brings along."""

import pytest
from playwright.sync_api import expect

from tests.factories import MailFactory

HOSTILE = """<!doctype html><html lang="en"><title>x</title><style>p { color: rgb(1, 2, 3) }</style>
<p id="words">Hello</p><script>document.title = top.document.title = "taken over"</script>
<img src="https://tracker.example/pixel.png" alt="" onerror="top.document.title = 'taken over'">
<form action="/language/" method="post" target="_top"><button>Send</button></form>
<a href="/" target="_top">Leave</a>"""


@pytest.mark.browser
@pytest.mark.any_database
def test_its_own_styles_are_all_that_works_in_it(visit, mara):
    page = visit(mara, f"/backoffice/mails/{MailFactory(html=HOSTILE).pk}/")
    refused = []
    page.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    page.reload()
    frame, address = page.frame_locator("iframe"), page.url
    expect(frame.locator("#words")).to_have_css("color", "rgb(1, 2, 3)")
    frame.get_by_role("button", name="Send").click()
    frame.get_by_role("link", name="Leave").click()
    assert (page.url, page.title().startswith("Your order")) == (address, True)
    # An icon that is still on its way when the page is loaded again was not refused.
    assert [one for one in refused if one[1] != "net::ERR_ABORTED"] == [("https://tracker.example/pixel.png", "csp")]
    page.troubles.clear()  # what the browser says of all that it refused


@pytest.mark.browser
@pytest.mark.any_database
@pytest.mark.parametrize("scripts", [True, False])
def test_its_text_is_a_choice_away_without_scripts_too(visit, mara, scripts):
    page = visit(mara, f"/backoffice/mails/{MailFactory().pk}/", scripts=scripts)
    text = page.locator("main p", has_text="Your parcel left us today.")
    expect(page.locator("iframe")).to_be_visible()
    expect(text).to_be_hidden()
    page.get_by_role("radio", name="HTML").press("ArrowRight")
    expect(page.get_by_role("radio", name="Text")).to_be_checked()
    expect(page.locator("iframe")).to_be_hidden()
    expect(text).to_be_visible()
