import re

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from shopadmin.rendering.error_pages import csrf_failure, forbidden, not_found, too_many

pytestmark = pytest.mark.any_database
OWN = "http://testserver"


@pytest.fixture
def strict():
    """A browser whose forms are checked for their token."""
    return Client(enforce_csrf_checks=True)


def refused(origin: str) -> str:
    """The page after a form without a good token, sent from a page of `origin`."""
    typed = {"name": "<Ines>", "tag": ["a", "b"], "password1": "a long secret", "csrfmiddlewaretoken": "stale"}
    request = RequestFactory().post("/somewhere/?x=1", typed, HTTP_ORIGIN=origin)
    response = csrf_failure(request, "CSRF token incorrect")
    assert response.status_code == 403
    return response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_nothing_but_their_words(name, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        html = render_to_string(f"errors/{name}.jinja")
    assert html.count("<h1") == 1
    assert '<html lang="en">' in html
    assert "<script" not in html


def shell_of(page: str) -> list[str]:
    """What stands around the words of a page: its frame, a way past it, and the ways on."""
    marks = ['<nav class="menu"', '<header class="shop-head">', '<footer class="shop-foot">', 'class="skip']
    return [mark for mark in marks if mark in page] + re.findall(r'<a class="button" href="([^"]*)">', page)


OFFICE = ['<nav class="menu"', 'class="skip', "/backoffice/"]
SHOP = ['<header class="shop-head">', '<footer class="shop-foot">', 'class="skip', "/"]


def test_staff_keep_the_menu_and_a_way_back(client, sam, store):
    client.force_login(sam)
    missing, shut = client.get("/backoffice/customers/999999/"), client.get("/backoffice/settings/")
    assert (missing.status_code, shell_of(missing.content.decode())) == (404, OFFICE)
    assert (shut.status_code, shell_of(shut.content.decode())) == (403, OFFICE)
    assert "Back to dashboard" in shut.content.decode()


@pytest.mark.parametrize("path", ["/products/nothing/", "/backoffice/customers/1/", "/nothing/"])
def test_others_keep_the_head_and_foot_of_the_shop(path, as_ines):
    response = as_ines.get(path)
    assert (response.status_code, shell_of(response.content.decode())) == (404, SHOP)


@pytest.mark.parametrize(("path", "shell"), [("/cart/add/mug/", SHOP), ("/backoffice/customers/seen/", OFFICE)])
def test_an_address_that_only_takes_forms_says_so_in_the_frame(path, shell, as_mara):
    response = as_mara.get(path)
    page = response.content.decode()
    assert (response.status_code, response["Allow"], shell_of(page)) == (405, "POST", shell)
    assert "Page not found" in page


def test_a_form_sent_to_a_page_that_only_shows_something_is_answered_with_a_page(as_mara):
    response = as_mara.post("/backoffice/")
    assert (response.status_code, shell_of(response.content.decode())) == (405, OFFICE)


def test_a_part_of_a_page_gets_no_second_menu(as_mara):
    response = as_mara.get("/backoffice/customers/999999/", headers={"HX-Request": "true"})
    assert (response.status_code, shell_of(response.content.decode())) == (404, ["/"])


def test_a_form_without_its_token_keeps_the_frame(strict, mara, store):
    strict.force_login(mara)
    response = strict.post("/backoffice/settings/details/", {"name": "Other"})
    assert (response.status_code, shell_of(response.content.decode())) == (403, OFFICE)


def test_too_many_tries_keep_the_frame(client, ines, store):
    for _try in range(6):
        response = client.post("/account/sign-in/", {"login": ines.email, "password": "a wrong password"})
    assert (response.status_code, shell_of(response.content.decode())) == (429, SHOP)


@pytest.mark.parametrize("view", [forbidden, not_found, too_many])
def test_without_a_database_the_words_remain(view, rf):
    def unreachable():
        raise OperationalError("the server closed the connection")

    request = rf.get("/backoffice/")
    request.htmx, request.user, request.store = False, SimpleLazyObject(unreachable), SimpleLazyObject(unreachable)
    page = view(request).content.decode()
    assert (page.count("<h1"), shell_of(page)) == (1, ["/"])


AGAIN = {
    "en": "Wait a moment, go back and try again. If you were ordering, your order will not be placed twice.",
    "nl": "Wacht even, ga terug en probeer het opnieuw. Was je aan het "
    "bestellen? Je bestelling wordt niet twee keer geplaatst.",
    "de": "Bitte warten Sie einen Moment, gehen Sie zurück und versuchen Sie es noch einmal. Falls Sie "
    "gerade bestellt haben: Ihre Bestellung wird nicht doppelt aufgegeben.",
}


@pytest.mark.parametrize("language", AGAIN)
def test_after_an_error_of_ours_one_presses_again_and_orders_once(language):
    with translation.override(language):
        assert AGAIN[language] in render_to_string("errors/500.jinja")


def test_what_was_typed_can_be_sent_again():
    html = refused(OWN)
    assert '<form method="post" action="/somewhere/?x=1">' in html
    assert '<input type="hidden" name="name" value="&lt;Ines&gt;">' in html
    assert html.count('name="tag"') == 2
    assert 'name="csrfmiddlewaretoken"' in html


def test_a_password_is_never_written_into_a_page():
    assert "a long secret" not in refused(OWN)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_form_from_elsewhere_gets_no_button_that_sends_it(origin):
    html = refused(origin)
    assert "<form" not in html
    assert "Go back, reload the page and send the form again." in html


def test_a_form_without_its_token_is_refused(strict, store):
    response = strict.post("/language/", {"language": "nl"})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_an_address_with_a_nul_byte_is_a_bad_request(client, store):
    response = client.get("/?q=%00")
    assert response.status_code == 400
    assert "We could not process your request" in response.content.decode()
