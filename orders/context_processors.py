from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from orders.checkout.cart import Cart
from orders.dashboard import needs_attention
from orders.models import Category


def shop(request: HttpRequest) -> dict:
    """What every page of the storefront shows: shelves and cart; read only where they are shown."""
    return {"shop_categories": _shelves, "cart_count": lambda: Cart(request.session).count}


def menu(request: HttpRequest) -> dict:
    """What the menu of the backoffice shows of the rows; asked of the database only where the menu is shown."""
    is_staff = request.path.startswith("/backoffice/") and request.user.is_authenticated and request.user.is_staff
    return {"menu": SimpleLazyObject(needs_attention.menu)} if is_staff else {}


def _shelves() -> list[tuple[str, str]]:
    return [(category.slug, str(category)) for category in Category.objects.all()]
