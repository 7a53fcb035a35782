"""Django's own messages that our catalogues word better than Django's do; a catalogue of ours goes first."""

from django.utils.translation import gettext_noop

gettext_noop("This field is required.")
gettext_noop("Ensure this value is greater than or equal to %(limit_value)s.")
gettext_noop("Ensure this value is less than or equal to %(limit_value)s.")
