from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.privacy.archive.archive import Notes, Person
from customers.record.email_field import EmailField


class ReleaseForm(forms.Form):
    """Which notes go into an archive, and when the merchant began to look them over: later ones stay out."""

    notes_field = forms.BooleanField(label=_("Include the notes field and its earlier versions"), required=False)
    dated_notes = forms.BooleanField(label=_("Include the dated notes"), required=False)
    seen_at = forms.DateTimeField(
        widget=forms.HiddenInput,
        initial=lambda: timezone.now().isoformat(),
        error_messages=dict.fromkeys(("required", "invalid"), _("Reload this page and try again.")),
    )
    KINDS = {"notes_field": Notes.FIELD, "dated_notes": Notes.DATED}

    def person(self, customer: Customer) -> Person:
        """The customer with the notes that are released."""
        kinds = frozenset(kind for name, kind in self.KINDS.items() if self.cleaned_data[name])
        return Person(customer, kinds, min(self.cleaned_data["seen_at"], timezone.now()))


class ArchiveForm(forms.Form):
    """Whose data somebody wants; what is answered does not tell whether there are any."""

    email = EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The address you ordered with or use to sign in."),
    )
