from collections.abc import Callable
from typing import TypeVar

from django import forms

from orders.handling.errors import OrderError

Made = TypeVar("Made")


def tried(verb: Callable[..., Made], *args, **kwargs) -> tuple[Made | None, list]:
    """What the verb made, and why it could not, as the summary of errors on a page without fields shows it."""
    try:
        return verb(*args, **kwargs), []
    except OrderError as error:
        return None, [("", "", str(error))]


def done(form: forms.Form, field: str | None, verb: Callable) -> bool:
    """Do it, or say at the field (or the form) why it cannot be done."""
    try:
        verb()
    except OrderError as error:
        form.add_error(field, str(error))
        return False
    return True
