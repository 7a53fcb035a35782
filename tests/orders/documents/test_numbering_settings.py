"""Going on from the numbers of another shop, in the settings: only upwards, and without gaps from there on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from orders.documents import numbering
from orders.documents.issue import issue_credit_note, issue_invoice
from orders.documents.numbering import FIRST_ORDER, go_on_at, next_order_number
from orders.models import Counter
from shopadmin.models import StoreSettings
from tests.factories import OrderFactory
from tests.shown_page import errors, filled, html_of, text_of

URL = "/backoffice/settings/orders/"
YEAR = timezone.localdate().year


def enter(client, **typed):
    return client.post(URL, filled(client.get(URL), "settings-form", **typed))


def said(client) -> str:
    return text_of(html_of(client.get(URL)).find(".//main"))


@pytest.mark.django_db
@pytest.mark.any_database
class TestContinuing:
    def test_it_says_what_the_next_numbers_will_be(self, as_mara, store):
        shown = said(as_mara)
        for number in (str(FIRST_ORDER), f"{YEAR}-00001", f"C{YEAR}-00001"):
            assert f"Next: {number}." in shown

    def test_orders_invoices_and_credit_notes_go_on_from_what_was_entered_without_gaps(self, as_mara, store):
        assert enter(as_mara, next_order="4512", next_invoice="451", next_credit_note="17").status_code == 302
        assert [next_order_number("", first=FIRST_ORDER) for _draw in range(2)] == ["4512", "4513"]
        invoices = [issue_invoice(OrderFactory()) for _order in range(2)]
        assert [invoice.number for invoice in invoices] == [f"{YEAR}-00451", f"{YEAR}-00452"]
        assert issue_credit_note(invoices[0]).number == f"C{YEAR}-00017"
        assert f"Next: {YEAR}-00453." in said(as_mara)

    @pytest.mark.parametrize("wanted", ["1", "450"])
    def test_they_never_go_back(self, as_mara, store, wanted):
        enter(as_mara, next_invoice="451")
        page = enter(as_mara, next_invoice=wanted)
        assert errors(page) == {"next_invoice": "Enter 451 or higher: the numbers before it are used"}
        assert filled(page, "settings-form")["next_invoice"] == wanted

    def test_a_number_that_an_imported_order_has_is_refused(self, as_mara, store):
        OrderFactory(number="w20001")
        page = enter(as_mara, order_prefix="W", next_order="20001")
        assert errors(page) == {"next_order": "There is already an order W20001"}
        assert not Counter.objects.exists()

    def test_a_new_prefix_counts_by_itself(self, as_mara, store):
        enter(as_mara, next_invoice="451")
        enter(as_mara, invoice_prefix="RE", next_invoice="20")
        assert issue_invoice(OrderFactory()).number == f"RE{YEAR}-00020"
        assert f"Next: RE{YEAR}-00021." in said(as_mara)

    def test_saving_without_a_number_moves_none(self, as_mara, store):
        enter(as_mara, order_prefix="W")
        assert not Counter.objects.exists()

    @pytest.mark.parametrize("wanted", ["0", "-1", "many", "1000000000"])
    def test_what_is_no_such_number_is_refused(self, as_mara, store, wanted):
        assert list(errors(enter(as_mara, next_order=wanted))) == ["next_order"]

    def test_who_only_looks_or_manages_moves_none(self, client, sam, store):
        client.force_login(sam)
        assert client.post(URL, {"next_order": "4512"}).status_code == 403


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_writers_and_one_who_moves_on_leave_no_doubles_and_no_gaps_on_either_side():
    StoreSettings.current()
    name = numbering.counter_of("", YEAR)

    def draw(turn: int) -> list[int]:
        try:
            if turn == 4:
                go_on_at(name, 451)
                return []
            return [numbering.next_number(name) for _draw in range(25)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        drawn = sorted(number for some in threads.map(draw, range(9)) for number in some)
    below = [number for number in drawn if number < 451]
    assert drawn == [*range(1, len(below) + 1), *range(451, 451 + 200 - len(below))]
