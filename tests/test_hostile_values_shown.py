"""What was let in, by whatever way, never breaks the page, mail or paper that shows it later, nor speaks for itself."""

import pytest
from django.apps import apps
from django.core import mail
from django.db import models

from customers.privacy.archive.archive import Notes
from orders.documents.files import pdf_of
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.handling.cancellation import cancel
from orders.models import Order
from shopadmin.mail.delivery import deliver_next
from shopadmin.models import Mail, StoreSettings
from tests.customers.privacy.archive.archives import written
from tests.every_address import URLS
from tests.every_page import visit
from tests.factories import OrderFactory

__all__ = ["visit"]
pytestmark = pytest.mark.slow
SCRIPT = "<script>alert(7)</script>"
TEXTS = {
    "script": f"\"'>{SCRIPT}</textarea></title>&amp;{{{{ 7|add:7 }}}}{{% now 'Y' %}}",
    "markup": "\u202e\u200b\u2066e\u0301\ufffd #import '/etc/passwd'; $ \\ #{ [ = _ * ` %s %(a)s =cmd|1!A0",
    "lines": "\u2028\u0085one\r\nBcc: evil@evil.example\r\n\r\ntwo\ttabs\x7f\x1b[31m",
    "long": "W" * 10_000,
}
# Columns that hold no words of people: what they may be is checked or made by the shop.
MADE = {
    "key", "token", "slug", "field", "source", "actor_kind", "country", "currency", "time_zone", "iban", "bic",
    "number", "password", "text", "html", "message_id", "vat_number", "phone", "mobile", "order_prefix", "search_text",
    "language", "picture", "path", "sha256", "page", "address",
}  # fmt: skip
SHOP = "merchant@shop.example"
OURS = ["shopadmin", "customers", "orders"]


def spoil(text: str) -> None:
    """Put the text, as long as it fits, into every column that holds words."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            words = [field for field in model._meta.concrete_fields if holds_words(field)]
            if words:
                model.objects.update(**{field.name: text[: field.max_length] for field in words})


def holds_words(field: models.Field) -> bool:
    is_text = type(field) in {models.CharField, models.TextField}
    return is_text and not (field.choices or field.unique or field.name in MADE)


@pytest.mark.any_database  # how a page shows a text is the template's doing
@pytest.mark.parametrize("name", URLS)
def test_every_page_shows_it_as_text(name, visit):
    there = visit(name)
    for kind in TEXTS:
        spoil(TEXTS[kind])
        response = there.client.get(there.path)
        assert response.status_code < 500, kind
        is_page = response["Content-Type"].startswith("text/html")  # a file holds what was typed, as it was
        assert not is_page or SCRIPT not in response.getvalue().decode(errors="replace"), kind


@pytest.mark.parametrize("kind", TEXTS)
def test_the_archive_of_a_customer_shows_it_as_text(kind, store, ines):
    order = OrderFactory(customer=ines)
    issue_invoice(order)
    spoil(TEXTS[kind])
    archive = written(ines, *Notes)
    assert SCRIPT not in archive.html
    assert archive.data["customer"][0]["first_name"] == TEXTS[kind][:100]


@pytest.mark.parametrize("kind", TEXTS)
def test_mails_and_papers_show_it_as_text(kind, store, ines, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    order = OrderFactory(customer=ines)
    spoil(TEXTS[kind])
    order = Order.objects.get(pk=order.pk)
    StoreSettings.objects.update(bank_name=TEXTS[kind][:100], iban="NL91ABNA0417164300")
    invoice = issue_invoice(order)
    assert pdf_of(invoice).startswith(b"%PDF")
    assert pdf_of(issue_credit_note(invoice)).startswith(b"%PDF")
    cancel(order, reason=TEXTS[kind][:500])
    assert Mail.objects.exists()
    while deliver_next():
        pass
    assert {(sent.message()["Bcc"], *sent.recipients()) for sent in mail.outbox} <= {(None, ines.email), (None, SHOP)}
    assert not any(SCRIPT in html for html in Mail.objects.values_list("html", flat=True))
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
