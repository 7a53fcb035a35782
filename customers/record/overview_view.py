from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from customers.history import timeline
from customers.models import Customer, Note
from customers.notes.forms import NoteForm
from customers.privacy.restriction.restriction import must_be_seen_by
from customers.record import overview
from customers.record.overview import NOTES_SHOWN
from shopadmin.access import has_right, staff_required
from shopadmin.locale_choices import language_name
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required()
@require_safe
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is at a glance, what they ordered, what happened, and what can be done."""
    customer = Customer.objects.shoppers().filter(pk=pk).first()
    if customer is None:
        return redirect("customer", get_object_or_404(Customer.objects.exclude(merged_into=None), pk=pk).merged_into_id)
    must_be_seen_by(request.user, customer)
    kind, shown = request.GET.get("timeline", ""), overview.read(customer)
    context = {
        "section": "customers",
        "customer": customer,
        "language": language_name(customer.language) if customer.language else "",
        "entries": timeline.timeline(customer, kind, before=timeline.moment_in(request.GET.get("before", ""))),
        "kinds": timeline.kinds().items(),
        "kind": kind,
        "average": customer.spent / customer.orders_count if customer.orders_count else None,
        "since": min(filter(None, [customer.created_at, shown["first_order_at"]])),
        **_addresses(customer),
        **shown,
        **_notes(shown["notes"], request.user, may_change=not customer.is_restricted),
        "may_merge": has_right(request.user, Right.MERGE),
        "may_edit": has_right(request.user, Right.EDIT),
        "may_change": has_right(request.user, Right.EDIT) and not customer.is_restricted,
        "may_erase": has_right(request.user, Right.ERASE),
        "is_open": customer.sign_in_editable_by(request.user),
    }
    return render(request, "customers/record/overview.jinja", context)


def _addresses(customer: Customer) -> dict[str, list[str]]:
    """The lines of the billing address, and of the shipping address where it is another one."""
    names = {"name": customer.get_full_name(), "company": customer.company}
    billing, elsewhere = customer.billing_address, customer.ship_elsewhere and customer.shipping_address
    return {
        "billing": billing.lines(**names) if billing else [],
        "shipping": elsewhere.lines(**names) if elsewhere else [],
    }


def _notes(newest: list[Note], user: Customer, *, may_change: bool) -> dict:
    """The newest dated notes, each with whether this user may delete it, and a form for another."""
    return {
        "notes": [(note, may_change and note.may_be_deleted_by(user)) for note in newest[:NOTES_SHOWN]],
        "more_notes": len(newest) > NOTES_SHOWN,
        "note_form": NoteForm(),
    }
