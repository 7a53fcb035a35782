"""Delivery methods as a section of the settings."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.models import DeliveryMethod
from shopadmin.models import StoreSettings
from shopadmin.store.sections import Group, Section


def missing(store: StoreSettings) -> list[str | Promise]:
    """Return what keeps shoppers from checking out: no way of delivery at all."""
    return [] if DeliveryMethod.objects.filter(active=True).exists() else [_("Delivery method")]


SECTION = Section(
    "delivery",
    Group.SELLING,
    _("Delivery methods"),
    _("Customers choose from the methods for their country, in this order."),
    url_name="delivery_methods",
    missing=missing,
    words=_("shipping, postage, delivery costs, pick-up, carrier"),
)
