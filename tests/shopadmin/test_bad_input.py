"""Whatever a script sends is answered, and never with a server error."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("store")
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
NUL_IN_A_PART = '--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nn\0l\r\n--x--\r\n'


@pytest.fixture
def script():
    """A client that sees what a browser would."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("language=n%00l", FORM),
        ("%00=nl", FORM),
        ("language=nl", f"{FORM}; charset=utf-16"),
        ("language=nl", "multipart/form-data"),
        ("language=nl", "multipart/form-data; boundary=\x00"),
        (NUL_IN_A_PART, PARTS),
        ("&".join(f"field{n}=1" for n in range(501)), FORM),
        ("language=" + "n" * 1024 * 1024, FORM),
    ],
)
def test_a_body_that_no_form_of_ours_sends_is_refused(script, body, kind):
    response = script.post("/language/", body, content_type=kind)
    assert response.status_code == 400
    assert "We could not process your request" in response.content.decode()


@pytest.mark.parametrize(
    "body", ["language=%ff%fe", "language=%ed%a0%80&next=%ff", "language=" + "n" * 100_000, "\xff"]
)
def test_broken_letters_change_nothing(script, body):
    response = script.post("/language/", body, content_type=FORM)
    assert response.status_code == 302
    assert "language" not in response.cookies


def test_more_than_any_form_needs_is_not_even_read(script):
    response = script.post("/language/", "x", content_type="multipart/form-data", CONTENT_LENGTH=str(10**9))
    assert response.status_code == 413


@pytest.mark.parametrize("length", ["", "-1", "many", "٣"])
def test_a_length_that_is_none_is_nothing(script, length):
    assert script.post("/language/", "", content_type=FORM, CONTENT_LENGTH=length).status_code == 302


@pytest.mark.parametrize("path", ["/privacy/?q=%00", "/%00/", "/privacy/?%00"])
def test_a_nul_byte_in_an_address_is_refused(script, path):
    assert script.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/%ff%fe/", "/" + "x" * 5000 + "/", "/backoffice/mails/99999999999999999999999/"])
def test_addresses_of_nothing_are_not_found(script, path, as_mara):
    script.cookies = as_mara.cookies
    assert script.get(path).status_code == 404


@pytest.mark.parametrize("name", ["session", "csrf", "language"])
def test_a_nul_byte_in_a_cookie_is_refused(script, name):
    script.cookies[name] = "\0" * 32
    assert script.get("/privacy/").status_code == 400


@pytest.mark.parametrize("value", ["x" * 4000, "../../etc", "é", "nl\r\nSet-Cookie: a=b"])
def test_other_odd_cookies_are_ignored(script, value):
    for name in ("session", "csrf", "language"):
        script.cookies[name] = value
    assert script.get("/privacy/").status_code == 200


@pytest.mark.parametrize("wanted", ["x" * 10_000, "nl;q=many", "*", ",,;;", "é"])
def test_an_odd_wish_for_a_language_is_answered_in_the_first_of_the_shop(script, wanted):
    assert script.get("/privacy/", HTTP_ACCEPT_LANGUAGE=wanted)["Content-Language"] == "en"


def test_a_host_that_is_not_ours_is_refused_with_a_page(script):
    response = script.get("/privacy/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert "We could not process your request" in response.content.decode()
    assert "evil.example" not in response.content.decode()
