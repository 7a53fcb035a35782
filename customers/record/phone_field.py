from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from shopadmin.models import StoreSettings


class PhoneField(PhoneNumberField):
    """A phone number: of the shop's country when it is written without a country code."""

    default_error_messages = {
        "invalid": _("Enter a valid phone number. Numbers from abroad start with + and the country code."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "tel")

    def to_python(self, value: str | None) -> PhoneNumber | str:
        self.region = str(StoreSettings.current().country)
        return super().to_python(value)
