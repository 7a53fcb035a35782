from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.models import StaffInvitation
from customers.staff.invitations import refusal
from shopadmin.links_in_text import no_web_address
from shopadmin.locale_choices import language_name
from shopadmin.models import StoreSettings
from shopadmin.roles import Role

ROLE_HINT = _(
    "Owners can do everything. Managers can do everything except settings, staff and restricted customers. "
    "Support can edit customers and orders. Read-only can change nothing."
)


class InvitationForm(forms.ModelForm):
    """Whom to invite, as what, and in which language."""

    language = forms.ChoiceField(label=_("Language"), help_text=_("The language of the invitation."))

    class Meta:
        model = StaffInvitation
        fields = ["email", "first_name", "role", "language"]
        help_texts = {"role": ROLE_HINT}
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "first_name": forms.TextInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, data=None, *, store: StoreSettings) -> None:
        super().__init__(data)
        self.fields["language"].choices = [(code, language_name(code)) for code in dict(settings.LANGUAGES)]
        self.fields["language"].initial = store.spoken_to(store.first_language)
        self.fields["first_name"].validators.append(no_web_address)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if reason := refusal(email):
            raise ValidationError(reason)
        return email


class RoleForm(forms.Form):
    """What a colleague may do from now on."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, help_text=ROLE_HINT)
