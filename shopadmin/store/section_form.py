"""What the pages of the settings share: each shows some fields of the one row of settings, and saves those alone."""

from collections.abc import Callable
from copy import copy
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.functional import Promise

from shopadmin.edit_conflicts import edit
from shopadmin.models import StoreSettings
from shopadmin.store.texts_by_language import Text, fields_of, typed_texts


def edit_settings(request: HttpRequest, make: Callable[..., "SectionForm"]) -> tuple["SectionForm", bool]:
    """The form that `make` makes for a store, and whether it was saved, never over what others saved."""
    StoreSettings.current()  # its row is there after this
    data = request.POST if request.method == "POST" else None
    form, saved = edit(data, StoreSettings.objects.all(), lambda sent, store: make(sent, store=store), pk=1)
    return form, saved is not None


class Caution(NamedTuple):
    """Something that may be so, but had better be otherwise: a heading, and what to do."""

    heading: str
    words: str | Promise


class SectionForm(forms.ModelForm):
    """One section of the settings."""

    # How wide a field is, where it does not go across: see `components/fields.jinja`.
    WIDTHS: dict[str, str] = {}
    # Those that the merchant writes in each language, by column.
    TEXTS: dict[str, Text] = {}

    def __init__(self, data=None, files=None, *, store: StoreSettings) -> None:
        # A copy: what is typed must not show in the rest of the page before it is saved.
        super().__init__(data, files, instance=copy(store))
        self.fields |= fields_of(store, self.TEXTS)
        self.before = {name: getattr(store, name) for name in self.saved_fields}

    @property
    def saved_fields(self) -> list[str]:
        """The columns that this section writes."""
        return [*self._meta.fields, *self.TEXTS]

    @property
    def shown_fields(self) -> list[tuple[BoundField, str]]:
        """(field, width) from top to bottom."""
        return [(self[name], self.WIDTHS.get(name, "across")) for name in self.fields]

    def doubts(self) -> list[str | Promise]:
        """What was saved but looks wrong."""
        return []

    @property
    def caution(self) -> Caution | None:
        """What is stored and may stay, but has a drawback that the merchant should know."""
        return None

    @property
    def has_moved(self) -> bool:
        """Whether what was saved makes other settings of the section look out of place."""
        return False

    def save(self, commit: bool = True) -> StoreSettings:
        """Write what changed, and only that: somebody else may be saving another section."""
        for name in self.TEXTS:
            setattr(self.instance, name, typed_texts(self.instance, name, self.cleaned_data))
        changed = [name for name, value in self.before.items() if getattr(self.instance, name) != value]
        self.instance.save(update_fields=changed)
        return self.instance
