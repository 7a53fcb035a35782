from django import forms
from django.utils.translation import gettext_lazy as _

from orders.handling.form_sent_once import FormSentOnce


class MessageForm(FormSentOnce):
    """What the shop writes to the shopper."""

    text = forms.CharField(label=_("Message"), max_length=2000, widget=forms.Textarea(attrs={"rows": 8}))
