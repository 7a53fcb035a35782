"""Privacy: what people asked for, by when, and what was done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from customers.models import Customer, PrivacyRequest
from customers.models.privacy_request import months_after
from shopadmin.models import Mail
from tests.customers.privacy.requests.requests_lists import closed_requests, open_requests
from tests.factories import OrderFactory
from tests.shown_page import errors, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIST = "/backoffice/privacy/"


@pytest.fixture
def asked(ines):
    return PrivacyRequest.objects.create(customer=ines, remark="By phone")


def enter(client, **typed):
    """Write down a request as the form does."""
    return client.post(f"{LIST}add/", {"kind": "erasure", "received_on": str(timezone.localdate())} | typed)


def test_who_may_not_enter(client, otto, sam, rosa, asked, store):
    detail = f"{LIST}{asked.pk}/"
    assert client.get(LIST).url.startswith("/backoffice/sign-in/")
    client.force_login(otto)
    assert {client.get(path).status_code for path in (LIST, f"{LIST}add/", detail)} == {404}
    for person in (sam, rosa):
        client.force_login(person)
        assert client.get(detail).status_code == 200
        for verb in ("erasure", "done", "extend", "decline"):
            assert client.post(f"{detail}{verb}/", {"outcome": "x"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_open_requests_come_first_and_overdue_ones_are_marked(as_mara, asked, otto):
    today = timezone.localdate()
    late = PrivacyRequest.objects.create(customer=otto, due_on=today - timedelta(days=1))
    closed = PrivacyRequest.objects.create(customer=otto, state="done", due_on=today - timedelta(days=9))
    response = as_mara.get(LIST)
    assert open_requests(response) == [late.pk, asked.pk]
    assert closed_requests(response) == [closed.pk]
    assert "Overdue" in response.content.decode()


def test_without_any_the_page_says_what_it_is_for(as_mara):
    assert "No requests yet" in as_mara.get(LIST).content.decode()


def test_a_request_is_due_a_month_after_it_came(as_mara, ines):
    response = enter(as_mara, email=" INES@vandermeulen.example", remark="Mail")
    asked = PrivacyRequest.objects.get()
    assert response.url == f"{LIST}{asked.pk}/"
    assert (asked.customer, asked.remark, asked.is_open) == (ines, "Mail", True)
    assert 28 <= (asked.due_on - timezone.localdate()).days <= 31
    mail = Mail.objects.get(name="privacy_request")
    assert (mail.to, mail.customer) == ("merchant@shop.example", ines)
    assert f"/backoffice/privacy/{asked.pk}/" in mail.text


def test_the_month_begins_when_the_request_came_and_not_when_it_was_entered(as_mara, ines):
    came = timezone.localdate() - timedelta(days=9)
    enter(as_mara, email=ines.email, received_on=str(came))
    asked = PrivacyRequest.objects.get()
    assert (asked.received_on, asked.due_on) == (came, months_after(came, 1))


def test_a_day_to_come_is_refused_and_kept(as_mara, ines):
    day = str(timezone.localdate() + timedelta(days=1))
    page = enter(as_mara, email=ines.email, received_on=day)
    assert (errors(page), f'value="{day}"' in page.content.decode()) == (
        {"received_on": "Enter a date in the past."},
        True,
    )
    assert errors(enter(as_mara, email=ines.email, received_on="2019-03-01")) == {"received_on": "Check the year."}


def test_every_kind_can_be_entered_and_is_named_in_the_list(as_mara, ines):
    kinds = html_of(as_mara.get(f"{LIST}add/")).xpath("//input[@name='kind']/@value")
    for kind in kinds:
        enter(as_mara, email=ines.email, kind=kind)
    assert kinds == PrivacyRequest.Kind.values
    rows = html_of(as_mara.get(LIST)).xpath("//tbody//a[@class='cover']/text()")
    assert rows == [str(label) for label in PrivacyRequest.Kind.labels]


def test_the_list_says_what_was_done(as_mara, ines):
    PrivacyRequest.objects.create(customer=ines, kind="access", state="done", outcome="Sent on paper.")
    assert html_of(as_mara.get(LIST)).xpath("//tbody/tr/th/small/text()") == ["Sent on paper."]


def test_an_address_that_nobody_has_is_explained_and_kept(as_mara):
    html = as_mara.post(f"{LIST}add/", {"email": "who@post.example", "kind": "access"}).content.decode()
    assert "No customer found with this email address." in html
    assert 'value="who@post.example"' in html


def test_the_form_is_filled_in_from_the_customers_page(as_mara, ines):
    assert 'value="ines@vandermeulen.example"' in as_mara.get(f"{LIST}add/?customer={ines.pk}").content.decode()
    for junk in ("x", "9" * 30, "-1"):
        assert as_mara.get(f"{LIST}add/?customer={junk}").status_code == 200


def test_the_page_reminds_and_shows_what_the_law_keeps(as_mara, ines, asked):
    OrderFactory(customer=ines, number="10001", state="completed", placed_at="2026-03-01T12:00Z")
    html = as_mara.get(f"{LIST}{asked.pk}/").content.decode()
    for words in ["Verify who is making the request", "By phone", "Order 10001", "until 31 December 2033"]:
        assert words in html


def test_carrying_it_out_erases_the_customer_and_closes_the_request(as_mara, mara, ines, asked):
    assert as_mara.post(f"{LIST}{asked.pk}/erasure/").url == LIST
    assert not Customer.objects.filter(pk=ines.pk).exists()
    asked.refresh_from_db()
    assert (asked.state, asked.closed_by, asked.remark) == ("done", mara, "")
    assert str(ines.pk) in asked.outcome
    assert as_mara.post(f"{LIST}{asked.pk}/erasure/").status_code == 404
    assert as_mara.get(f"{LIST}{asked.pk}/").status_code == 200


def test_it_asks_once_more_before_it_erases(as_mara, ines, asked):
    erasure = f"{LIST}{asked.pk}/erasure/"
    page = as_mara.get(asked.get_absolute_url()).content.decode()
    assert (f'href="{erasure}"' in page, f'action="{erasure}"' in page) == (True, False)
    question = as_mara.get(erasure).content.decode()
    assert ("Erase permanently" in question, f'href="{asked.get_absolute_url()}">Cancel' in question) == (True, True)
    assert Customer.objects.filter(pk=ines.pk).exists()


def test_another_request_is_closed_as_what_it_is(as_mara, mara, ines, asked):
    """An erasure carries out no request for a copy or a correction, and the list says what became of them."""
    others = [PrivacyRequest.objects.create(customer=ines, kind=kind) for kind in ("access", "correction")]
    as_mara.post(f"{LIST}{asked.pk}/erasure/")
    for other in others:
        other.refresh_from_db()
        assert (other.state, other.customer, other.closed_by) == ("erased", None, mara)
        words = f"Not carried out: customer {ines.pk} was erased before this request was answered."
        assert other.outcome == words
    page = as_mara.get(LIST).content.decode()
    assert (page.count("Closed: customer erased"), page.count("Carried out")) == (2, 1)
    assert words in as_mara.get(others[0].get_absolute_url()).content.decode()


def test_an_erasure_is_not_done_by_saying_so(as_mara, ines, asked):
    assert as_mara.post(f"{LIST}{asked.pk}/done/", {"outcome": "Done"}).status_code == 404
    asked.refresh_from_db()
    assert asked.is_open


def test_another_request_is_closed_with_what_was_done(as_mara, mara, ines):
    asked = PrivacyRequest.objects.create(customer=ines, kind="access")
    as_mara.post(f"{LIST}{asked.pk}/done/", {"outcome": "Sent by mail"})
    asked.refresh_from_db()
    assert (asked.state, asked.outcome, asked.closed_by) == ("done", "Sent by mail", mara)


def test_declining_asks_for_the_reason(as_mara, ines, asked):
    html = as_mara.post(f"{LIST}{asked.pk}/decline/", {"outcome": " "}).content.decode()
    assert "<title>Error: " in html
    as_mara.post(f"{LIST}{asked.pk}/decline/", {"outcome": "It was not her"})
    asked.refresh_from_db()
    assert (asked.state, asked.outcome) == ("declined", "It was not her")
    assert Customer.objects.filter(pk=ines.pk).exists()


def test_what_somebody_else_closed_stays_as_it_is(as_mara, ines, asked):
    PrivacyRequest.objects.filter(pk=asked.pk).update(state="declined", outcome="First")
    html = as_mara.post(f"{LIST}{asked.pk}/decline/", {"outcome": "Second"}, follow=True).content.decode()
    assert "Someone else has already closed this request." in html
    asked.refresh_from_db()
    assert asked.outcome == "First"


def test_asking_twice_is_one_request(as_mara, ines):
    for remark in ("Once", "Twice"):
        enter(as_mara, email=ines.email, remark=remark)
    assert ines.privacy_requests.get().remark == "Once"


def test_a_month_from_the_last_of_january_is_the_last_of_february(monkeypatch):
    from customers.models import privacy_request

    monkeypatch.setattr(privacy_request.timezone, "localdate", lambda: date(2027, 1, 31))
    assert privacy_request.a_month_from_now() == date(2027, 2, 28)


def test_one_request_costs_as_many_queries_as_three(as_mara, asked, ines, otto, django_assert_max_num_queries):
    for customer in (ines, otto):
        with django_assert_max_num_queries(8):
            as_mara.get(LIST)
        PrivacyRequest.objects.create(customer=customer, kind="access")
