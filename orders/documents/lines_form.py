"""What of an order is credited or refunded, as it is typed: some of its lines, or an amount."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.documents.remaining_lines import LinePart, RemainingLine
from orders.handling.form_sent_once import FormSentOnce
from orders.models import Order, OrderLine
from shopadmin.pictures.picture import Picture
from shopadmin.rendering.money_field import MoneyField


@dataclass
class Row:
    """A line on the page, with what is left of it and its fields."""

    remaining: RemainingLine
    line: OrderLine | None
    fields: dict[str, forms.BoundField]

    @property
    def shown_picture(self) -> Picture | None:
        return self.line.shown_picture if self.line else None

    @property
    def is_gone(self) -> bool:
        """Whether nothing is left of it."""
        return not self.remaining.quantity and not self.remaining.gross


def quantity_field(line: RemainingLine) -> forms.IntegerField:
    """The field for how many of a line."""
    return forms.IntegerField(
        label=_("Quantity, %s") % line.name,
        required=False,
        min_value=0,
        max_value=line.quantity,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Enter a whole number"),
            "min_value": _("Enter 0 or more"),
            "max_value": _("Only %(limit_value)s left"),
        },
    )


class LinesForm(FormSentOnce):
    """Either how many of each line, or an amount; a post that names no way and no line asks for the amount."""

    by = forms.ChoiceField(choices=[("lines", _("Items")), ("amount", _("Amount"))], required=False)
    amount = MoneyField(
        label=_("Amount"),
        required=False,
        min_value=Decimal("0.01"),
        error_messages={"min_value": _("Enter an amount greater than 0")},
    )
    remark = forms.CharField(
        label=_("Text on the credit note"), required=False, max_length=300, help_text=_("Shown to the customer.")
    )

    def __init__(self, data=None, *, order: Order, remaining: list[RemainingLine], initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.order, self.remaining, self.order_lines = order, remaining, list(order.lines.all())
        self.fields["amount"].label = _("Amount in %s") % order.currency
        for at, line in enumerate(remaining):
            self.add_fields_of(at, line)

    def add_fields_of(self, at: int, line: RemainingLine) -> None:
        """Add the fields of one line."""
        self.fields[f"quantity-{at}"] = quantity_field(line)
        self.fields[f"amount-{at}"] = MoneyField(
            label=_("Amount, %s") % line.name,
            required=False,
            min_value=Decimal("0.00"),
            error_messages={"min_value": _("Enter 0 or more")},
        )

    @property
    def rows(self) -> list[Row]:
        """The lines with their fields; the last one is the delivery where that cost something."""
        return [
            Row(line, self.order_lines[at] if at < len(self.order_lines) else None, self._fields_of(at))
            for at, line in enumerate(self.remaining)
        ]

    @property
    def goes_by_lines(self) -> bool:
        """Whether the lines are shown, or were sent."""
        return (self.data.get("by") if self.is_bound else self.initial["by"]) == "lines"

    @property
    def taken(self) -> dict[int, LinePart]:
        """What was typed beside the lines: nothing for a line that was left alone."""
        typed = ((at, self.cleaned_data[f"quantity-{at}"], self.cleaned_data[f"amount-{at}"]) for at in self._positions)
        return {at: LinePart(quantity or 0, amount) for at, quantity, amount in typed if quantity or amount}

    @property
    def what(self) -> dict:
        """The lines or the amount, as the verbs want them."""
        return {"lines": self.taken} if self.goes_by_lines else {"amount": self.cleaned_data["amount"]}

    def clean(self) -> dict:
        """An amount or a line has to be there."""
        cleaned = super().clean()
        if self.goes_by_lines:
            self.errors.pop("amount", None)
            if not self.errors and not self.taken:
                self.add_error(None, _("Choose at least 1 item or enter an amount"))
        else:
            for name in [name for name in self.errors if name.startswith(("quantity-", "amount-"))]:
                del self.errors[name]
            if cleaned.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", _("Enter an amount"))
        return cleaned

    @property
    def _positions(self) -> range:
        return range(len(self.remaining))

    def _fields_of(self, at: int) -> dict[str, forms.BoundField]:
        names = {name: f"{name}-{at}" for name in ("quantity", "amount", "restock")}
        return {name: self[field] for name, field in names.items() if field in self.fields}
