"""What the pages of imports say of files of customers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.importing import import_pages
from customers.importing.columns import COLUMNS, FACTS, IMPORTED, OTHER_SYSTEMS
from customers.importing.forms import ColumnsForm
from customers.importing.reading import examine
from customers.models import CustomerImport
from customers.tasks import start_import

WORDS = {
    "kept": _("Files are deleted 7 days after the import, or earlier if a customer in them is erased."),
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
