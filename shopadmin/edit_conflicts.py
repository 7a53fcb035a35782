"""Edit conflicts, field by field: what this editor changed, and what somebody else changed meanwhile.

A form sends back what its editor saw (hidden initial values). Only fields whose value is another one now are
this editor's changes; where the row holds neither what was seen nor what is wanted, the editor chooses.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import BaseForm, BooleanField, BoundField, FileField
from django.forms.widgets import CheckboxInput
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _


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
    def mine(self) -> Any:
        return self.bound.form.cleaned_data[self.bound.name]

    @property
    def theirs_shown(self) -> str:
        return self.shown(self.theirs)

    @property
    def mine_shown(self) -> str:
        return self.shown(self.mine)

    def shown(self, value: Any) -> str:
        """A value as its field shows it."""
        field = self.bound.field
        if isinstance(field, BooleanField):
            return _("yes") if value else _("no")
        values = value if isinstance(value, list) else [value]
        labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
        texts = [plain(field.widget.format_value(one) if isinstance(one, Decimal) else one) for one in values]
        return ", ".join(labels.get(text, text) for text in texts)

    def choice(self) -> str:
        """What the editor chose: `theirs`, `mine`, or nothing yet."""
        return self.bound.form.data.get(self.choice_name, "")

    def let_choose(self) -> None:
        """Send what stands there now as what was seen, so that the next save compares with it."""
        form, name = self.bound.form, self.bound.html_initial_name
        form.data = form.data.copy()
        _put(form.data, name, self.bound.field.prepare_value(self.theirs))


def settle(seen: str, mine: str, theirs: str) -> str:
    """Whose value a field gets: `theirs` where this editor left it alone, `mine`, or `both` where it must be chosen."""
    if mine in (seen, theirs):
        return "theirs"
    return "mine" if theirs == seen else "both"


def compare(
    form: BaseForm, now: Mapping[str, Any], *, conflict: type[Conflict] = Conflict
) -> tuple[list[str], list[Conflict]]:
    """The fields that this editor changed in a valid form, and those somebody else changed too.

    `now` is what each field that is compared would show of the locked row.
    """
    changed, conflicts = [], []
    for name, theirs in now.items():
        found = conflict(form[name], theirs)
        whose = settle(plain(_seen(form[name], theirs)), plain(found.mine), plain(theirs))
        if whose == "both" or whose == "mine" and _still_open(found):
            conflicts.append(found)
        elif whose == "mine" and found.choice() != "theirs":
            changed.append(name)
    return changed, conflicts


def edit(
    data: QueryDict | None, rows: QuerySet, make: Callable[[QueryDict | None, Model], BaseForm], **which
) -> tuple[BaseForm, Any]:
    """The form of a row (`make`) as its editor sees it, and what its `save` returned if it could be saved.

    It is saved under the lock of the row, with what others changed meanwhile in the fields that this editor left alone.
    `form.conflicts` are those that both changed: as long as there are any, nothing is saved.
    """
    with transaction.atomic() if data is not None else nullcontext():
        row = get_object_or_404(rows if data is None else rows.select_for_update(of=("self",)), **which)
        form = caught_up(lambda sent: make(sent, copy(row)), data)
        is_right = data is not None and form.is_valid() and not form.conflicts
        return form, form.save() if is_right else None


def caught_up(make: Callable[[QueryDict | None], BaseForm], data: QueryDict | None) -> BaseForm:
    """The form as it was sent, with what others changed in fields that were left alone, or were not on the page yet.

    Call it under the lock of what `make` makes forms of.
    """
    fresh, form = make(None), make(data)
    now = {name: _initial(fresh[name]) for name in form.fields if name in fresh.fields and _is_compared(form, name)}
    _begin(form, now)
    if data is None or not form.is_valid():
        return form
    on_page = {name: theirs for name, theirs in now.items() if _is_sent(form[name])}
    changed, form.conflicts = compare(form, on_page)
    for conflict in form.conflicts:
        conflict.let_choose()
    others = [name for name in now if name not in changed and plain(form.cleaned_data[name]) != plain(now[name])]
    if form.conflicts or not others:
        return form
    return _begin(make(_with_values_of([fresh[name] for name in others], data)), now)


def _begin(form: BaseForm, now: Mapping[str, Any]) -> BaseForm:
    show_initials(form, now)
    form.conflicts = []
    return form


def _with_values_of(others: Iterable[BoundField], data: QueryDict) -> QueryDict:
    data = data.copy()
    for bound in others:
        _put(data, bound.html_name, bound.value(), as_box=isinstance(bound.field.widget, CheckboxInput))
    return data


def plain(value) -> str:
    """A value as text, the same however it came in: from the row, the control or the hidden field."""
    if isinstance(value, list):
        return ", ".join(sorted(map(plain, value)))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    value = value.pk if isinstance(value, Model) else value
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def show_initials(form: BaseForm, fields: Mapping[str, Any] | tuple[str, ...]) -> None:
    """Have the form send back what its editor saw."""
    for name in fields:
        form.fields[name].show_hidden_initial = True


def _is_compared(form: BaseForm, name: str) -> bool:
    """Whether two editors can be in each other's way there; a form may settle some fields by itself."""
    return not isinstance(form.fields[name], FileField) and name not in getattr(form, "SETTLED", ())


def _initial(bound: BoundField) -> Any:
    return bool(bound.initial) if isinstance(bound.field, BooleanField) else bound.initial


def _is_sent(bound: BoundField) -> bool:
    return bound.html_name in bound.form.data or bound.html_initial_name in bound.form.data


def _put(data: QueryDict, name: str, value: Any, *, as_box: bool = False) -> None:
    """Write a value as a browser would send it."""
    values = value if isinstance(value, list) else [value]
    if as_box:
        values = ["on"] if value else []
    data.setlist(name, ["" if one is None else str(one) for one in values])


def _still_open(conflict: Conflict) -> bool:
    """Whether the page asked which of two values to keep, and got no answer."""
    asked = conflict.bound.form.data.getlist("asked")
    return conflict.bound.html_name in asked and conflict.choice() not in ("theirs", "mine")


def _seen(bound: BoundField, theirs):
    """What the editor saw; what stands there now when the form does not say, or says nonsense."""
    if bound.html_initial_name not in bound.form.data:
        return theirs
    sent = bound.field.hidden_widget().value_from_datadict(bound.form.data, {}, bound.html_initial_name)
    try:
        return bound.field.to_python(sent)
    except ValidationError:
        return theirs
