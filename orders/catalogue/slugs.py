"""Names that no other row has: the address of something in the shop, and the number of a product."""

from itertools import count

from django.db.models import Model
from django.utils.text import slugify

from orders.models import Product


def free_slug(model: type[Model], *words: str, length: int) -> str:
    """Return an address that no other row of the model has, made of the first words that have letters."""
    room = length - len("-9999")
    slug = next(filter(None, (slugify(text)[:room].strip("-") for text in words)), model._meta.model_name)
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, 10_000))) if name not in taken)


def free_number() -> str:
    """Return the number of a product that the merchant did not number."""
    numbers = (f"{number:04}" for number in count(Product.objects.count() + 1))
    return next(number for number in numbers if not Product.objects.filter(sku=number).exists())
