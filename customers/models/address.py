from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from customers.addresses.lines import address_lines, checked_place
from customers.models.customer import Customer


class PostalAddress(models.Model):
    """The nine fields of an address, the same wherever one is kept."""

    FIELDS = (
        "country",
        "attention",
        "street",
        "house_number",
        "addition",
        "line2",
        "postcode",
        "city",
        "region",
    )

    country = CountryField(_("country"), blank=True)
    attention = models.CharField(_("attention"), max_length=100, blank=True)
    street = models.CharField(_("address line 1 (street)"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    addition = models.CharField(_("addition"), max_length=40, blank=True)
    line2 = models.CharField(_("address line 2"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ", ".join(self.lines())

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a country was ever entered."""
        return not any(getattr(self, name) for name in self.FIELDS if name != "country")

    def as_dict(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in self.FIELDS}

    @property
    def checked_place(self) -> str:
        """Postcode and country, as far as they were checked: what a mail may say to a mailbox that nobody proved."""
        return checked_place(str(self.country), self.postcode)

    def lines(self, *, name: str = "", company: str = "") -> list[str]:
        """The address as its country writes it, line by line."""
        return address_lines(self.as_dict(), name=name, company=company)


class Address(PostalAddress):
    """A customer's billing or shipping address; kept while the switch is off, so that switching loses nothing."""

    class Kind(models.TextChoices):
        BILLING = "billing", _("Billing address")
        SHIPPING = "shipping", _("Shipping address")

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [models.UniqueConstraint(fields=["customer", "kind"], name="one_address_of_a_kind")]
        indexes = [models.Index(fields=["postcode"], name="address_by_postcode", condition=models.Q(kind="billing"))]

    def save(self, *args, **kwargs) -> None:
        """Save, and bring into step what the customer's row knows of it."""
        super().save(*args, **kwargs)
        self.customer.refresh_derived_fields()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Delete, and bring the customer's row into step."""
        deleted = super().delete(*args, **kwargs)
        self.customer.refresh_derived_fields()
        return deleted
