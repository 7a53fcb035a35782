from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from customers import timeline
from customers.changes import field_label
from customers.forms.note import NoteForm
from customers.languages import language_name
from customers.models import Consent, Customer, HistoryEntry, Note
from customers.models.customer_manager import CustomerQuerySet
from shopadmin.access import has_right, staff_required
from shopadmin.pages import render
from shopadmin.roles import Right

NOTES_SHOWN = 5


@staff_required()
@require_safe
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is at a glance, what they ordered, what happened, and what can be done."""
    customer = get_object_or_404(_with_what_is_shown(), pk=pk)
    kind = request.GET.get("timeline", "")
    context = {
        "section": "customers",
        "customer": customer,
        "language": language_name(customer.language) if customer.language else "",
        "thread": timeline.timeline(customer, kind, before=_moment(request.GET.get("before", ""))),
        "kinds": timeline.kinds().items(),
        "kind": kind,
        "unseen": _unseen(customer) if customer.has_news else {},
        "average": customer.spent / customer.orders_count if customer.orders_count else None,
        **_addresses(customer),
        **_notes(customer, request.user),
        "may_edit": has_right(request.user, Right.EDIT),
        "may_erase": has_right(request.user, Right.ERASE),
        "is_open": customer.is_open_to(request.user),
    }
    return render(request, "customers/overview.html", context)


def _with_what_is_shown() -> CustomerQuerySet:
    consents = Prefetch("consents", Consent.objects.select_related("by"))
    newest = Note.objects.select_related("author")[: NOTES_SHOWN + 1]
    notes = Prefetch("dated_notes", newest, to_attr="newest_notes")
    has_news = Exists(HistoryEntry.objects.filter(customer=OuterRef("pk"), seen=False))
    return (
        Customer.objects.shoppers().prefetch_related("addresses", "tags", consents, notes).annotate(has_news=has_news)
    )


def _addresses(customer: Customer) -> dict[str, list[str]]:
    """The lines of the billing address, and of the shipping address where it is another one."""
    company = customer.company_name if customer.is_business else ""
    names = {"name": customer.get_full_name(), "company": company}
    billing, elsewhere = customer.billing_address, customer.ship_elsewhere and customer.shipping_address
    return {
        "billing": billing.lines(**names) if billing else [],
        "shipping": elsewhere.lines(**names) if elsewhere else [],
    }


def _notes(customer: Customer, user: Customer) -> dict:
    """The newest dated notes, each with whether this user may delete it, and a form for another."""
    newest = customer.newest_notes
    return {
        "notes": [(note, note.may_be_deleted_by(user)) for note in newest[:NOTES_SHOWN]],
        "more_notes": len(newest) > NOTES_SHOWN,
        "note_form": NoteForm(),
    }


def _unseen(customer: Customer) -> dict:
    """What the shopper changed and no merchant has seen: how many fields, which, and when the last one."""
    rows = list(customer.history.filter(seen=False).order_by("-at", "-id").values_list("field", "at"))
    labels = list(dict.fromkeys(field_label(field) for field, _at in rows))
    return {"fields": labels, "at": rows[0][1]}


def _moment(text: str) -> datetime | None:
    """Where the older entries begin; nonsense is the beginning."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
