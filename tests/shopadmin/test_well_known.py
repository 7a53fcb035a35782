import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store"), pytest.mark.any_database]


def test_favicon_ico_leads_to_the_icon(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/favicon.svg")
    assert response["Cache-Control"] == "max-age=86400"
    assert client.get(response["Location"])["Content-Type"] == "image/svg+xml"


def test_password_managers_are_led_to_the_form(as_ines):
    response = as_ines.get("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, "/account/password/")
    assert as_ines.get(response["Location"]).status_code == 200


def test_who_is_not_signed_in_comes_there_after_signing_in(client):
    response = client.get("/.well-known/change-password", follow=True)
    assert response.redirect_chain[-1] == ("/account/sign-in/?next=/account/password/", 302)
