"""The list of shortcuts, and the switch for those of a single key."""

import pytest

from shopadmin.shortcuts.single_keys import COOKIE
from tests.shown_page import html_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
URL = "/backoffice/shortcuts/"
SWITCH = f"{URL}single-keys/"
GROUPS = ["Everywhere", "In lists", "On an order opened from the list"]
IN_DIALOG = {"HX-Request": "true"}


def is_on(response) -> list[str]:
    """What each place on the page says of single keys, once where all say the same."""
    return sorted(set(html_of(response).xpath("//@data-single-keys")))


def test_the_page_lists_them(as_mara):
    page = html_of(as_mara.get(URL))
    keys = {text_of(words): text_of(words.getprevious()) for words in page.xpath("//main//dd")}
    assert (keys["Search"], keys["Save the page"]) == ("/ or CtrlK", "CtrlS")
    assert [text_of(heading) for heading in page.xpath("//main//h2")] == GROUPS


def test_the_dialog_gets_the_list_alone(as_mara):
    part = html_of(as_mara.get(URL, headers=IN_DIALOG))
    assert (len(part.xpath("//h1")), [text_of(one) for one in part.xpath("//h3")]) == (0, GROUPS)


def test_single_keys_are_switched_off_and_on_again_on_every_page(as_mara):
    assert is_on(as_mara.get(URL)) == ["on"]
    response = as_mara.post(SWITCH, follow=True)
    assert (response.redirect_chain, is_on(response)) == ([(URL, 302)], ["off"])
    assert "Single-key shortcuts are off" in response.content.decode()
    assert is_on(as_mara.get("/backoffice/customers/")) == ["off"]
    assert is_on(as_mara.post(SWITCH, {"single_keys": "on"}, follow=True)) == ["on"]
    assert is_on(as_mara.get("/backoffice/customers/")) == ["on"]


def test_in_the_dialog_the_switch_answers_with_itself(as_mara):
    part = html_of(as_mara.post(SWITCH, headers=IN_DIALOG))
    assert (is_on_of(part), part.xpath("//input[@role='switch']/@checked")) == (["off"], [])
    assert is_on(as_mara.get(URL)) == ["off"]


def is_on_of(part) -> list[str]:
    return part.xpath("//@data-single-keys")


def test_the_choice_lasts_as_long_as_the_language(as_mara, settings):
    as_mara.post(SWITCH)
    cookie = as_mara.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        "off", settings.LANGUAGE_COOKIE_AGE, True, "Lax",
    )  # fmt: skip


def test_the_choice_of_one_browser_is_nobody_elses(as_mara, client, sam):
    as_mara.post(SWITCH)
    other = type(client)()
    other.force_login(sam)
    assert is_on(other.get(URL)) == ["on"]
