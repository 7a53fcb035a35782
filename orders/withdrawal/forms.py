from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from customers.record.email_field import EmailField
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


class WithdrawalFilter(forms.Form):
    """What narrows the list of withdrawals: those that still wait, or all."""

    state = forms.ChoiceField(required=False, choices=[("all", _("All"))])

    def apply(self, notices):
        """The notices that are let through."""
        return notices if self.cleaned_data["state"] else notices.unanswered()
