"""What the macros of `components/fields.jinja` put together: a field with its label, hint and messages."""

from collections.abc import Iterable

from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Order counts: a list of checkboxes is a kind of radio select to Django.
KINDS = [(CheckboxSelectMultiple, "checkboxes"), (RadioSelect, "segmented"), (CheckboxInput, "checkbox")]
GROUPS = ("segmented", "choices", "checkboxes")


def parts_of(bound: BoundField, kind: str = "", label: str = "", hint: str = "", *, mark: bool = True) -> dict:
    """Return what a form field is shown with; `mark=False` leaves "optional" out."""
    kind = kind or _kind_of(bound)
    parts = {
        "id": target_of(bound),
        "kind": kind,
        "label": label or bound.label,
        "optional": mark and not bound.field.required and not bound.field.disabled and kind not in GROUPS,
        "hint": hint or bound.help_text,
        "is_wrong": bool(bound.errors),
        "message": _joined(bound.errors or getattr(bound.field, "warning", "")),
        "initial": hidden_initial(bound),
    }
    parts["described_by"] = _described_by(parts)
    shown = _controls(bound, parts)
    parts["options"], parts["control"] = (shown, "") if kind in GROUPS else ([], shown)
    return parts


def errors_of_all(forms: Iterable[BaseForm]) -> list[tuple[str, str, str]]:
    """Return the errors of several forms that are shown as one."""
    return [error for form in forms for error in errors_of(form)]


def errors_of(form: BaseForm) -> list[tuple[str, str, str]]:
    """Return (id of the field, label, message) for each message; `form.heading` stands before the labels."""
    heading = getattr(form, "heading", "")
    return [
        (target_of(form[name]), f"{heading}, {form[name].label}" if heading else form[name].label, message)
        if name in form.fields
        else ("", heading, message)
        for name, messages in form.errors.items()
        for message in messages
    ]


def target_of(bound: BoundField) -> str:
    """Return the id that a link to the field leads to: its control, or the group of its controls."""
    return bound.id_for_label or bound.auto_id


def _kind_of(bound: BoundField) -> str:
    return next((kind for widget, kind in KINDS if isinstance(bound.field.widget, widget)), "control")


def _controls(bound: BoundField, parts: dict) -> str | list[dict]:
    widget = bound.field.widget
    attrs = {"id": bound.auto_id, "disabled": bound.field.disabled}
    if parts["kind"] in GROUPS:
        groups = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]["optgroups"]
        return [option for _, options, _ in groups for option in options]
    attrs["aria-describedby"] = parts["described_by"] or False
    attrs["aria-invalid"] = "true" if parts["is_wrong"] else False
    if parts["kind"] == "control":
        attrs["class"] = f"input {widget.attrs.get('class', '')}".rstrip()
    if parts["kind"] == "switch":
        attrs["role"] = "switch"
    return widget.render(bound.html_name, bound.value(), attrs=attrs, renderer=bound.form.renderer)


def _described_by(parts: dict) -> str:
    return " ".join(f"{parts['id']}-{part}" for part in ("hint", "message") if parts[part])


def _joined(messages: str | list[str]) -> SafeString:
    messages = [messages] if isinstance(messages, str) else messages
    return format_html_join(" ", "{}", ((message,) for message in messages))


def hidden_initial(bound: BoundField) -> SafeString | str:
    """Return what the form sends back of what its editor saw, where it does."""
    if not bound.field.show_hidden_initial:
        return ""
    # Django's own as_hidden(only_initial=True) points with aria-describedby at a hint that has another id here.
    widget = bound.field.hidden_widget()
    form, name = bound.form, bound.html_initial_name
    sent = name in form.data
    value = (
        widget.value_from_datadict(form.data, form.files, name) if sent else bound.field.prepare_value(bound.initial)
    )
    if value == []:
        value = [""]  # that none was chosen is sent too
    attrs = {"id": bound.html_initial_id, "form": bound.field.widget.attrs.get("form", False)}
    return widget.render(name, value, attrs=attrs, renderer=form.renderer)
