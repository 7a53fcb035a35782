"""Edit conflicts on a customer or address: values as the history words them, and who wrote them."""

from django.db.models import Model
from django.forms import ModelForm

from customers.history.words import actor_name, value_shown
from customers.models import Customer
from shopadmin import edit_conflicts
from shopadmin.edit_conflicts import plain


class Conflict(edit_conflicts.Conflict):
    """A field that two people changed."""

    @property
    def history_field(self) -> str:
        """What the history calls the field."""
        name = "access" if self.bound.name == "awaiting_approval" else self.bound.name
        return f"{self.bound.form.prefix}.{name}" if self.bound.form.prefix else name

    def shown(self, value) -> str:
        return value_shown(self.bound.name, plain(value))


def compare(form: ModelForm, now: Model, *, fields: tuple[str, ...]) -> tuple[list[str], list[Conflict]]:
    """The fields that this editor changed in a valid form, and those somebody else changed too.

    `now` is the locked row, or a new one that holds what an empty form shows.
    """
    return edit_conflicts.compare(form, {name: getattr(now, name) for name in fields}, conflict=Conflict)


def let_choose(conflicts: list[Conflict], *, customer: Customer) -> None:
    """Have each compared with what stands there now, and say who wrote it."""
    for conflict in conflicts:
        entry = customer.history.filter(field=conflict.history_field).order_by("-at", "-id").first()
        if entry:
            conflict.who, conflict.at = actor_name(entry), entry.at
        conflict.let_choose()
