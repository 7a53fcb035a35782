from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

LARGEST = 2**63 - 1


class PickedField(forms.Field):
    """Numbers of rows, one checkbox each."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[int]:
        """The numbers, each once."""
        if not all(number.isdecimal() and int(number) <= LARGEST for number in value or []):
            raise ValidationError(_("The selection contains an invalid number."))
        return sorted({int(number) for number in value or []})


class SelectionForm(forms.Form):
    """Which rows of a list are meant: those picked, or all that the list's query string lets through."""

    filter_form: type[forms.Form]
    words_for_none = ""

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
        """Something must be meant."""
        chosen = self.cleaned_data
        if chosen.get("all") and not self.filter_form(QueryDict(chosen.get("query", ""))).is_valid():
            raise ValidationError(_("The list has an invalid filter. Correct it in the list."))
        if not chosen.get("all") and not chosen.get("picked") and not self.errors:
            raise ValidationError(self.words_for_none)
        return chosen

    @property
    def meant(self) -> dict:
        """The view and the rows picked in it, None for all of it."""
        chosen = self.cleaned_data
        return {"query": chosen["query"], "picked": None if chosen["all"] else chosen["picked"]}

    @property
    def words_of_errors(self) -> str:
        """What is wrong with it, for a page that does not show the form."""
        return " ".join(message for errors in self.errors.values() for message in errors)


class ConfirmForm(forms.Form):
    """That it is meant, for as many as the page said there are."""

    count = forms.IntegerField()

    def __init__(self, data: QueryDict | None, *, total: int, doing: int) -> None:
        super().__init__(data)
        self.total, self.doing = total, doing

    def clean(self) -> dict:
        """What was counted must be what is meant."""
        if self.cleaned_data.get("count") != self.total:
            raise ValidationError(
                _("The selection has changed since you opened this page. Check it and confirm again.")
            )
        return self.cleaned_data
