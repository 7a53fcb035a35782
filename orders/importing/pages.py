"""What the pages of imports say of files of orders."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.importing import import_pages
from orders.importing.columns import COLUMNS, FACTS, SYSTEMS
from orders.importing.forms import OrderColumnsForm
from orders.importing.intake import look_at
from orders.models import OrderImport
from orders.tasks import start_import

WORDS = {
    "kept": _("Files are deleted 7 days after the import, or earlier if a customer in them is erased."),
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
    facts=FACTS,
    words=WORDS,
    systems=list(SYSTEMS),
)
