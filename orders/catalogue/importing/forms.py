from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.importing.forms import ColumnsForm
from orders.catalogue.importing.columns import COLUMNS, FROM_OTHERS, text_columns


class ProductColumnsForm(ColumnsForm):
    """Where each column of a file of products goes."""

    @staticmethod
    def column_choices() -> list[tuple]:
        """Every field that a column can go to."""
        groups = [(_("Product"), COLUMNS), (_("Further languages"), text_columns()), (_("Other systems"), FROM_OTHERS)]
        choices = [(label, [(one.name, capfirst(one.label)) for one in some]) for label, some in groups if some]
        return [("", _("Do not import")), *choices]

    def missing(self) -> str:
        """What no column goes to that every row needs."""
        return "" if "sku" in self.chosen else _("Choose a column for the SKU. It identifies the product.")
