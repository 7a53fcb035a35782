from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import Tag
from customers.models.tag import folded_tag


class TagForm(forms.Form):
    """The name of a tag; the same word in another spelling is the same tag."""

    name = forms.CharField(label=_("Tag"), max_length=40, widget=forms.TextInput(attrs={"list": "tag-names"}))

    def clean_name(self) -> str:
        """A name that has something to tell it by."""
        folded_tag(self.cleaned_data["name"])
        return self.cleaned_data["name"]


class RenameForm(TagForm):
    """Another name for a tag that is there."""

    name = forms.CharField(label=_("New name"), max_length=40)

    def __init__(self, data=None, *, tag: Tag) -> None:
        super().__init__(data, initial={"name": tag.name})
        self.tag = tag

    def save(self) -> Tag:
        """Rename it; returns the tag that is left, another one where it was combined."""
        return self.tag.rename(self.cleaned_data["name"])


class RemoveForm(forms.Form):
    """The tag that is to go."""

    remove = forms.IntegerField(min_value=1, max_value=2**63 - 1)
