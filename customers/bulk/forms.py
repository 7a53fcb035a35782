from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.browse.filters import CustomerFilter
from customers.exporting.forms import SeparatorForm
from customers.models import BulkAction, Customer, Tag
from customers.tags.forms import TagForm
from shopadmin.bulk.forms import ConfirmForm, SelectionForm


class ChosenForm(SelectionForm):
    """What is to be done, and to whom."""

    filter_form, words_for_none = CustomerFilter, gettext_lazy("Select at least one customer.")

    action = forms.ChoiceField(choices=BulkAction.Kind, widget=forms.HiddenInput)

    def action_of(self, by: Customer) -> BulkAction:
        """The action that is asked for, not saved yet."""
        return BulkAction(kind=self.cleaned_data["action"], by=by, **self.meant)


class CustomersForm(ConfirmForm):
    """That it is meant, and nothing more to choose."""

    def tag(self) -> Tag | None:
        """The tag that it is about."""
        return None

    def separator_sign(self) -> str:
        """What parts the columns of a file that it makes."""
        return ","


class TaggingForm(TagForm, CustomersForm):
    """The tag to add, by its name."""

    def tag(self) -> Tag:
        """The tag of that name; made where there is none."""
        return Tag.objects.named(self.cleaned_data["name"])


class UntaggingForm(CustomersForm):
    """The tag to take off."""

    which = forms.ModelChoiceField(Tag.objects.all(), label=gettext_lazy("Tag"))

    def tag(self) -> Tag:
        """The tag that was chosen."""
        return self.cleaned_data["which"]


class ExportingForm(SeparatorForm, CustomersForm):
    """What parts the columns of the file."""


class ErasingForm(CustomersForm):
    """How many are erased, typed by whoever means it."""

    number = forms.IntegerField(label=gettext_lazy("Number of customers to erase"))

    def clean_number(self) -> int:
        """The number that the page says."""
        if self.cleaned_data["number"] != self.doing:
            raise ValidationError(_("Enter %(number)s to confirm.") % {"number": self.doing})
        return self.doing


FORMS = {
    BulkAction.Kind.TAG: TaggingForm,
    BulkAction.Kind.UNTAG: UntaggingForm,
    BulkAction.Kind.EXPORT: ExportingForm,
    BulkAction.Kind.ERASE: ErasingForm,
}
