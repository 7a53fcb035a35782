"""Messages to the shopper about an order: mailed, on the shopper's page of the order, and on the timeline."""

import pytest

from customers.privacy.erasure.erasure import erase
from orders.models import Order, OrderMessage
from shopadmin.models import Mail
from tests.customers.privacy.archive.archives import written
from tests.factories import OrderFactory
from tests.shown_page import errors, filled, timeline_texts, value_of

ORDER = "/backoffice/orders/W10479/"
URL = f"{ORDER}messages/"
WORDS = "Your <mug> is blue.\nIs that all right?"


@pytest.fixture
def order(ines) -> Order:
    return OrderFactory(customer=ines, number="W10479")


def test_who_only_looks_or_shops_writes_nothing(client, rosa, otto, order, store):
    for person, status in ((rosa, 403), (otto, 404)):
        client.force_login(person)
        assert client.post(URL, {"text": WORDS}).status_code == status
    assert not OrderMessage.objects.exists()


def test_a_message_is_mailed_in_the_shops_layout_once_however_often_it_is_sent(as_mara, mara, order):
    form = filled(as_mara.get(f"{URL}?sort=newest"), "order-form", text=WORDS)
    addresses = {as_mara.post(f"{URL}?sort=newest", form)["Location"] for _press in range(2)}
    assert addresses == {f"{ORDER}?sort=newest"}
    mail = Mail.objects.get()
    assert (mail.name, mail.to, mail.language) == ("order_message", "ines@vandermeulen.example", "nl")
    assert "Your &lt;mug&gt; is blue.<br>Is that all right?" in mail.html
    assert "/account/orders/W10479/" in mail.text
    page = as_mara.get(ORDER)
    assert f"{mara} wrote to the customer" in timeline_texts(page)
    assert "<blockquote>Your &lt;mug&gt; is blue.\nIs that all right?</blockquote>" in page.content.decode()


def test_the_shopper_reads_it_on_the_page_of_the_order_and_otto_does_not(as_mara, client, order, ines, otto):
    as_mara.post(URL, {"text": WORDS})
    client.force_login(ines)
    for url in ("/account/orders/W10479/", f"/order/{order.token}/"):
        page = client.get(url).content.decode()
        assert "Your &lt;mug&gt; is blue.<br>Is that all right?" in page
        assert "Mara" not in page
    client.force_login(otto)
    assert client.get("/account/orders/W10479/").status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_message_is_answered_at_the_field_and_kept(as_mara, order, text):
    response = as_mara.post(URL, {"text": text})
    assert list(errors(response)) == ["text"]
    assert value_of(response, "text") == text
    assert not Mail.objects.exists()


def test_a_message_is_in_the_archive_and_goes_with_the_person(as_mara, order, ines):
    as_mara.post(URL, {"text": WORDS})
    assert written(ines).data["orders"][0]["messages"][0]["text"] == WORDS
    Order.objects.update(state="completed")
    erase(ines, by="shopper", notify=False)
    assert not OrderMessage.objects.exists()
    assert as_mara.get(URL).status_code == 404
