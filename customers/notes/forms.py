from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import Note


class NoteForm(forms.ModelForm):
    """A remark of today."""

    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("Note (backoffice only)")}
        widgets = {"text": forms.Textarea(attrs={"rows": 1, "placeholder": _("Add a note (backoffice only)")})}
