"""Whoever had the use of their data restricted is in the lists and counts of owners alone."""

import pytest
from django.utils import timezone

from customers.history import acting
from customers.models import Customer
from shopadmin.models import Mail
from tests.factories import MailFactory
from tests.shown_page import html_of, menu_counts, table_rows, text_of

pytestmark = pytest.mark.django_db
LINES = ["Customers awaiting approval", "Emails with delivery problems", "Customers with new changes"]


@pytest.fixture
def restricted(ines, store) -> Customer:
    """Ines, who waits for approval, has changed her name, and whom an email did not reach."""
    with acting.shopper(ines):
        Customer.objects.filter(pk=ines.pk).update(first_name="Inez")
    MailFactory(customer=ines, to=ines.email, state=Mail.State.FAILED)
    Customer.objects.filter(pk=ines.pk).update(restricted_at=timezone.now(), access=Customer.Access.AWAITING)
    return ines


@pytest.fixture
def page_of(client, request):
    """Returns an address as somebody sees it."""

    def page(person: str, url: str):
        client.force_login(request.getfixturevalue(person))
        return client.get(url)

    return page


@pytest.mark.parametrize(("person", "sees"), [("mara", True), ("sam", False), ("rosa", False)])
def test_emails_are_listed_for_owners_alone(restricted, page_of, person, sees):
    MailFactory(to="gus@post.example")
    for query in ("", "?q=post.example", "?state=failing", f"?q={restricted.email}"):
        # In the rows, not in the field that was searched from.
        rows = str(table_rows(page_of(person, f"/backoffice/mails/{query}"))).replace("\\u200b", "")
        assert ("vandermeulen" in rows) == (sees and query != "?q=post.example")
        assert ("gus@" in rows) == (query in ("", "?q=post.example"))


@pytest.mark.parametrize(("person", "sees"), [("mara", True), ("sam", False), ("rosa", False)])
def test_counts_are_those_of_the_lists_behind_them(restricted, page_of, person, sees):
    page = page_of(person, "/backoffice/")
    shown = text_of(html_of(page))
    assert [line in shown for line in LINES] == [sees] * 3
    assert list(menu_counts(page).values()) == ["1"] * (2 if sees else 0)
