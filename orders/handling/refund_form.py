from typing import Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.documents.lines_form import LinesForm
from orders.documents.remaining_lines import RemainingLine, remaining_of_order
from orders.documents.standing import standing_invoice
from orders.handling.refunds import RefundedLine
from orders.models import Order


class RefundForm(LinesForm):
    """What of an order is refunded and how, what comes back into stock, and whether the invoice is credited."""

    method = forms.ChoiceField(label=_("Refund by"))
    credit_note = forms.BooleanField(label=_("Create a credit note"), required=False)

    @classmethod
    def of(cls, order: Order, data: QueryDict | None) -> Self:
        """Return the form for an order; an amount that is owed already is filled in."""
        owed = order.overpaid
        invoice = standing_invoice(order)
        initial = {"by": "amount" if owed else "lines", "amount": owed or order.paid, "method": order.payment_method}
        form = cls(data, order=order, remaining=remaining_of_order(order), initial=initial)
        form.fields["method"].choices = payment_methods.refund_choices_for(order)
        if invoice is None:
            del form.fields["credit_note"]
        else:
            form.initial["credit_note"] = not owed
            form.fields["credit_note"].help_text = _("It corrects invoice %s.") % invoice.number
        return form

    def add_fields_of(self, at: int, line: RemainingLine) -> None:
        """Add the fields of one line: what never left the shop goes back in stock unless one says otherwise."""
        super().add_fields_of(at, line)
        if at >= len(self.order_lines):
            return
        returnable, held = self.order_lines[at].returnable, self.order_lines[at].held
        if returnable or held:
            self.fields[f"restock-{at}"] = forms.BooleanField(label=_("Restock, %s") % line.name, required=False)
            self.initial[f"restock-{at}"] = not returnable

    @property
    def what(self) -> dict:
        """The lines with what comes back, or the amount."""
        if not self.goes_by_lines:
            return super().what
        return {
            "lines": {
                at: RefundedLine(*taken, restock=bool(self.cleaned_data.get(f"restock-{at}")))
                for at, taken in self.taken.items()
            }
        }

    @property
    def how(self) -> dict:
        """The method, and the credit note that is issued in the same act."""
        names = ("method", "credit_note", "remark", "key")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}
