"""Bulk actions as a merchant does them: choose, look, confirm; and the worker."""

from django.core.management import call_command
from django.test import Client

from customers.models import BulkAction, Customer
from tests.shown_page import form_with, sent_by

BULK = "/backoffice/customers/bulk/"


def chosen(kind: str, *picked: Customer, view: str | None = None) -> dict:
    """What the list sends: those picked, or everybody in a view."""
    if view is not None:
        return {"action": kind, "all": "1", "query": view}
    return {"action": kind, "picked": [customer.pk for customer in picked]}


def look(client: Client, kind: str, *picked: Customer, view: str | None = None) -> str:
    """The page that says what would be done."""
    return client.post(BULK, chosen(kind, *picked, view=view)).content.decode()


def confirm(client: Client, kind: str, *picked: Customer, view: str | None = None, **answers) -> BulkAction:
    """Look, and confirm what the page says; returns what the worker is asked to do."""
    question = client.post(BULK, chosen(kind, *picked, view=view))
    form = sent_by(form_with(question, "confirmed"))
    sent = {name: form[name] for name in ("count", "confirmed", "query")}
    response = client.post(BULK, chosen(kind, *picked, view=view) | sent | answers)
    return BulkAction.objects.get(pk=int(response.url.rstrip("/").rpartition("/")[2]))


def do(client: Client, kind: str, *picked: Customer, view: str | None = None, **answers) -> BulkAction:
    """Confirm, and let the worker do it."""
    action = confirm(client, kind, *picked, view=view, **answers)
    call_command("worker", "--once")
    action.refresh_from_db()
    return action


def outcome(action: BulkAction) -> tuple[str, int, int]:
    """How it ended, to how many it was done, and how many were left alone."""
    return action.state, action.changed, action.skipped


def reasons(action: BulkAction) -> dict[str, str]:
    """Why each was left alone."""
    return {skip.customer.email: skip.reason for skip in action.skips.select_related("customer")}
