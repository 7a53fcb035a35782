"""Why something cannot be done to an order, and how views show it."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

Result = TypeVar("Result")


class OrderError(Exception):
    """Something cannot be done to an order; `str()` is the reason, in words for whoever tried it."""


class AccountGone(Exception):
    """The shopper who orders was erased meanwhile."""


def succeeds(form: forms.Form, field: str | None, action: Callable) -> bool:
    """Do it; where that raises OrderError, add the reason to the form (at `field`, or on top) and return False."""
    try:
        action()
    except OrderError as error:
        form.add_error(field, str(error))
        return False
    return True


def result_or_errors(action: Callable[..., Result], *args, **kwargs) -> tuple[Result | None, list]:
    """Do it, for a page without a form: what it returned, or None and the reason.

    The errors are (id of the field, label, words), as the summary of errors on a page reads them; a page without
    fields has neither id nor label.
    """
    try:
        return action(*args, **kwargs), []
    except OrderError as error:
        return None, [("", "", str(error))]
