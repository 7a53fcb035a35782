"""Thirty orders of a morning, handled together."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from orders.models import Order
from tests.factories import OrderFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_database]
MOST_CLICKS = 10


class Clicks:
    """A hand that counts what it presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.made = page, 0

    def press(self, words: str, *, role: str = "button") -> None:
        self.made += 1
        self.page.get_by_role(role, name=words, exact=True).click()

    def confirm(self, words: str) -> None:
        """Press it, and see the worker do it to all thirty."""
        self.press(words)
        call_command("worker", "--once")
        expect(self.page.get_by_text("30 of 30")).to_be_visible()


def test_thirty_orders_are_paid_shipped_and_printed_in_ten_clicks(visit, mara):
    OrderFactory.create_batch(30)
    page = visit(mara, "/backoffice/orders/")
    clicks = Clicks(page)
    clicks.press("Select all on this page", role="checkbox")
    clicks.press("Record payment")
    clicks.confirm("Record 30 payments")
    clicks.press("Ship these orders")
    clicks.confirm("Ship 30 orders")
    clicks.press("Packing slips")
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    clicks.press("Print")
    expect(page.locator("body[data-printed]")).to_have_count(1)
    page.emulate_media(media="print")
    assert [slip.is_visible() for slip in page.locator(".slip").all()] == [True] * 30
    assert not page.locator(".page-head").is_visible()
    assert set(Order.objects.values_list("state", "payment_state")) == {("completed", "paid")}
    assert clicks.made <= MOST_CLICKS
