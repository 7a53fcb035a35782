"""Two records of one person, and what people do to make them one, for the tests of it."""

from django.http import HttpResponse
from django.test import Client

from customers.history import acting
from customers.models import Consent, Customer, Merge, Note, Tag
from tests.factories import MailFactory
from tests.shown_page import filled


def merge_url(kept: Customer, merged: Customer | None = None) -> str:
    url = f"/backoffice/customers/{kept.pk}/merge/"
    return f"{url}?with={merged.pk}" if merged else url


def undo_url(merge: Merge) -> str:
    return f"/backoffice/customers/merges/{merge.pk}/undo/"


def preview_form(browser: Client, kept: Customer, merged: Customer) -> dict[str, str]:
    """What the preview's form would send as it stands."""
    return filled(browser.get(merge_url(kept, merged)), "merge-form")


def merge_in_browser(browser: Client, kept: Customer, merged: Customer, **choices: str) -> HttpResponse:
    """Look at the preview, choose, and press Merge."""
    return browser.post(merge_url(kept), preview_form(browser, kept, merged) | choices)


def merged_by(browser: Client, kept: Customer, merged: Customer, **choices: str) -> Merge:
    merge_in_browser(browser, kept, merged, **choices)
    return Merge.objects.latest("pk")


def undo_in_browser(browser: Client, merge: Merge) -> HttpResponse:
    return browser.post(undo_url(merge))


def fill(customer: Customer, word: str) -> None:
    """Something of everything that a record can hold beside its orders."""
    with acting.shopper(customer):
        Customer.objects.filter(pk=customer.pk).update(company_number=word)
    Note.objects.create(customer=customer, text=f"Note of {word}")
    customer.tags.add(Tag.objects.named(f"Tag of {word}"), Tag.objects.named("both"))
    Consent.objects.create(customer=customer, given=True, source="account", text=f"Text of {word}", language="en")
    MailFactory(customer=customer, to=customer.email, subject=f"Mail of {word}")
    customer.privacy_requests.create(kind="access", remark=f"Asked by {word}")


def holdings(customer: Customer) -> dict[str, list]:
    """All that a record holds, by kind, without what the merge itself wrote down."""
    own = customer.history.exclude(source__contains="merge")
    return {
        "orders": sorted(customer.orders.values_list("number", flat=True)),
        "history": sorted(own.values_list("pk", flat=True)),
        "notes": sorted(customer.dated_notes.values_list("text", flat=True)),
        "tags": sorted(customer.tags.values_list("name", flat=True)),
        "consents": sorted(customer.consents.values_list("text", flat=True)),
        "mails": sorted(customer.mails.exclude(name="merged").values_list("subject", flat=True)),
        "requests": sorted(customer.privacy_requests.values_list("remark", flat=True)),
        "counted": list(
            Customer.objects.filter(pk=customer.pk).values_list("orders_count", "spent", "last_order_at").get()
        ),
    }
