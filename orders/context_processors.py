from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from orders.checkout.cart import Cart
from orders.dashboard import needs_attention
from orders.models import Category
from orders.setting_up import guide
from shopadmin.access import has_right
from shopadmin.roles import Right


def shop(request: HttpRequest) -> dict:
    """What every page of the storefront shows: categories and cart; read only where they are shown."""
    return {"shop_categories": _categories, "cart_count": lambda: Cart(request.session).count}


def menu(request: HttpRequest) -> dict:
    """What the menu of the backoffice shows of the rows, and what the set-up guide would have done next.

    Both are asked of the database only where they are shown.
    """
    is_staff = request.path.startswith("/backoffice/") and request.user.is_authenticated and request.user.is_staff
    if not is_staff:
        return {}
    sees_restricted = has_right(request.user, Right.RESTRICTED)
    counts = SimpleLazyObject(lambda: needs_attention.menu(sees_restricted=sees_restricted))
    return {"menu": counts, "next_step": lambda: _next_step(request)}


def _next_step(request: HttpRequest) -> guide.Step | None:
    return guide.next_step(request.store) if has_right(request.user, Right.SETTINGS) else None


def _categories() -> list[tuple[str, str]]:
    return [(category.slug, str(category)) for category in Category.objects.all()]
