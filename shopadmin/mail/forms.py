from django import forms
from django.utils.translation import gettext_lazy as _

from shopadmin.models import Mail
from shopadmin.models.mail import MailQuerySet

FAILING = ("failing", _("Needs attention"))


class MailFilter(forms.Form):
    """What narrows the list of mails: words in the address or subject, and the state."""

    q = forms.CharField(
        label=_("Search emails"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Email address or subject")}
        ),
    )
    state = forms.ChoiceField(required=False, choices=[("", ""), FAILING, *Mail.State.choices])

    def apply(self, mails: MailQuerySet) -> MailQuerySet:
        """The mails that are let through."""
        words, state = self.cleaned_data["q"], self.cleaned_data["state"]
        if words:
            mails = mails.matching(words)
        if state == FAILING[0]:
            return mails.failing()
        return mails.filter(state=state) if state else mails
