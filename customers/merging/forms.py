"""What to keep where two records differ, and the number of the other record."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.merging.fields import differences
from customers.models import Customer
from customers.models.duplicate import DuplicateQuerySet


class MergeForm(forms.Form):
    """One choice for each field in which two records differ; refused when one of them changed since it was shown."""

    seen = forms.CharField(
        max_length=64, widget=forms.HiddenInput, error_messages={"required": _("Review both customers first.")}
    )

    def __init__(self, data: dict | None = None, *, kept: Customer, merged: Customer) -> None:
        super().__init__(data)
        found = differences(kept, merged)
        for one in found:
            self.fields[one.name] = forms.ChoiceField(
                label=one.label, choices=one.options, initial=one.preset, required=False, widget=forms.RadioSelect
            )
        self.fingerprint = hashlib.sha256(repr([kept.pk, merged.pk, found]).encode()).hexdigest()

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.fingerprint:
            raise ValidationError(_("One of the customers has changed in the meantime. Review both again."))
        return self.cleaned_data["seen"]

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, by field."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "seen"]


class PairFilter(forms.Form):
    """Which pairs the list shows: those to decide on, or those that were said to be two people."""

    state = forms.ChoiceField(required=False, choices=[("", ""), ("dismissed", _("Not duplicates"))])

    def apply(self, pairs: DuplicateQuerySet) -> DuplicateQuerySet:
        """The pairs that are let through."""
        return pairs.dismissed() if self.cleaned_data["state"] else pairs.open()


class PairForm(forms.Form):
    """Two records, by number."""

    first = forms.ModelChoiceField(Customer.objects.none())
    second = forms.ModelChoiceField(Customer.objects.none())

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.queryset = Customer.objects.shoppers().unrestricted()

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and cleaned["first"] == cleaned["second"]:
            raise ValidationError(_("Choose two different customers."))
        return cleaned
