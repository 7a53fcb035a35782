"""What is asked before an erasure."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from customers.models import Customer, Tag
from customers.privacy.erasure.names_in_text import Traces
from customers.privacy.erasure.tags_of_person import Suspect, suspects
from shopadmin.rendering.formats import number


class ErasureForm(forms.Form):
    """Which tags go along, of those that may name the person: those that look like the name are ticked."""

    tags = forms.ModelMultipleChoiceField(
        Tag.objects.none(),
        label=_("Tags that may identify this person"),
        help_text=_("Selected tags are deleted for all customers."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Mapping | None = None, *, customer: Customer) -> None:
        super().__init__(data)
        found = suspects(customer, Traces([customer]))
        field = self.fields["tags"]
        field.queryset = Tag.objects.filter(pk__in=[one.tag.pk for one in found])
        field.initial = [one.tag.pk for one in found if one.names_them]
        field.choices = [(one.tag.pk, _words(one)) for one in found]


def _words(suspect: Suspect) -> str:
    words = ngettext("%(tag)s (%(count)s customer)", "%(tag)s (%(count)s customers)", suspect.uses)
    return words % {"tag": suspect.tag, "count": number(suspect.uses)}
