"""Where orders go that processes of the release before wrote, and whether they have goods: those processes know neither
these columns nor that of the delivery method, and while a new release takes over, they place and import some.
"""

from django.db import transaction

from orders.models import DeliveryMethod, Order
from orders.search.texts import NOT_WORKED_OUT, write_derived_fields

BATCH = 500


def catch_up() -> None:
    """Work out country, delivery method and goods of orders of which nobody did yet: these have no country."""
    methods = DeliveryMethod.objects.by_name()
    waiting = Order.objects.filter(delivery_country=NOT_WORKED_OUT).order_by("pk")
    while orders := list(waiting.values_list("pk", "delivery_name")[:BATCH]):
        with transaction.atomic():
            write_derived_fields(Order.objects.filter(pk__in=[pk for pk, _name in orders]))
            for method in set(methods.values()):
                named = [pk for pk, name in orders if methods.get(name.lower()) == method]
                Order.objects.filter(pk__in=named, delivery_method=None).update(delivery_method=method)
