"""Writes the plain form controls without a template.

Django renders each control, and each option of a list, from templates of its own: a form with 36 fields and two
lists of 250 countries takes 30 ms that way and 2 ms this way. Whatever is not listed here still comes from them.
"""

from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe


class Renderer(DjangoTemplates):
    """The project's FORM_RENDERER."""

    def render(self, template_name, context, request=None):
        """Render one control or form."""
        write = WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def written_input(widget):
    """Return `<input>`; a value of None is left out, as Django does."""
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return mark_safe(f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>')


def written_textarea(widget):
    """Return `<textarea>`; the line break after the tag is not part of the text and keeps the text's own first one."""
    text = _text(widget["value"] or "")
    return mark_safe(f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>')


def written_select(widget):
    """Return `<select>` with its options and groups."""
    groups = "".join(_written_group(label, options) for label, options, _ in widget["optgroups"])
    return mark_safe(f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}</select>')


def _written_group(label, options):
    content = "".join(
        f'<option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>'
        for option in options
    )
    return f'<optgroup label="{_text(label)}">{content}</optgroup>' if label else content


def _attributes(widget):
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False and value is not None
    )


def _text(value):
    # Python's own escape: Django's looks for lazy strings first, which a thousand options feel.
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


INPUTS = [
    "text",
    "email",
    "number",
    "password",
    "hidden",
    "date",
    "tel",
    "search",
    "url",
    "checkbox",
    "input",
]
WRITERS = {f"django/forms/widgets/{name}.html": written_input for name in INPUTS} | {
    "django/forms/widgets/textarea.html": written_textarea,
    "django/forms/widgets/select.html": written_select,
}
