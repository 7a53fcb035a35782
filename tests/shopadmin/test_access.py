"""The way to the staff door."""

import pytest

pytestmark = [pytest.mark.usefixtures("store"), pytest.mark.any_database]
DOOR = "/backoffice/sign-in/"


def htmx(client, page="http://testserver/backoffice/customers/?type=business"):
    """What the search of a list asks for, in a page whose session has ended meanwhile."""
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    return client.get("/backoffice/customers/?type=business&q=ines", headers=headers)


def test_a_page_leads_there_and_back(client):
    response = client.get("/backoffice/customers/?type=business")
    assert response.url == f"{DOOR}?next=/backoffice/customers/%3Ftype%3Dbusiness"


def test_a_part_of_a_page_has_the_whole_page_go_there(client):
    response = htmx(client)
    assert (response.status_code, response.content) == (200, b"")
    assert response["HX-Redirect"] == f"{DOOR}?next=/backoffice/customers/%3Ftype%3Dbusiness"


def test_what_claims_to_be_a_page_elsewhere_leads_back_to_no_other_shop(client):
    response = htmx(client, "https://evil.example/backoffice/")
    assert response["HX-Redirect"].startswith(f"{DOOR}?next=/backoffice/customers/")
