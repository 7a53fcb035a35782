import uuid

from django import forms
from django.utils.translation import gettext as _


class FormSentOnce(forms.Form):
    """A form with a hidden key, by which what it enters is entered once, however often it is sent."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: dict | None = None, *, initial: dict) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), **initial})

    def clean(self) -> dict:
        """A key that is none is nobody's typing error: it is replaced, so that sending again helps."""
        if "key" in self.errors:
            del self.errors["key"]
            self.data = self.data.copy()
            self.data["key"] = str(uuid.uuid4())
            self.add_error(None, _("Nothing was recorded, because the form arrived incomplete. Send it again."))
        return super().clean()
