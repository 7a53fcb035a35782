from copy import deepcopy

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from customers.record.email_field import EmailField
from orders.documents.lines_form import quantity_field
from orders.documents.remaining_lines import RemainingLine, remaining_of_order
from orders.models import Order, OrderLine
from shopadmin.links_in_text import no_link, no_web_address

# The receipt repeats name and number to a mailbox that nobody has proved.
no_digits = RegexValidator(r"\d", _("Enter your name without numbers"), inverse_match=True)
a_number = RegexValidator(
    r"^(?=.*\d)[\w#.\-/ ]{1,24}$", _("Enter the order number from your confirmation, for example 10023")
)


class WithdrawalForm(forms.Form):
    """Who withdraws from which contract. Nothing of it is looked up, so that no answer tells what there is."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        validators=[no_web_address, no_digits],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    order_number = forms.CharField(
        label=_("Order number"),
        max_length=40,
        validators=[no_link, a_number],
        help_text=_("You can find it in your order confirmation"),
    )
    email = EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The address you ordered with. We send the confirmation of receipt there."),
    )
    remark = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example, which items you are keeping. You do not have to give a reason."),
    )
    chosen: tuple = ()

    @property
    def statement(self) -> dict:
        """What is stated, for the confirmation to carry."""
        return self.cleaned_data


class OrderWithdrawalForm(forms.Form):
    """Who withdraws from what of an order that was shown to be theirs: everything, unless one changes a quantity."""

    def __init__(self, data: QueryDict | None, *, order: Order, email: str, initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.order, self.email = order, email
        self.lines = [
            (line, remaining)
            for line, remaining in zip(order.lines.all(), remaining_of_order(order), strict=False)
            if remaining.quantity and not line.withdrawal_excepted
        ]
        for line, remaining in self.lines:
            self.fields[f"quantity-{line.pk}"] = quantity_field(remaining)
            self.initial[f"quantity-{line.pk}"] = remaining.quantity
        self.fields |= {name: deepcopy(WithdrawalForm.base_fields[name]) for name in ("name", "remark")}
        self.fields["remark"].help_text = _("You do not have to give a reason.")

    @property
    def rows(self) -> list[tuple[OrderLine, RemainingLine, forms.BoundField]]:
        """The lines, what is left of each, and its field."""
        return [(line, remaining, self[f"quantity-{line.pk}"]) for line, remaining in self.lines]

    @property
    def chosen(self) -> list[dict]:
        """The lines that were chosen, as pages and emails show them."""
        quantities = [(line, self.cleaned_data[f"quantity-{line.pk}"]) for line, _left in self.lines]
        return [{"line": line, "quantity": quantity} for line, quantity in quantities if quantity]

    @property
    def statement(self) -> dict:
        """What is stated, for the confirmation to carry."""
        typed = {name: self.cleaned_data[name] for name in ("name", "remark")}
        lines = {str(row["line"].pk): row["quantity"] for row in self.chosen}
        return typed | {
            "order": self.order.pk, "order_number": self.order.number, "email": self.email, "lines": lines,
        }  # fmt: skip

    def clean(self) -> dict:
        """At least one item has to be left."""
        cleaned = super().clean()
        if not self.errors and not self.chosen:
            self.add_error(None, _("Choose at least 1 item"))
        return cleaned


class WithdrawalFilter(forms.Form):
    """What narrows the list of withdrawals: those that still wait, or all."""

    state = forms.ChoiceField(required=False, choices=[("all", _("All"))])

    def apply(self, notices):
        """The notices that are let through."""
        return notices if self.cleaned_data["state"] else notices.unanswered()
