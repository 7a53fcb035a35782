"""Bulk actions on orders as a merchant does them: choose, look, confirm; and the worker."""

from django.core.management import call_command
from django.test import Client

from orders.models import Order, OrderBulkAction
from tests.shown_page import form_with, sent_by

BULK = "/backoffice/orders/bulk/"


def chosen(kind: str, *picked: Order, view: str | None = None) -> dict:
    """What the list sends: those picked, or all in a view."""
    if view is not None:
        return {"action": kind, "all": "1", "query": view}
    return {"action": kind, "picked": [order.pk for order in picked]}


def look(client: Client, kind: str, *picked: Order, view: str | None = None) -> str:
    """The page that says what would be done."""
    return client.post(BULK, chosen(kind, *picked, view=view)).content.decode()


def confirm(client: Client, kind: str, *picked: Order, view: str | None = None, **answers) -> OrderBulkAction:
    """Look, and confirm what the page says; returns what the worker is asked to do."""
    page = client.post(BULK, chosen(kind, *picked, view=view))
    form = sent_by(form_with(page, "confirmed"))
    response = client.post(BULK, form | chosen(kind, *picked, view=view) | answers)
    return OrderBulkAction.objects.get(pk=int(response.url.rstrip("/").rpartition("/")[2]))


def do(client: Client, kind: str, *picked: Order, view: str | None = None, **answers) -> OrderBulkAction:
    """Confirm, and let the worker do it."""
    action = confirm(client, kind, *picked, view=view, **answers)
    call_command("worker", "--once")
    action.refresh_from_db()
    return action


def outcome(action: OrderBulkAction) -> tuple[str, int, int]:
    """How it ended, to how many it was done, and how many were left alone."""
    return action.state, action.changed, action.skipped


def reasons(action: OrderBulkAction) -> dict[str, str]:
    """Why each was left alone."""
    return {skip.order.number: skip.reason for skip in action.skips.select_related("order")}
