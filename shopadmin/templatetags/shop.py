"""Tags and filters that every page uses: icons, fields, states, money and dates."""

from functools import cache

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from lucide.templatetags.lucide import lucide

from shopadmin.rendering import formats
from shopadmin.rendering.catalogue import catalogue_of
from shopadmin.rendering.form_renderer import written_input
from shopadmin.web_addresses import unlinked

register = template.Library()
for write in (
    "money",
    "number",
    "file_size",
    "percent",
    "day",
    "long_day",
    "weekday",
    "month",
    "moment",
    "clock",
    "timestamp",
    "ago",
):
    register.filter(write, getattr(formats, write))
register.filter("unlinked", unlinked)
register.filter("email_address", formats.email_address)

# What we call a thing, where the icon package calls it otherwise.
ICONS = {
    "home": "house",
    "orders": "receipt-text",
    "customers": "users",
    "products": "package",
    "privacy": "shield-check",
    "settings": "sliders-horizontal",
    "alert": "triangle-alert",
    "more": "ellipsis",
    "bin": "trash-2",
    "key": "key-round",
    "passkey": "user-key",
    "edit": "pencil",
    "close": "x",
    "up": "arrow-up",
    "arrow": "arrow-down",
    "down": "chevron-down",
    "right": "chevron-right",
    "left": "chevron-left",
    "money": "banknote",
    "file": "file-text",
    "print": "printer",
    "undo": "undo-2",
    "note": "sticky-note",
    "door": "log-out",
    "enter": "log-in",
    "cart": "shopping-bag",
}
# Order counts: a list of checkboxes is a kind of radio select to Django.
KINDS = [(CheckboxSelectMultiple, "checkboxes"), (RadioSelect, "segmented"), (CheckboxInput, "checkbox")]
GROUPS = ("segmented", "choices", "checkboxes")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Return the icon for a thing or an act; the word beside it says what it means."""
    return lucide(ICONS.get(name, name), size=20, **{"class": "icon", "aria-hidden": "true"})


@register.simple_tag
def badge(state, *, tinted: bool = False) -> SafeString:
    """Return the mark and word of a state: an object with `label` and `css`. Tinted once a page, beside the title."""
    return format_html(
        '<span class="badge{}{}">{}</span>', " is-tinted" if tinted else "", f" {state.css}".rstrip(), state.label
    )


@register.simple_tag(takes_context=True)
def compiled(context: Context, template: str, **values) -> SafeString:
    """Include a template of the quicker kind: see shopadmin/rendering/environment.py."""
    values["_"] = catalogue_of(get_language()).__getitem__
    return mark_safe(engines["jinja2"].get_template(template).render(context.flatten() | values))


@register.filter
def breakable(address: str | None) -> SafeString:
    """Write an email address for people, and let it break after its @."""
    return mark_safe(escape(formats.email_address(address or "")).replace("@", "@<wbr>"))


@register.inclusion_tag("components/_field.html")
def field(
    bound: BoundField,
    width: str = "across",
    *,
    kind: str = "",
    label: str = "",
    hint: str = "",
    hide_label: bool = False,
    mark: bool = True,
) -> dict:
    """Show a form field with label, hint and message; `_field.html` says what the arguments are."""
    kind = kind or _kind_of(bound)
    context = {
        "id": target_of(bound),
        "kind": kind,
        "width": width,
        "label": label or bound.label,
        "hide_label": hide_label,
        "optional": mark and not bound.field.required and not bound.field.disabled and kind not in GROUPS,
        "hint": hint or bound.help_text,
        "is_wrong": bool(bound.errors),
        "message": _joined(bound.errors or getattr(bound.field, "warning", "")),
        "initial": _hidden_initial(bound) if bound.field.show_hidden_initial else "",
    }
    context["described_by"] = _described_by(context)
    context["options" if kind in GROUPS else "control"] = _controls(bound, context)
    return context


@register.inclusion_tag("components/_errors.html")
def errors(*forms: BaseForm, title: str = "") -> dict:
    """Sum up what is wrong in one form or several; nothing if all is well."""
    return {"title": title, "errors": [error for form in forms for error in errors_of(form)]}


@register.simple_block_tag(takes_context=True)
def dialog(
    context: dict, content: str, id: str, *, title: str, action: str, submit: str, danger: bool = False
) -> SafeString:
    """Ask before doing: `content` is the question's text; `action` is where its form posts to."""
    return render_to_string(
        "components/_dialog.html",
        {
            "id": id,
            "title": title,
            "action": action,
            "submit": submit,
            "danger": danger,
            "content": content,
            "csrf_token": context.get("csrf_token"),
        },
    )


@register.inclusion_tag("backoffice/_crumbs.html")
def crumbs(*steps: str) -> dict:
    """Show the way down to a page: word, address, word, address."""
    return {"crumbs": list(zip(steps[::2], steps[1::2], strict=True))}


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


def _controls(bound: BoundField, context: dict) -> str | list[dict]:
    widget = bound.field.widget
    attrs = {"id": bound.auto_id, "disabled": bound.field.disabled}
    if context["kind"] in GROUPS:
        groups = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]["optgroups"]
        return [option | {"control": written_input(option)} for _, options, _ in groups for option in options]
    attrs["aria-describedby"] = context["described_by"] or False
    attrs["aria-invalid"] = "true" if context["is_wrong"] else False
    if context["kind"] == "control":
        attrs["class"] = f"input {widget.attrs.get('class', '')}".rstrip()
    if context["kind"] == "switch":
        attrs["role"] = "switch"
    return widget.render(bound.html_name, bound.value(), attrs=attrs, renderer=bound.form.renderer)


def _described_by(context: dict) -> str:
    parts = [part for part in ("hint", "message") if context[part]]
    return " ".join(f"{context['id']}-{part}" for part in parts)


def _joined(messages: str | list[str]) -> SafeString:
    messages = [messages] if isinstance(messages, str) else messages
    return format_html_join(" ", "{}", ((message,) for message in messages))


def _hidden_initial(bound: BoundField) -> SafeString:
    # Django's own as_hidden(only_initial=True) points with aria-describedby at a hint that has another id here.
    widget = bound.field.hidden_widget()
    form, name = bound.form, bound.html_initial_name
    sent = name in form.data
    value = (
        widget.value_from_datadict(form.data, form.files, name) if sent else bound.field.prepare_value(bound.initial)
    )
    return widget.render(name, value, attrs={"id": bound.html_initial_id}, renderer=form.renderer)
