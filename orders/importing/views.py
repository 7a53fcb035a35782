from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.importing import import_pages
from orders.importing.columns import COLUMNS, SYSTEMS
from orders.importing.forms import OrderColumnsForm
from orders.importing.intake import look_at
from orders.models import OrderImport
from orders.tasks import start_import
from shopadmin.access import staff_required
from shopadmin.roles import Right

WORDS = {
    "title": _("Import orders"),
    "list": _("Orders"),
    "to_the_list": _("View orders"),
    "export_of": _("Order export from %s"),
    "new": _("New orders"),
    "new_short": pgettext_lazy("orders", "New"),
    "unchanged": pgettext_lazy("orders", "Already in the shop"),
    "left_out": _(
        "These orders were imported without the cells that could not be read. Download the file to see "
        "the line, column and reason for each cell."
    ),
    "again": _("Importing the file again only adds missing orders."),
    "needed": _(
        "The first row contains the column names, in any order. Order number, email address, date and "
        "total are required. Column names from other systems and common names in English, Dutch and "
        "German are recognised, regardless of capitals and punctuation."
    ),
    "rules": _(
        "Consecutive rows with the same order number form one order. Unknown email addresses are added "
        "as guests, and no emails are sent. Existing orders are not changed."
    ),
}
ORDERS = import_pages.ImportKind(
    name="order_import",
    section="orders",
    list_url="backoffice_orders",
    model=OrderImport,
    examine=look_at,
    columns_form=OrderColumnsForm,
    start=start_import,
    template_columns=COLUMNS,
    read_columns=COLUMNS,
    words=WORDS,
    systems=list(SYSTEMS),
)


@staff_required(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_imports(request: HttpRequest) -> HttpResponse:
    """Take a file of orders to look at; below, the files of the past."""
    return import_pages.bring(request, ORDERS)


@staff_required(Right.IMPORT)
@require_safe
def order_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file of orders."""
    return import_pages.show(request, ORDERS, pk)


@staff_required(Right.IMPORT)
@require_POST
def order_import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file of orders in, or try it."""
    return import_pages.start(request, ORDERS, pk)


@staff_required(Right.IMPORT)
@require_POST
def order_import_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a file of orders otherwise."""
    return import_pages.read_otherwise(request, ORDERS, pk)


@staff_required(Right.IMPORT)
@require_POST
def order_import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import of orders."""
    return import_pages.stop(ORDERS, pk)


@staff_required(Right.IMPORT)
@require_safe
def order_import_rejects(request: HttpRequest, pk: int) -> FileResponse:
    """The rows of orders that were refused."""
    return import_pages.rejects(ORDERS, pk)


@staff_required(Right.IMPORT)
@require_safe
def order_import_warnings(request: HttpRequest, pk: int) -> FileResponse:
    """The rows of orders of which cells were left out."""
    return import_pages.warnings(ORDERS, pk)


@staff_required(Right.IMPORT)
@require_safe
def order_import_template(request: HttpRequest) -> HttpResponse:
    """A file of orders to fill in."""
    return import_pages.template(ORDERS)


@staff_required(Right.IMPORT)
@require_safe
def order_import_columns(request: HttpRequest) -> HttpResponse:
    """What each column of a file of orders means."""
    return import_pages.explain(request, ORDERS)
