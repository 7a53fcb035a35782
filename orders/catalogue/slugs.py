"""Addresses in the shop for what has a name."""

from django.db.models import Model
from django.utils.text import slugify


def free_slug(model: type[Model], *words: str, length: int) -> str:
    """Return an address that no other row of the model has, made of the first words that have letters."""
    room = length - len("-9999")
    slug = next(filter(None, (slugify(text)[:room].strip("-") for text in words)), model._meta.model_name)
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, 10_000))) if name not in taken)
