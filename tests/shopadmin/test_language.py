import pytest

from customers.models import Customer

pytestmark = [pytest.mark.usefixtures("store"), pytest.mark.any_database]


def language_of(response):
    return response["Content-Language"]


def test_a_chosen_language_is_kept_by_a_cookie_and_leads_back(client):
    response = client.post("/language/", {"language": "nl", "next": "/privacy/?q=1"})
    assert (response.status_code, response["Location"]) == (302, "/privacy/?q=1")
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("nl", True, "Lax")
    assert language_of(client.get("/privacy/")) == "nl"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""]
)
def test_it_leads_nowhere_else(client, elsewhere):
    assert client.post("/language/", {"language": "nl", "next": elsewhere})["Location"] == "/"


def test_opening_the_address_changes_nothing(client):
    assert "language" not in client.get("/language/?language=nl").cookies


def test_without_a_choice_it_is_the_language_of_who_is_signed_in(as_ines):
    assert language_of(as_ines.get("/privacy/", HTTP_ACCEPT_LANGUAGE="de")) == "nl"


def test_a_language_that_the_shop_switched_off_is_not_spoken_to_who_chose_it_before(client, store):
    client.cookies["language"] = "de"
    assert language_of(client.get("/privacy/")) == "de"
    store.languages = ["nl", "en"]
    store.save()
    assert language_of(client.get("/privacy/")) == "nl"


def test_staff_and_who_has_it_on_their_record_go_on_in_it(client, store, mara, ines):
    store.languages = ["en"]
    store.save()
    client.force_login(ines)
    assert language_of(client.get("/privacy/")) == "nl"
    client.force_login(mara)
    client.cookies["language"] = "de"
    assert language_of(client.get("/backoffice/")) == "de"


def test_then_what_the_browser_asks_for_if_the_shop_has_it(client, store):
    assert language_of(client.get("/privacy/", HTTP_ACCEPT_LANGUAGE="fr, de-AT;q=0.8")) == "de"
    store.languages = ["nl", "en"]
    store.save()
    assert language_of(client.get("/privacy/", HTTP_ACCEPT_LANGUAGE="de")) == "nl"


def test_the_backoffice_speaks_what_the_browser_asks_for_whatever_the_shop_speaks(client, store, mara):
    store.languages = ["nl", "en"]
    store.save()
    assert language_of(client.get("/backoffice/sign-in/", HTTP_ACCEPT_LANGUAGE="de")) == "de"
    Customer.objects.filter(pk=mara.pk).update(language="")
    client.force_login(mara)
    assert language_of(client.get("/backoffice/", HTTP_ACCEPT_LANGUAGE="de")) == "de"
