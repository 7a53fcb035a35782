from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.duplicates.look_alikes import clues_of, look_alikes
from customers.merging import merge
from customers.merging import words as merging_words
from customers.merging.forms import MergeForm
from customers.models import Customer
from customers.models.customer_manager import LONGEST_SEARCH, CustomerQuerySet
from customers.privacy.restriction.restriction import shopper_edited_by, shoppers_seen_by
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id

MOST_FOUND = 10


@staff_required(Right.MERGE, again=True)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other record, see what becomes of the two, and make them one."""
    kept = shopper_edited_by(request.user, pk, among=_shoppers())
    kept.must_be_open_to(request.user)
    number = request.POST.get("with") or request.GET.get("with", "")
    others = shoppers_seen_by(request.user).prefetch_related("addresses")
    merged = others.filter(pk=number).first() if is_row_id(number) else None
    reason = merge.why_not(kept, merged) if merged else _("No customer found with this number.") if number else ""
    if reason or not merged:
        return _choose(request, kept, reason)
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, merged=merged)
    if form.is_valid():
        return _merge(request, form, kept, merged)
    return _preview(request, form, kept, merged)


def _shoppers() -> CustomerQuerySet:
    return Customer.objects.shoppers().prefetch_related("addresses")


def _choose(request: HttpRequest, kept: Customer, reason: str) -> HttpResponse:
    """Ask for the other record: those that look alike first, then what is searched for."""
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    found = (
        _shoppers().unrestricted().matching(words).exclude(pk=kept.pk).order_by("-created_at", "-pk")
        if words
        else _shoppers().none()
    )
    context = {
        "section": "customers",
        "kept": kept,
        "reason": reason,
        "words": words,
        "look_alikes": look_alikes(clues_of(kept), but=kept.pk),
        "found": found[:MOST_FOUND],
    }
    return render(request, "customers/merging/choose.jinja", context, part="found")


def _preview(request: HttpRequest, form: MergeForm, kept: Customer, merged: Customer) -> HttpResponse:
    context = {
        "section": "customers",
        "form": form,
        "kept": kept,
        "merged": merged,
        "consequences": merging_words.consequences(kept, merged),
        "doubt": merging_words.doubt(kept, merged),
        "has_errors": bool(form.errors),
    }
    return render(request, "customers/merging/merge.jinja", context)


def _merge(request: HttpRequest, form: MergeForm, kept: Customer, merged: Customer) -> HttpResponse:
    try:
        merge.merge(kept, merged, choices=form.choices, by=request.user)
    except merge.MergeError as error:
        messages.error(request, str(error))
    else:
        done = _("Customer %(merged)s was merged into this customer. You can undo this for 30 days.")
        messages.success(request, done % {"merged": merged.pk})
    return redirect("customer", kept.pk)
