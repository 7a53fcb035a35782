"""Edit conflicts, field by field: what this editor changed, and what somebody else changed meanwhile.

A form sends back what its editor saw (hidden initial values). Only fields whose value is another one now are
this editor's changes; where the row holds neither what was seen nor what is wanted, the editor chooses.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BoundField, ModelForm

from customers.history.words import actor_name, value_shown
from customers.models import Customer


@dataclass
class Conflict:
    """A field that two people changed: what stands there now, and what this editor wants there."""

    bound: BoundField
    theirs: Any
    who: str = ""
    at: datetime | None = None

    @property
    def choice_name(self) -> str:
        return f"keep-{self.bound.html_name}"

    @property
    def label(self) -> str:
        heading = getattr(self.bound.form, "heading", "")
        return f"{heading}, {self.bound.label}" if heading else str(self.bound.label)

    @property
    def history_field(self) -> str:
        """What the history calls the field."""
        name = "access" if self.bound.name == "awaiting_approval" else self.bound.name
        return f"{self.bound.form.prefix}.{name}" if self.bound.form.prefix else name

    @property
    def theirs_shown(self) -> str:
        return value_shown(self.bound.name, plain(self.theirs))

    @property
    def mine_shown(self) -> str:
        return value_shown(self.bound.name, plain(self.bound.form.cleaned_data[self.bound.name]))

    def choice(self) -> str:
        """What the editor chose: `theirs`, `mine`, or nothing yet."""
        return self.bound.form.data.get(self.choice_name, "")


def compare(form: ModelForm, now: Model, *, fields: tuple[str, ...]) -> tuple[list[str], list[Conflict]]:
    """The fields that this editor changed in a valid form, and those somebody else changed too.

    `now` is the locked row, or a new one that holds what an empty form shows.
    """
    changed, conflicts = [], []
    for bound in (form[name] for name in fields):
        mine, theirs = plain(form.cleaned_data[bound.name]), plain(getattr(now, bound.name))
        seen = plain(_seen(bound, getattr(now, bound.name)))
        if mine in (seen, theirs):
            continue
        conflict = Conflict(bound, getattr(now, bound.name))
        if theirs != seen or _still_open(conflict):
            conflicts.append(conflict)
        elif conflict.choice() != "theirs":
            changed.append(bound.name)
    return changed, conflicts


def let_choose(conflicts: list[Conflict], *, customer: Customer) -> None:
    """Send what stands there now as what was seen, so that the next save compares with it; say who wrote it."""
    for conflict in conflicts:
        entry = customer.history.filter(field=conflict.history_field).order_by("-at", "-id").first()
        if entry:
            conflict.who, conflict.at = actor_name(entry), entry.at
        form, bound = conflict.bound.form, conflict.bound
        form.data = form.data.copy()
        form.data[bound.html_initial_name] = bound.field.prepare_value(conflict.theirs)


def plain(value) -> str:
    """A value as text, the same however it came in: from the row, the control or the hidden field."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def show_initials(form: ModelForm, fields: tuple[str, ...]) -> None:
    """Have the form send back what its editor saw."""
    for name in fields:
        form.fields[name].show_hidden_initial = True


def _still_open(conflict: Conflict) -> bool:
    """Whether the page asked which of two values to keep, and got no answer."""
    asked = conflict.bound.form.data.getlist("asked")
    return conflict.bound.html_name in asked and conflict.choice() not in ("theirs", "mine")


def _seen(bound: BoundField, theirs):
    """What the editor saw; what stands there now when the form does not say, or says nonsense."""
    if bound.html_initial_name not in bound.form.data:
        return theirs
    try:
        return bound.field.to_python(bound.form.data[bound.html_initial_name])
    except ValidationError:
        return theirs
