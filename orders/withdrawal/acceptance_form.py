from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from orders.checkout import payment_methods
from orders.documents.lines_form import Row, quantity_field
from orders.documents.remaining_lines import remaining_of_order
from orders.handling.form_sent_once import FormSentOnce
from orders.models import Order
from orders.withdrawal import notices
from orders.withdrawal.acceptance import Withdrawn


class AcceptanceForm(FormSentOnce):
    """Of what the shop accepts the withdrawal, what has come back, and whether it pays back now."""

    refund = forms.BooleanField(
        label=_("Record refund"),
        required=False,
        help_text=_("You transfer the refund yourself. You may wait until the items are back."),
    )
    method = forms.ChoiceField(label=_("Refund by"), required=False)

    def __init__(self, data: QueryDict | None, *, order: Order) -> None:
        super().__init__(data, initial={"refund": True, "method": order.payment_method})
        self.order, self.order_lines = order, list(order.lines.all())
        self.remaining = remaining_of_order(order)[: len(self.order_lines)]
        stated = notices.stated_quantities(order)
        for at, (line, remaining) in enumerate(zip(self.order_lines, self.remaining, strict=True)):
            self.fields[f"quantity-{at}"] = quantity_field(remaining)
            wanted = stated.get(line.pk, 0) if stated else remaining.quantity
            self.initial[f"quantity-{at}"] = min(wanted, remaining.quantity)
            if line.returnable:
                self.fields[f"restock-{at}"] = forms.BooleanField(label=_("Restock, %s") % line.name, required=False)
        self.fields["method"].choices = payment_methods.refund_choices_for(order)
        if not order.paid:
            del self.fields["refund"], self.fields["method"]

    @property
    def rows(self) -> list[Row]:
        """The lines, what is left of each, and its fields."""
        return [
            Row(remaining, line, self._fields_of(at))
            for at, (line, remaining) in enumerate(zip(self.order_lines, self.remaining, strict=True))
        ]

    @property
    def accepted(self) -> dict:
        """What was chosen, as the verb wants it; a form that names no line means all that is left."""
        typed, positions = self.cleaned_data, range(len(self.remaining))
        lines = {
            at: Withdrawn(typed[f"quantity-{at}"] or 0, restock=bool(typed.get(f"restock-{at}"))) for at in positions
        }
        if not any(f"quantity-{at}" in self.data for at in positions):
            lines = {at: Withdrawn(line.quantity, lines[at].restock) for at, line in enumerate(self.remaining)}
        return {"lines": lines} | {name: typed[name] for name in ("refund", "method", "key") if name in typed}

    def _fields_of(self, at: int) -> dict[str, forms.BoundField]:
        names = {name: f"{name}-{at}" for name in ("quantity", "restock")}
        return {name: self[field] for name, field in names.items() if field in self.fields}
