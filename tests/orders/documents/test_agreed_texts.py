"""The legal texts that an order is placed under: in its email and on its page, as they stood."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from customers.privacy.erasure.erasure import erase
from orders.models import Order
from shopadmin.models import Mail, StoreSettings
from tests.factories import DeliveryMethodFactory, OrderFactory, ProductFactory
from tests.orders.editing.edits import change, order_of_mugs
from tests.orders.shopping import order_now
from tests.shown_page import filled, html_of, link_called, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("store")]
MODEL = {
    "en": "You have the right to withdraw from this contract within 14 days without giving any reason.",
    "nl": "Je hebt het recht om binnen een termijn van 14 dagen zonder opgave van redenen de overeenkomst te",
    "de": "Sie haben das Recht, binnen vierzehn Tagen ohne Angabe von Gründen diesen Vertrag zu widerrufen.",
}


def publish(**texts: str) -> None:
    store = StoreSettings.objects.get()
    for kind, text in texts.items():
        setattr(store, kind, {"": text})
    store.save()


def bought(client: Client, product=None, **details) -> str:
    """The words of the email that confirms an order."""
    order_now(client, product or ProductFactory(), DeliveryMethodFactory(), **details)
    return Mail.objects.get(name="order_placed").text


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def shown(client: Client, order: Order) -> str:
    return text_of(html_of(client.get(f"/order/{order.token}/terms/")).xpath("//main")[0])


def test_texts_go_with_the_email_as_they_stood(client):
    publish(terms="Terms of May.\nNo returns of soap.", withdrawal_information="Write to us.")
    words = bought(client)
    publish(terms="Terms of June.")
    for part in ("Terms of May.", "No returns of soap.", "Write to us."):
        assert part in words
    assert MODEL["en"] not in unwrapped(words)


def test_a_link_goes_along_as_it_stood(client):
    publish(terms="https://shop.example/terms-may.pdf", withdrawal_information="Write to us.")
    assert "https://shop.example/terms-may.pdf" in bought(client)


@pytest.mark.parametrize("language", ["en", "nl", "de"])
@pytest.mark.parametrize("given", ["https://shop.example/withdrawal", ""])
def test_a_consumer_gets_how_to_withdraw_in_words_whatever_the_shop_has(client, store, given, language):
    store.languages = ["en", "nl", "de"]
    store.save()
    publish(withdrawal_information=given)
    words = bought(client, language=language)
    assert MODEL[language] in unwrapped(words)
    assert store.contact_email in words
    assert given in words


def test_a_business_is_not_told_how_to_withdraw(client):
    publish(withdrawal_information="https://shop.example/withdrawal")
    words = bought(client, customer_type="business", company_name="Atelier")
    assert MODEL["en"] not in unwrapped(words)
    assert "shop.example/withdrawal" not in words


def test_of_services_the_term_begins_with_the_contract(client):
    words = unwrapped(bought(client, ProductFactory(is_service=True)))
    assert "14 days from the day of the conclusion of the contract" in words
    assert "until we have received the goods back" not in words


def test_what_one_cannot_withdraw_from_is_named(client, ines):
    order = OrderFactory(customer=ines, language="en")
    order.lines.update(withdrawal_excepted=True, name="Engraved mug")
    order.lines.create(
        name="Plain mug", quantity=1, unit_gross=1, vat_rate=0, vat_category="Z", net=1, vat=0, gross=1, sku=""
    )
    assert "There is no right of withdrawal for: Engraved mug." in shown(client, order)


def test_a_corrected_address_gets_the_texts_of_the_order_and_not_those_of_today(client, as_mara, gus):
    publish(terms="Terms of May.", withdrawal_information="https://shop.example/may")
    order_of_mugs(gus, language="en")
    publish(terms="Terms of June.", withdrawal_information="Write to us.")
    publish(terms="Terms of July.")
    change(as_mara, email="right@post.example")
    words = Mail.objects.get(name="order_placed", to="right@post.example").text
    assert [part in words for part in ("Terms of May.", "shop.example/may", "June", "July", "Write to us.")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_the_page_of_an_order_keeps_its_texts(client, gus):
    publish(terms="Terms of May.")
    order = OrderFactory(customer=gus, language="en")
    publish(terms="https://shop.example/june.pdf")
    later = OrderFactory(customer=gus, language="en")
    assert link_called(client.get(f"/order/{order.token}/"), "Terms of your order") == f"/order/{order.token}/terms/"
    assert ["Terms of May." in shown(client, one) for one in (order, later)] == [True, False]
    assert ["june.pdf" in shown(client, one) for one in (order, later)] == [False, True]


def test_texts_saved_on_the_page_of_the_settings_are_kept_too(client, as_mara, gus):
    publish(terms="Terms of May.")
    order = OrderFactory(customer=gus, language="en")
    page = as_mara.get("/backoffice/settings/legal/")
    as_mara.post("/backoffice/settings/legal/", filled(page, "settings-form", terms="Terms of June."))
    assert StoreSettings.objects.get().terms[""] == "Terms of June."
    assert "Terms of May." in shown(Client(), order)


def test_they_are_in_the_language_of_the_order(client, gus):
    store = StoreSettings.objects.get()
    store.languages, store.terms = ["en", "de"], {"": "English terms.", "de": "Deutsche AGB."}
    store.save()
    page = html_of(client.get(f"/order/{OrderFactory(customer=gus, language='de').token}/terms/"))
    assert [text_of(part) for part in page.xpath("//section[@lang='de']/div")][0] == "Deutsche AGB."


def test_an_order_from_a_file_names_no_terms_of_ours(client, gus):
    order = OrderFactory(customer=gus, channel="import", placed_at=timezone.now() - timedelta(days=900))
    assert b"Terms of your order" not in client.get(f"/order/{order.token}/").content


def test_the_terms_of_an_order_that_is_closed_and_erased_are_nobodys(client, gus):
    order = OrderFactory(customer=gus, state="completed")
    erase(gus, by="merchant", notify=False)
    assert client.get(f"/order/{order.token}/terms/").status_code == 404


def test_otto_needs_the_address(client, otto, gus):
    OrderFactory(customer=gus, number="W10479")
    client.force_login(otto)
    assert client.get("/order/W10479/terms/").status_code == 404
