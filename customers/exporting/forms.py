from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers.exporting.csv_file import SEPARATORS, separator_of


class SeparatorForm(forms.Form):
    """What parts the columns of a file, by default as where the language is spoken."""

    separator = forms.ChoiceField(
        label=_("Separator"),
        required=False,
        choices=[
            ("semicolon", _("semicolon (Dutch or German Excel)")),
            ("comma", _("comma (English Excel, other programs)")),
            ("tab", _("tab")),
        ],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.own = separator_of(get_language() or "")
        self.fields["separator"].initial = next(name for name, sign in SEPARATORS.items() if sign == self.own)

    def separator_sign(self) -> str:
        """The sign that was chosen."""
        return SEPARATORS.get(self.cleaned_data["separator"], self.own)
