from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.importing import import_pages
from customers.importing.columns import COLUMNS, FACTS, IMPORTED, OTHER_SYSTEMS
from customers.importing.forms import ColumnsForm
from customers.importing.reading import examine
from customers.models import CustomerImport
from customers.tasks import start_import
from shopadmin.access import staff_required
from shopadmin.roles import Right

WORDS = {
    "title": _("Import customers"),
    "list": _("Customers"),
    "to_the_list": _("Go to customers"),
    "export_of": _("Customer export of %s"),
    "new": _("New customers"),
    "new_short": pgettext_lazy("customers", "New"),
    "changed": pgettext_lazy("customers", "Changed"),
    "unchanged": pgettext_lazy("customers", "Unchanged"),
    "left_out": _(
        "These rows were imported without the cells that could not be read. Download the rows with line, "
        "column and reason, correct the file and import it to add what is missing."
    ),
    "again": _("Importing it again only updates what has changed since."),
    "needed": _(
        "Put the column names in the first row, in any order. Only the email address is required. The "
        "names below are those of our own exports. Names used by other systems and common names in five "
        "languages are recognised too, regardless of case, punctuation and hints in brackets."
    ),
    "rules": _(
        "Empty cells and missing columns leave existing data unchanged. An address in the file replaces "
        "the existing address as a whole."
    ),
}
CUSTOMERS = import_pages.ImportKind(
    name="customer_import",
    section="customers",
    list_url="customers",
    model=CustomerImport,
    examine=examine,
    columns_form=ColumnsForm,
    start=start_import,
    template_columns=COLUMNS,
    read_columns=IMPORTED,
    words=WORDS,
    facts=FACTS,
    systems=list(OTHER_SYSTEMS),
)


@staff_required(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_imports(request: HttpRequest) -> HttpResponse:
    """Take a file of customers to look at; below, the files of the past."""
    return import_pages.bring(request, CUSTOMERS)


@staff_required(Right.IMPORT)
@require_safe
def customer_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file of customers."""
    return import_pages.show(request, CUSTOMERS, pk)


@staff_required(Right.IMPORT)
@require_POST
def customer_import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file of customers in, or try it."""
    return import_pages.start(request, CUSTOMERS, pk)


@staff_required(Right.IMPORT)
@require_POST
def customer_import_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a file of customers otherwise."""
    return import_pages.read_otherwise(request, CUSTOMERS, pk)


@staff_required(Right.IMPORT)
@require_POST
def customer_import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import of customers."""
    return import_pages.stop(CUSTOMERS, pk)


@staff_required(Right.IMPORT)
@require_safe
def customer_import_rejects(request: HttpRequest, pk: int) -> FileResponse:
    """The rows of customers that were refused."""
    return import_pages.rejects(CUSTOMERS, pk)


@staff_required(Right.IMPORT)
@require_safe
def customer_import_warnings(request: HttpRequest, pk: int) -> FileResponse:
    """The rows of customers of which cells were left out."""
    return import_pages.warnings(CUSTOMERS, pk)


@staff_required(Right.IMPORT)
@require_safe
def customer_import_template(request: HttpRequest) -> HttpResponse:
    """A file of customers to fill in."""
    return import_pages.template(CUSTOMERS)


@staff_required(Right.IMPORT)
@require_safe
def customer_import_columns(request: HttpRequest) -> HttpResponse:
    """What each column of a file of customers means."""
    return import_pages.explain(request, CUSTOMERS)
