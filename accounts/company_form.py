"""Private or business, and the company's numbers: the same for who signs up and who has an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.sign_up import approval
from customers import business_numbers
from customers.models import Customer
from orders.checkout.details_form import REGISTER
from shopadmin.links_in_text import no_link


class CompanyForm(forms.ModelForm):
    """A number that looks wrong can be kept all the same."""

    customer_type = forms.ChoiceField(
        label=_("Ordering as"),
        choices=[("private", _("Individual")), ("business", _("Company"))],
        widget=forms.RadioSelect,
    )
    company_number_confirmed = forms.BooleanField(label=_("This is the company's own number (RSIN)"), required=False)
    coc_number_confirmed = forms.BooleanField(label=_("Keep this number"), required=False)
    vat_number_confirmed = forms.BooleanField(label=_("Keep this number"), required=False)

    class Meta:
        model = Customer
        fields = ["customer_type", "company_name", "company_number", "coc_number", "vat_number"]
        labels = {"coc_number": REGISTER["label"]}
        help_texts = {"coc_number": REGISTER["help_text"]}

    def __init__(self, *args, country: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        self.doubts: dict[str, list[str]] = {}
        self.confirmed = dict(self.instance.confirmed_numbers)
        self.stored = {name: getattr(self.instance, name) for name in business_numbers.FIELDS}
        self.will_wait = not self.instance.is_business and approval.waits_as_business(self.instance)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("customer_type") == Customer.Type.BUSINESS:
            if not cleaned.get("company_name") and "company_name" not in self.errors:
                self.add_error("company_name", _("Enter the company name"))
            for name in business_numbers.FIELDS:
                self._look_at(name, cleaned)
        return cleaned

    def _look_at(self, name: str, cleaned: dict) -> None:
        """Ask once about a number that was changed and looks wrong; what was confirmed is remembered with its value."""
        typed = cleaned.get(name, "")
        value = cleaned[name] = business_numbers.normal_form(name, typed, self.country)
        doubts = business_numbers.warnings_for(name, value, self.country)
        if cleaned.get(f"{name}_confirmed"):
            self.confirmed[name] = value
        if doubts and value != self.confirmed.get(name) and self.stored[name] not in (value, typed):
            self.fields[name].warning = self.doubts[name] = doubts


class CompanyFormOfSignUp(CompanyForm):
    """The same for a new account; nobody has shown yet whose mailbox its emails go to."""

    def __init__(self, data: dict | None, *, country: str) -> None:
        super().__init__(data, instance=Customer(), country=country)
        self.fields["customer_type"].required = False
        self.fields["company_name"].validators = [*self.fields["company_name"].validators, no_link]

    def clean_customer_type(self) -> str:
        return self.cleaned_data["customer_type"] or Customer.Type.PRIVATE

    @property
    def entered(self) -> dict:
        """What the new account begins with; nothing of a company for a private person."""
        if self.cleaned_data["customer_type"] != Customer.Type.BUSINESS:
            return {}
        fields = {name: self.cleaned_data[name] for name in self._meta.fields}
        return fields | {"confirmed_numbers": self.confirmed}
