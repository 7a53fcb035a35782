from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.importing.forms import ColumnsForm
from customers.models import Address
from orders.importing.columns import ADDRESSES, BY_NAME, NEEDED, OF_LINE, OF_ORDER, PERSON
from orders.importing.hints import columns_in_another_currency


class OrderColumnsForm(ColumnsForm):
    """Where each column of a file of orders goes."""

    @staticmethod
    def column_choices() -> list[tuple]:
        """Every field that a column can go to, by what it belongs to."""
        groups = [(_("Order"), OF_ORDER), (_("Order lines"), OF_LINE), (_("Customer"), PERSON)]
        groups += [(kind.label, [one for one in ADDRESSES if one.kind == kind]) for kind in Address.Kind]
        return [("", _("Do not import")), *((label, [_choice(column) for column in some]) for label, some in groups)]

    def missing(self) -> str:
        """What no column goes to that every order needs."""
        names = [str(capfirst(BY_NAME[name].label)) for name in NEEDED if name not in self.chosen]
        if not names:
            return ""
        words = _("Choose the columns for these required fields: %(names)s") % {"names": ", ".join(names)}
        left_out = (str(field.label) for name, field in self.fields.items() if not self.cleaned_data.get(name))
        return ". ".join(filter(None, [words, columns_in_another_currency(left_out)]))


def _choice(column) -> tuple[str, str]:
    return column.name, capfirst(column.label)
