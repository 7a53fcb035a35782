"""The checkout: details, delivery and payment, review. Its last button is the only thing that orders."""

from functools import wraps
from uuid import UUID

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_countries import countries

from customers.models import Customer
from orders import signals
from orders.checkout import payment_methods
from orders.checkout.amounts import rows_of_quote
from orders.checkout.delivery_form import DeliveryForm
from orders.checkout.details_form import Details
from orders.checkout.limits import may_order_from
from orders.checkout.place import NotAsAgreed, Placed, TooManyOrders, order_of, place
from orders.checkout.session import UnfinishedOrder
from orders.handling.errors import AccountGone
from orders.models import Order
from orders.paying.attempts import page_after
from orders.vat.checks import ask_for

TOO_MANY_BY_ADDRESS = gettext_lazy(
    "Too many orders were placed with this email address in the last hour. Try again later."
)
TOO_MANY_BY_NETWORK = gettext_lazy(
    "Too many orders were placed from your network. Your cart and details are saved. Try again in a few minutes."
)


def step(view):
    """A step of the checkout: handed what was typed so far; an empty cart leads back to the cart, which says so."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        unfinished = UnfinishedOrder(request)
        if not unfinished.cart.count:
            return redirect("cart")
        return view(request, unfinished) if unfinished.may_order else ask_to_sign_in(request)

    return guarded


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead a guest to the door, and from there back to the checkout."""
    messages.info(request, _("To order, sign in or create an account. Your cart is saved."))
    return redirect_to_login(reverse("checkout"), reverse("account_login"))


@step
def details(request: HttpRequest, unfinished: UnfinishedOrder) -> HttpResponse:
    """First step: who orders, and where it goes."""
    data = request.POST if request.method == "POST" else None
    entered = Details(
        data,
        kept=unfinished.details_to_show,
        shopper=unfinished.shopper,
        likely_country=unfinished.likely_country if data is None else "",
    )
    if data is not None:
        is_valid = entered.is_valid()
        unfinished.keep_password(entered)
        if is_valid:
            unfinished.keep_details(entered)
            have_vat_number_checked(request, unfinished)
            return redirect("checkout_delivery")
    context = {"details": entered, "has_errors": entered.has_errors, "has_password": bool(unfinished.password)}
    context["doubts"] = entered.person.doubts
    return render(request, "orders/checkout/details.jinja", {**context, **estimate(unfinished)})


def have_vat_number_checked(request: HttpRequest, unfinished: UnfinishedOrder) -> None:
    """Ask for the VAT number of a business, unless its network asks for too many; the order does not wait for it."""
    details = unfinished.details
    is_business = details["customer_type"] == Customer.Type.BUSINESS and details["vat_number"]
    if is_business and consume(request, action="vat_check"):
        ask_for(details["vat_number"], unfinished.addresses["billing"]["country"])


@step
def delivery(request: HttpRequest, unfinished: UnfinishedOrder) -> HttpResponse:
    """Second step: how it is delivered, where there is something to deliver, and paid."""
    if not unfinished.details:
        return redirect("checkout")
    data = request.POST if request.method == "POST" else None
    # What a right choice leads on from shows no prices: nothing is taxed for it.
    quote = SimpleLazyObject(unfinished.quote)
    methods, has_goods = unfinished.delivery_methods, unfinished.has_goods
    form = DeliveryForm(data, methods=methods, quote=quote, initial=unfinished.chosen, has_goods=has_goods)
    if form.is_valid():
        unfinished.keep_delivery(form.method, form.cleaned_data["payment_method"])
        return redirect("checkout_review")
    context = {"form": form, "country": countries.name(unfinished.country)}
    return render(request, "orders/checkout/delivery.jinja", {**context, **estimate(unfinished)})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Third step: everything once more, and the button that orders."""
    unfinished, is_press = UnfinishedOrder(request), request.method == "POST"
    key, missing = request.POST.get("key", "") if is_press else unfinished.key, unfinished.first_unfinished_step
    if is_press and key == unfinished.key and not missing and unfinished.may_order:
        return order_once(request, unfinished)
    if order := order_of(key):
        return redirect("guest_order", token=order.token)
    if not unfinished.may_order and not missing:
        return ask_to_sign_in(request)
    return redirect(missing) if missing else show_review(request, unfinished, is_changed=is_press)


def order_once(request: HttpRequest, unfinished: UnfinishedOrder) -> HttpResponse:
    """Order, and lead to the confirmation; what has changed since the review is shown first."""
    if not may_order_now(request, unfinished) and not order_of(unfinished.key):
        return refuse_for_now(request, unfinished, TOO_MANY_BY_NETWORK)
    try:
        placed = place(
            unfinished.cart.quantities,
            delivery=unfinished.delivery_method,
            key=UUID(unfinished.key),
            agreed=request.POST.get("agreed", ""),
            details=unfinished.details,
            addresses=unfinished.addresses,
            payment_method=unfinished.payment_method,
            shopper=unfinished.shopper,
            wants_account=unfinished.wants_account and bool(unfinished.password),
        )
    except NotAsAgreed:
        return show_review(request, UnfinishedOrder(request), is_changed=True)
    except TooManyOrders:
        return refuse_for_now(request, unfinished, TOO_MANY_BY_ADDRESS)
    except AccountGone:
        return start_anew(request)
    if placed.is_new:
        finish(request, unfinished, placed)
    return redirect(page_after(placed.order))


def may_order_now(request: HttpRequest, unfinished: UnfinishedOrder) -> bool:
    """Whether the network of a guest has not ordered, or made accounts, too often."""
    if unfinished.shopper:
        return True
    wants_password = unfinished.wants_account and unfinished.password
    return may_order_from(request) and (not wants_password or bool(consume(request, action="signup")))


def refuse_for_now(request: HttpRequest, unfinished: UnfinishedOrder, words: str) -> HttpResponse:
    """Show the review again, and say why nothing was ordered."""
    messages.error(request, words)
    return show_review(request, unfinished, status=429)


def start_anew(request: HttpRequest) -> HttpResponse:
    """For whom deleted the account in another window while ordering in this one."""
    logout(request)
    words = _("Your order was not placed because your account has been deleted.")
    may_order = _("You can order as a guest.") if request.store.guest_checkout else ""
    messages.warning(request, f"{words} {may_order}".strip())
    return redirect("home")


def finish(request: HttpRequest, unfinished: UnfinishedOrder, placed: Placed) -> None:
    """What the press that placed the order does, and no other: empty the cart, ask for the account."""
    wants_account, password = unfinished.wants_account, unfinished.password
    unfinished.forget(placed.order)
    if wants_account and request.store.accounts_enabled:
        signals.account_wanted.send(
            Order,
            request=request,
            order=placed.order,
            customer=placed.order.customer,
            password=make_password(password) if password else "",
            is_new_customer=placed.is_new_customer,
        )


def show_review(
    request: HttpRequest, unfinished: UnfinishedOrder, *, is_changed: bool = False, status: int = 200
) -> HttpResponse:
    """The review, without what the shop does not have any more; `is_changed` says that it is not what it was."""
    gone = unfinished.cart.fit()
    if missing := unfinished.first_unfinished_step:
        for words in gone:
            messages.warning(request, words)
        return redirect(missing)
    quote = unfinished.quote(unfinished.delivery_method)
    context = {
        "unfinished": unfinished,
        "quote": quote,
        "amounts": rows_of_quote(quote),
        "payment": payment_methods.METHODS[unfinished.payment_method],
        "gone": gone,
        "is_changed": is_changed,
        **unfinished.address_lines,
    }
    return render(request, "orders/checkout/review.jinja", context, status=status)


def estimate(unfinished: UnfinishedOrder) -> dict:
    """The order beside the form: with the chosen delivery, else with the cheapest that could be."""
    items = unfinished.quote().price
    parcels = [method for method in unfinished.delivery_methods if not method.is_pickup]
    cheapest = min(parcels, key=lambda method: method.price_for(items), default=None)
    chosen = unfinished.delivery_method
    quote = unfinished.quote(chosen or cheapest)
    return {"quote": quote, "amounts": rows_of_quote(quote, is_estimate=chosen is None)}
