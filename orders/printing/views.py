from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from customers.models import Customer
from orders.bulk.forms import OrderSelectionForm
from orders.bulk.selection import orders_of
from orders.handling.person_on_order import sees_person
from orders.models import Order
from orders.printing.packing import Reason, left_out, picks_of, sent_before, to_pack, to_pick, to_print
from shopadmin.access import staff_required
from shopadmin.models import StoreSettings
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id

MOST = 200


@staff_required()
@require_safe
def packing_slip(request: HttpRequest, number: str) -> HttpResponse:
    """What goes into the parcel of one order, to print."""
    order = get_object_or_404(to_print(Order.objects.all()), number=number)
    if not sees_person(request.user, order):
        raise PermissionDenied
    if not to_pack(order):
        raise Http404
    context = {"section": "orders", "order": order, "slips": [_slip(order)]}
    return render(request, "orders/printing/packing_slip.jinja", context)


@staff_required(Right.BULK)
@require_http_methods(["GET", "HEAD", "POST"])
def packing_slips(request: HttpRequest) -> HttpResponse:
    """What goes into the parcels of the chosen orders, a page each."""
    return _sheets(request, "packing_slips", to_print, lambda orders: {"slips": [_slip(order) for order in orders]})


@staff_required(Right.BULK)
@require_http_methods(["GET", "HEAD", "POST"])
def picking_list(request: HttpRequest) -> HttpResponse:
    """What is fetched from the shelves for all the chosen orders together."""
    today = timezone.localdate()
    return _sheets(request, "picking_list", to_pick, lambda orders: {"picks": picks_of(orders), "today": today})


def _sheets(request: HttpRequest, template: str, printable, sheets_of) -> HttpResponse:
    form = OrderSelectionForm(request.POST or request.GET)
    if not form.is_valid():
        messages.warning(request, form.words_of_errors)
        return redirect("backoffice_orders")
    if request.method == "POST":  # the list's form; the sheets have a URL that can be opened again
        return redirect(f"{request.path}?{_query_string(request.POST)}")
    chosen = orders_of(**form.meant)
    after = request.GET.get("left_out_after", "")
    skipped = left_out(chosen, for_picking=printable is to_pick, after=int(after) if is_row_id(after) else 0)
    # Whoever looks on through what was left out has the sheets already.
    found = [] if after else list(printable(chosen)[: MOST + 1])
    whys = [(order, _why_not(request.user, order)) for order in found[:MOST]]
    orders = [order for order, why in whys if not why]
    unprinted = [(order.number, str(why.label)) for order, why in whys if why]
    context = {"section": "orders", "orders": orders, "has_more": len(found) > MOST, "most": MOST}
    context |= {"left_out": skipped, "named": skipped.rows + unprinted, "view": form.meant["query"]}
    context["following"] = _query_string(request.GET, left_out_after=skipped.following) if skipped.following else ""
    return render(request, f"orders/printing/{template}.jinja", context | sheets_of(orders))


def _why_not(staff: Customer, order: Order) -> Reason | None:
    """Why an order has no sheet although it is under way or done; None where it has one."""
    if not sees_person(staff, order):
        return Reason.ERASED
    if order.withdrawal_waits:
        return Reason.WITHDRAWAL
    return None if to_pack(order) else Reason.NOTHING_TO_PACK


def _query_string(chosen: QueryDict, **more: int) -> str:
    """Which orders were chosen, for a URL that can be opened again."""
    query = QueryDict(mutable=True)
    query.update(more)
    for name in ("all", "query") if chosen.get("all") else ("picked",):
        query.setlist(name, chosen.getlist(name))
    return query.urlencode()


def _slip(order: Order) -> str:
    """The sheet of an order, in the language of whom it goes to."""
    store = StoreSettings.current()
    language = store.spoken_to(order.language)
    context = {"order": order, "language": language, "lines": to_pack(order), "sent_before": sent_before(order)}
    context |= {"store": store, "today": timezone.localdate()}
    with translation.override(language):
        context["address"] = order.address_lines()["delivery"]
        context["names"] = [name for name in (order.company_name, order.get_full_name()) if name]
        return mark_safe(render_to_string("orders/printing/_slip.jinja", context))  # it is escaped already
