import uuid

from django import forms
from django.utils.translation import gettext as _


class FormSentOnce(forms.Form):
    """A form with a random hidden key, which verbs store with what they record: sent twice, it counts once."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict | None = None, *, initial: dict) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), **initial})

    def clean(self) -> dict:
        """Replace a broken key, which nobody typed, and say so on top of the form: sending it again then works."""
        if "key" in self.errors:
            del self.errors["key"]
            self.data = self.data.copy()
            self.data["key"] = str(uuid.uuid4())
            self.add_error(None, _("Nothing was recorded, because the form arrived incomplete. Send it again."))
        return super().clean()
