from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from customers.browse.filters import CustomerFilter
from customers.exporting.csv_file import SEPARATORS, separator_of
from customers.models import BulkAction, Customer, Tag
from customers.tags.forms import TagForm

LARGEST = 2**63 - 1


class PickedField(forms.Field):
    """Numbers of customers, one checkbox each."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[int]:
        """The numbers, each once."""
        if not all(number.isdecimal() and int(number) <= LARGEST for number in value or []):
            raise ValidationError(_("The selection contains an invalid customer number."))
        return sorted({int(number) for number in value or []})


class ChosenForm(forms.Form):
    """What is to be done, and to whom: those picked, or all that the list's query string lets through."""

    action = forms.ChoiceField(choices=BulkAction.Kind, widget=forms.HiddenInput)
    picked = PickedField(required=False)
    all = forms.BooleanField(required=False, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """The view without the place in it."""
        view = QueryDict(self.cleaned_data["query"].removeprefix("?"), mutable=True)
        for name in ("after", "before"):
            view.pop(name, None)
        return view.urlencode()

    def clean(self) -> dict:
        """Somebody must be meant."""
        chosen = self.cleaned_data
        if chosen.get("all") and not CustomerFilter(QueryDict(chosen.get("query", ""))).is_valid():
            raise ValidationError(_("The list has an invalid filter. Correct it in the list."))
        if not chosen.get("all") and not chosen.get("picked") and not self.errors:
            raise ValidationError(_("Select at least one customer."))
        return chosen

    def action_of(self, by: Customer) -> BulkAction:
        """The action that is asked for, not saved yet."""
        chosen = self.cleaned_data
        picked = None if chosen["all"] else chosen["picked"]
        return BulkAction(kind=chosen["action"], query=chosen["query"], picked=picked, by=by)


class ConfirmForm(forms.Form):
    """That it is meant, for as many as the page said there are."""

    count = forms.IntegerField()

    def __init__(self, data: QueryDict | None, *, total: int, doing: int) -> None:
        super().__init__(data)
        self.total, self.doing = total, doing

    def clean(self) -> dict:
        """Who was counted must be who is meant."""
        if self.cleaned_data.get("count") != self.total:
            raise ValidationError(
                _("The selection has changed since you opened this page. Check it and confirm again.")
            )
        return self.cleaned_data

    def tag(self) -> Tag | None:
        """The tag that it is about."""
        return None

    def separator_sign(self) -> str:
        """What parts the columns of a file that it makes."""
        return ","


class TaggingForm(TagForm, ConfirmForm):
    """The tag to add, by its name."""

    def tag(self) -> Tag:
        """The tag of that name; made where there is none."""
        return Tag.objects.named(self.cleaned_data["name"])


class UntaggingForm(ConfirmForm):
    """The tag to take off."""

    which = forms.ModelChoiceField(Tag.objects.all(), label=gettext_lazy("Tag"))

    def tag(self) -> Tag:
        """The tag that was chosen."""
        return self.cleaned_data["which"]


class ExportingForm(ConfirmForm):
    """What parts the columns of the file, by default as where the language is spoken."""

    separator = forms.ChoiceField(
        label=gettext_lazy("Separator"),
        required=False,
        choices=[
            ("semicolon", gettext_lazy("semicolon (Dutch or German Excel)")),
            ("comma", gettext_lazy("comma (English Excel, other programs)")),
            ("tab", gettext_lazy("tab")),
        ],
    )

    def __init__(self, data: QueryDict | None, **counts: int) -> None:
        super().__init__(data, **counts)
        self.own = separator_of(get_language() or "")
        self.fields["separator"].initial = next(name for name, sign in SEPARATORS.items() if sign == self.own)

    def separator_sign(self) -> str:
        """The sign that was chosen."""
        return SEPARATORS.get(self.cleaned_data["separator"], self.own)


class ErasingForm(ConfirmForm):
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
