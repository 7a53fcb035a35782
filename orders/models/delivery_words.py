"""How pages speak of the delivery of an order: parcels are shipped, what is picked up is handed
over, and services are provided.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shopadmin.rendering.badges import Badge


# Told apart as objects, as badges are.
@dataclass(frozen=True, eq=False)
class DeliveryWords:
    """The words for one way of delivery; `progress` and `refunded` have places for numbers."""

    states: Mapping[str, Badge]
    under_way: Badge  # all of it has left, but something is left to pay
    heading: str
    icon: str
    hand_over: str
    hand_over_rest: str
    gone: str
    progress: str
    count_gone: str
    refunded: str
    no_refunded: str
    not_restocked: str
    nothing_left: str
    records: str
    no_records: str
    record_on: str


def _states(not_yet: str, partly: str, whole: str) -> dict[str, Badge]:
    return {
        "not_shipped": Badge(not_yet, "is-open"),
        "partly_shipped": Badge(partly, "is-half is-note"),
        "shipped": Badge(whole, "is-ok"),
    }


READY = Badge(_("Ready for pick-up"), "is-half is-ok")
PARCEL = DeliveryWords(
    states=_states(_("Not shipped"), _("Partly shipped"), _("Shipped")),
    under_way=Badge(_("On its way"), "is-half is-note"),
    heading=_("Shipping"),
    icon="truck",
    hand_over=pgettext_lazy("parcel", "Ship items"),
    hand_over_rest=_("Ship remaining items"),
    gone=_("Shipped"),
    progress=_("%(sent)s of %(ordered)s shipped"),
    count_gone=_("%(count)s shipped"),
    refunded=_("%(count)s refunded, not to be shipped"),
    no_refunded=_("Items that have not been shipped yet will no longer be shipped."),
    not_restocked=_("Items that were not shipped go back in stock"),
    nothing_left=_("All items have been shipped"),
    records=_("Shipments"),
    no_records=_("No shipments yet."),
    record_on=_("Shipped on %(moment)s"),
)
PICKUP = DeliveryWords(
    states=_states(_("Not picked up"), _("Partly picked up"), _("Picked up")),
    under_way=Badge(_("Picked up"), "is-half is-note"),
    heading=_("Pick-up"),
    icon="store",
    hand_over=_("Hand over"),
    hand_over_rest=_("Hand over remaining items"),
    gone=_("Picked up"),
    progress=_("%(sent)s of %(ordered)s picked up"),
    count_gone=_("%(count)s picked up"),
    refunded=_("%(count)s refunded, not to be handed over"),
    no_refunded=_("Items that have not been picked up yet will no longer be handed over."),
    not_restocked=_("Items that were not picked up go back in stock"),
    nothing_left=_("All items have been picked up"),
    records=_("Pick-up"),
    no_records=_("Nothing has been picked up yet."),
    record_on=_("Picked up on %(moment)s"),
)
SERVICES = DeliveryWords(
    states=_states(_("Not provided"), _("Partly provided"), _("Provided")),
    under_way=Badge(_("Provided"), "is-half is-note"),
    heading=_("Services"),
    icon="check",
    hand_over=_("Mark as provided"),
    hand_over_rest=_("Mark the rest as provided"),
    gone=_("Provided"),
    progress=_("%(sent)s of %(ordered)s provided"),
    count_gone=_("%(count)s provided"),
    refunded=_("%(count)s refunded, not to be provided"),
    no_refunded=_("Services that have not been provided yet will no longer be provided."),
    not_restocked=_("Services that were not provided are cancelled"),
    nothing_left=_("All services have been provided"),
    records=_("Services"),
    no_records=_("No service has been provided yet."),
    record_on=_("Provided on %(moment)s"),
)
