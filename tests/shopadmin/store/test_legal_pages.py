import pytest

pytestmark = pytest.mark.any_database

PAGES = {
    "/privacy/": "privacy_policy",
    "/terms/": "terms",
    "/imprint/": "imprint",
    "/withdrawal/information/": "withdrawal_information",
}


@pytest.fixture
def publish(store):
    def publish(kind, texts):
        setattr(store, kind, texts)
        store.save()

    return publish


def shown(client, path, language="en"):
    response = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_text_is_shown_as_paragraphs_and_never_as_html(client, publish, path):
    publish(PAGES[path], {"": "We keep <b>little</b>.\n\nAnd not for long."})
    html = shown(client, path)
    assert "<p>We keep &lt;b&gt;little&lt;/b&gt;.</p>\n\n<p>And not for long.</p>" in html


def test_it_is_shown_in_the_language_of_the_visitor_else_in_the_first(client, publish):
    publish("terms", {"": "English terms", "nl": "Nederlandse voorwaarden"})
    assert "Nederlandse voorwaarden" in shown(client, "/terms/", "nl")
    assert "English terms" in shown(client, "/terms/", "de")


def test_a_link_is_shown_as_one(client, publish):
    publish("privacy_policy", {"": "https://shop.example/privacy?a=1&b=2"})
    assert '<a href="https://shop.example/privacy?a=1&amp;b=2">' in shown(client, "/privacy/")


def test_a_text_that_only_mentions_a_link_is_a_text(client, publish):
    publish("privacy_policy", {"": "https://shop.example says it all."})
    assert '<a href="https://shop.example' not in shown(client, "/privacy/")


def test_before_a_text_is_written_the_page_says_so(client, store):
    assert "The shop has not published this text yet." in shown(client, "/terms/")


def test_the_company_details_hold_what_the_settings_know(client, store):
    store.street, store.city, store.vat_number = "Oudegracht 214", "Utrecht", "NL004495445B01"
    store.save()
    html = shown(client, "/imprint/")
    assert "Veld &amp; Vorm<br>Oudegracht 214" in html
    assert "NL004495445B01" in html


def test_they_are_two_queries_for_whoever_passes_by(client, store, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        shown(client, "/privacy/")


def test_robots_leave_private_pages_alone(client, store):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /account/", "Disallow: /backoffice/", "Disallow: /order/"} <= set(lines)


def test_security_txt_says_whom_to_tell(client, store, settings):
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert (lines["Contact"], lines["Preferred-Languages"]) == ("mailto:shop@shop.example", "en, nl, de")
    assert lines["Canonical"] == "http://localhost:8000/.well-known/security.txt"
