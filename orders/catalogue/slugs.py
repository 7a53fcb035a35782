"""Names that no other row has: the address of something in the shop, and the number of a product."""

from collections.abc import Collection, Sequence
from itertools import count

from django.db.models import Model
from django.utils.text import slugify

from orders.models import Product


def free_slug(model: type[Model], *words: str, length: int, but: Collection[str] = ()) -> str:
    """Return an address that no other row of the model has, made of the first words that have letters.

    `but`: addresses that are to be taken by rows not written yet.
    """
    slug = next(iter(_slugs(words, length)), model._meta.model_name)
    taken = {*model.objects.filter(slug__startswith=slug).values_list("slug", flat=True), *but}
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, 10_000))) if name not in taken)


def free_slugs(model: type[Model], rows: Sequence[Sequence[str]], *, length: int) -> list[str]:
    """Return an address for each of many rows, made of the first of its words that give one that is free."""
    wanted = [_slugs(words, length) for words in rows]
    every = {slug for slugs in wanted for slug in slugs}
    taken, found = set(model.objects.filter(slug__in=every).values_list("slug", flat=True)), []
    for words, slugs in zip(rows, wanted, strict=True):
        free = next((slug for slug in slugs if slug not in taken), "")
        found.append(free or free_slug(model, *reversed(words), length=length, but=taken))
        taken.add(found[-1])
    return found


def free_number() -> str:
    """Return the number of a product that the merchant did not number."""
    numbers = (f"{number:04}" for number in count(Product.objects.count() + 1))
    return next(number for number in numbers if not Product.objects.filter(sku=number).exists())


def _slugs(words: Sequence[str], length: int) -> list[str]:
    room = length - len("-9999")
    return list(filter(None, (slugify(text)[:room].strip("-") for text in words)))
