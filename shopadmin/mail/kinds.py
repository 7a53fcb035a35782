"""Every kind of email, as the backoffice names and shows it: a folder below `templates/mails` each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    """Under which heading a kind stands."""

    ORDERS = "orders", _("Orders")
    ACCOUNTS = "accounts", _("Customer accounts")
    PRIVACY = "privacy", _("Privacy")
    SHOP = "shop", _("To the shop and its staff")


@dataclass(frozen=True)
class Kind:
    """One kind of email: what it is called, when it is sent, and values to show it with.

    `example` returns what the templates read; it is called in the language that is shown, of nobody who exists.
    """

    name: str
    about: About
    label: str | Promise
    when: str | Promise
    example: Callable[[], dict] = dict


def example_link() -> str:
    """Return an address for examples, which leads nowhere."""
    return f"{settings.SITE_URL}/example/"


# The apps above add theirs when they are ready.
kinds: list[Kind] = [Kind("test", About.SHOP, _("Test email"), _("When you send one from the settings."))]


def kind_of(name: str) -> Kind | None:
    """Return the kind of that name; None where there is none."""
    return next((kind for kind in kinds if kind.name == name), None)
