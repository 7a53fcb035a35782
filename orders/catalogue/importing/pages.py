"""What the pages of imports say of files of products."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.importing import import_pages
from orders.catalogue.importing.columns import COLUMNS, FROM_OTHERS, SYSTEMS
from orders.catalogue.importing.forms import ProductColumnsForm
from orders.catalogue.importing.intake import examine
from orders.models import ProductImport
from orders.tasks import start_product_import
from shopadmin.roles import Right

WORDS = {
    "kept": _("Files are deleted 7 days after the import."),
    "title": _("Import products"),
    "list": _("Products"),
    "to_the_list": _("View products"),
    "export_of": _("Product export from %s"),
    "new": _("New products"),
    "new_short": pgettext_lazy("products", "New"),
    "changed": pgettext_lazy("products", "Changed"),
    "unchanged": pgettext_lazy("products", "Unchanged"),
    "left_out": _(
        "These products were imported without the cells that could not be read. Download the file to see "
        "the line, column and reason for each cell."
    ),
    "again": _("Importing it again only updates what has changed since."),
    "needed": _(
        "The first row contains the column names, in any order. The SKU is required, and for a new product "
        "its name and price. Column names from other systems and common names in English, Dutch and "
        "German are recognised, regardless of capitals and punctuation."
    ),
    "rules": _(
        "Empty cells and missing columns leave an existing product unchanged. Prices include VAT. A product "
        "without a category is put into “Other products”. Pictures and variants are not imported."
    ),
}
PRODUCTS = import_pages.ImportKind(
    name="product_import",
    section="products",
    list_url="products",
    model=ProductImport,
    examine=examine,
    columns_form=ProductColumnsForm,
    start=start_product_import,
    template_columns=COLUMNS,
    read_columns=(*COLUMNS, *FROM_OTHERS),
    words=WORDS,
    systems=list(SYSTEMS),
    right=Right.CATALOGUE,
)
