import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from shopadmin.views.errors import csrf_failure

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
        html = render_to_string(f"{name}.html")
    assert html.count("<h1") == 1
    assert '<html lang="en">' in html
    assert "<script" not in html


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
    assert "Please go back, reload the page" in html


def test_a_form_without_its_token_is_refused(strict, store):
    response = strict.post("/language/", {"language": "nl"})
    assert response.status_code == 403
    assert "This form was open for too long" in response.content.decode()


def test_an_address_with_a_nul_byte_is_a_bad_request(client, store):
    response = client.get("/?q=%00")
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()
