from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.models import Customer
from customers.privacy.restriction.restriction import shopper_edited_by
from customers.search.finder import customers_found
from orders.by_phone.page_form import NewOrderPage
from orders.checkout import payment_methods
from orders.checkout.amounts import rows_of_quote
from orders.checkout.place import NotAsAgreed, Placed, order_of, place
from orders.editing.items_form import LONGEST_SEARCH
from orders.handling.errors import AccountGone
from orders.vat.checks import ask_for
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_safe
def order_new(request: HttpRequest) -> HttpResponse:
    """Whom an order by phone is for: searched, or added."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = customers_found(request, words) if words else []
    context = {"section": "orders", "words": words, "found": found}
    return render(request, "orders/by_phone/customer.jinja", context)


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_for_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an order by phone; sent to here, it comes back with what was searched or picked."""
    return _form(request, NewOrderPage(request.POST or None, customer=_customer(request, pk)), is_checked=False)


@staff_required(Right.EDIT)
@require_POST
def order_for_customer_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the order would come to, before it is placed."""
    page = NewOrderPage(request.POST, customer=_customer(request, pk))
    if not page.is_valid():
        return _form(request, page)
    if page.customer.is_business and page.customer.vat_number:
        ask_for(page.customer.vat_number, page.addresses["billing"]["country"])
    return _review(request, page)


@staff_required(Right.EDIT)
@require_POST
def order_for_customer_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Place what was reviewed; shown again where prices or stock are not any more what they were."""
    if order := order_of(request.POST.get("key", "")):
        return redirect(order)
    page = NewOrderPage(request.POST, customer=_customer(request, pk))
    if not page.is_valid():
        return _form(request, page)
    try:
        placed = _place(request, page)
    except NotAsAgreed:
        page = NewOrderPage(request.POST, customer=page.customer)
        return _review(request, page, is_changed=True) if page.is_valid() else _form(request, page)
    except AccountGone:
        words = _("The order was not placed: the customer no longer exists, or the use of their data is restricted.")
        messages.error(request, words)
        return redirect("backoffice_orders")
    if placed.is_new:
        messages.success(request, _("Order placed. The customer is notified by email."))
    return redirect(placed.order)


def _place(request: HttpRequest, page: NewOrderPage) -> Placed:
    return place(
        page.items.added,
        delivery=page.delivery.method,
        key=page.key,
        agreed=request.POST.get("agreed", ""),
        details=page.details,
        addresses=page.addresses,
        payment_method=page.delivery.cleaned_data["payment_method"],
        shopper=page.customer,
        discounts=page.items.all_discounts,
        by=request.user,
    )


def _customer(request: HttpRequest, pk: int) -> Customer:
    return shopper_edited_by(request.user, pk, among=Customer.objects.shoppers().prefetch_related("addresses"))


def _form(request: HttpRequest, page: NewOrderPage, *, is_checked: bool = True) -> HttpResponse:
    if not is_checked:
        page.items.take_search()
    context = {"section": "orders", "page": page, "customer": page.customer}
    context["shows_errors"] = is_checked and page.data is not None
    return render(request, "orders/by_phone/order.jinja", context)


def _review(request: HttpRequest, page: NewOrderPage, *, is_changed: bool = False) -> HttpResponse:
    quote = page.quote()
    method = payment_methods.label_of(page.delivery.cleaned_data["payment_method"])
    context = {"section": "orders", "page": page, "customer": page.customer, "quote": quote, "is_changed": is_changed}
    context |= {"amounts": rows_of_quote(quote), "payment": method}
    return render(request, "orders/by_phone/review.jinja", context)
