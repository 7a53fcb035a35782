"""The one form of a customer: person and company, billing address, shipping address."""

from copy import copy

from django.db import IntegrityError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from customers.addresses.form import AddressForm
from customers.history import acting
from customers.models import Address, Customer
from customers.privacy.restriction.restriction import must_be_usable
from customers.record.conflicts import Conflict, compare, let_choose
from customers.record.forms import CustomerForm
from shopadmin.edit_conflicts import show_initials
from shopadmin.models import StoreSettings

ADDRESS = Address.FIELDS


class CustomerPage:
    """Three forms shown, checked and saved as one; nothing is written unless all of them are right."""

    def __init__(self, data: dict | None = None, *, customer: Customer, editor: Customer) -> None:
        self.customer, self.editor = customer, editor
        self.is_bound = data is not None
        self.conflicts: list[Conflict] = []
        self.stays_shut = False
        self.has_new_address = False
        elsewhere = "ship_elsewhere" in data if self.is_bound else True
        addresses = {address.kind: address for address in customer.addresses.all()} if customer.pk else {}
        self.billing = AddressForm(data, instance=addresses.get("billing"), prefix="billing", required=False)
        self.shipping = AddressForm(data, instance=addresses.get("shipping"), prefix="shipping", checked=elsewhere)
        country = str(self.billing["country"].value() or StoreSettings.current().country)
        # A copy: checking writes what was typed into the instance, and the page still names the customer.
        self.customer_form = CustomerForm(data, instance=copy(customer), country=country)
        self.customer_form.fields["email"].disabled = not customer.sign_in_editable_by(editor)
        show_initials(self.customer_form, CustomerForm.EDITED)
        show_initials(self.billing, ADDRESS)
        show_initials(self.shipping, ADDRESS)

    @property
    def forms(self) -> tuple[CustomerForm, AddressForm, AddressForm]:
        return self.customer_form, self.billing, self.shipping

    @property
    def has_errors(self) -> bool:
        """Whether the page comes back with something to look at."""
        return self.has_form_errors or self.is_in_doubt or bool(self.conflicts)

    @property
    def is_in_doubt(self) -> bool:
        """Whether a number looks wrong and nobody has said to keep it."""
        return self.is_bound and bool(self.customer_form.doubts)

    @property
    def has_form_errors(self) -> bool:
        return self.is_bound and any(form.errors for form in self.forms)

    @property
    def doubts(self) -> list[tuple[str, str, str]]:
        """(label, id of the field, doubt) of each number that looks wrong."""
        form = self.customer_form
        return [
            (form[name].label, form[name].auto_id, doubt) for name, doubts in form.doubts.items() for doubt in doubts
        ]

    def is_valid(self) -> bool:
        return self.is_bound and not self.has_form_errors and not self.is_in_doubt

    def save(self) -> bool:
        """Write what the editor changed; False, and nothing written, when somebody else changed the same."""
        try:
            with acting.merchant(self.editor):
                return self._add() if self.customer.pk is None else self._change()
        except IntegrityError:
            self.customer_form.add_error("email", _("Another customer has this email address."))
            return False

    def _add(self) -> bool:
        cleaned = self.customer_form.cleaned_data
        self.customer = self.customer_form.instance
        self.customer.confirmed_numbers = self.customer_form.remembered
        if cleaned["awaiting_approval"]:
            self.customer.access = Customer.Access.AWAITING
        self.customer.save()
        self._set_consent(self.customer)
        self.billing.save_for(self.customer)
        if cleaned["ship_elsewhere"] or not self.shipping.is_blank:
            self.shipping.save_for(self.customer)
        return True

    def _change(self) -> bool:
        now = get_object_or_404(Customer.objects.select_for_update(), pk=self.customer.pk)
        must_be_usable(now)
        addresses = {address.kind: address for address in now.addresses.all()}
        blank = {form.prefix: Address(country=form.initial["country"]) for form in (self.billing, self.shipping)}
        changed, self.conflicts = compare(self.customer_form, now, fields=CustomerForm.EDITED)
        by_form = {self.customer_form: changed}
        for form in (self.billing, self.shipping):
            row = addresses.get(form.prefix) or blank[form.prefix]
            by_form[form], conflicts = compare(form, row, fields=ADDRESS)
            self.conflicts += conflicts
        if self.conflicts:
            let_choose(self.conflicts, customer=now)
            return False
        self._write(now, by_form)
        return True

    def _write(self, now: Customer, by_form: dict) -> None:
        changed = by_form[self.customer_form]
        self._write_row(now, changed)
        if "email" in changed:
            now.change_email(self.customer_form.cleaned_data["email"], by=self.editor)
        if "marketing_consent" in changed:
            self._set_consent(now)
        if "awaiting_approval" in changed:
            self._set_access(now)
        for form in (self.billing, self.shipping):
            if by_form[form]:
                form.save_for(now, only=by_form[form])
        has_moved = bool(by_form[self.billing] or by_form[self.shipping] or "ship_elsewhere" in changed)
        self.has_new_address = has_moved or "email" in changed
        self.customer = now

    def _write_row(self, now: Customer, changed: list[str]) -> None:
        cleaned, verbs = self.customer_form.cleaned_data, {"email", "marketing_consent", "awaiting_approval"}
        fields = [name for name in changed if name not in verbs]
        for name in fields:
            setattr(now, name, cleaned[name])
        if now.confirmed_numbers != self.customer_form.remembered:
            now.confirmed_numbers = self.customer_form.remembered
            fields.append("confirmed_numbers")
        if fields:
            now.save(update_fields=fields)

    def _set_access(self, now: Customer) -> None:
        """Shut the door or open it; `stays_shut` when it could not be opened because accounts are off."""
        if self.customer_form.cleaned_data["awaiting_approval"]:
            now.await_approval(by=self.editor)
        else:
            self.stays_shut = not now.approve()

    def _set_consent(self, customer: Customer) -> None:
        field = self.customer_form.fields["marketing_consent"]
        customer.set_marketing_consent(
            self.customer_form.cleaned_data["marketing_consent"],
            text=str(field.label),
            source="backoffice",
            by=self.editor,
        )
