"""How often guests may order from one network."""

import time

from allauth.core.internal.ratelimit import get_ip, get_rates
from django.core.cache import cache
from django.http import HttpRequest


def may_order_from(request: HttpRequest) -> bool:
    """Whether the network of a request has not ordered too often (`"order"` in the settings); counts this order.

    All rates are read from one list of times, without a lock: orders at the same moment may count as one, which
    limits as wide as these can bear, and an order costs few statements.
    """
    rates = get_rates(app="allauth.account", action="order")
    key, now = f"orders-from:{get_ip(request)}", time.time()
    longest = max((rate.duration for rate in rates), default=0)
    times = [at for at in cache.get(key, []) if at > now - longest] if rates else []
    if any(sum(at > now - rate.duration for at in times) >= rate.amount for rate in rates):
        return False
    if rates:
        cache.set(key, [*times, now], longest)
    return True
