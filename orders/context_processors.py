from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from orders.checkout.cart import Cart
from orders.dashboard import needs_attention
from orders.handling.listing import list_state
from orders.models import Category
from orders.setting_up import guide
from shopadmin.access import has_right
from shopadmin.roles import Right


def shop(request: HttpRequest) -> dict:
    """What every page of the storefront shows: categories and cart; read only where they are shown."""
    return {"shop_categories": _categories, "cart_count": lambda: Cart(request.session).count}


def menu(request: HttpRequest) -> dict:
    """What the menu of the backoffice counts, the next step of the set-up guide, and the list that one came from.

    The first two are asked of the database only where they are shown. `list_query` is the query string of the list of
    orders, for the pages on which something is done to one: Cancel leads back as saving does.
    """
    is_staff = request.path.startswith("/backoffice/") and request.user.is_authenticated and request.user.is_staff
    if not is_staff:
        return {}
    sees_restricted = has_right(request.user, Right.RESTRICTED)
    counts = SimpleLazyObject(lambda: needs_attention.menu(sees_restricted=sees_restricted))
    return {"menu": counts, "next_step": lambda: _next_step(request), "list_query": list_state(request)}


def _next_step(request: HttpRequest) -> guide.Step | None:
    return guide.next_step(request.store) if has_right(request.user, Right.SETTINGS) else None


def _categories() -> list[tuple[str, str]]:
    return [(category.slug, str(category)) for category in Category.objects.all()]
