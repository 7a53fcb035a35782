"""What makes a password link valid: Django's token, which dies with a sign-in or a change of password or address.

Django has one term for all tokens, PASSWORD_RESET_TIMEOUT. A link that lasts shorter is dated back by the difference:
the date is sealed in the token, so that no editing prolongs it.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from customers.models import Customer

SENT_BY_SHOP = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)  # by a merchant, or with an order
ASKED_FOR = timedelta(hours=1)  # by whoever says that they are the customer


class PasswordTokens(PasswordResetTokenGenerator):
    """Makes and checks the tokens; each is made for how long it lasts."""

    key_salt = "accounts.signing_in.password_tokens"

    def make_token(self, user: Customer, *, lasts: timedelta = ASKED_FOR) -> str:
        """Return a token that is valid for `lasts`, SENT_BY_SHOP at the most."""
        made_at = self._now() - (SENT_BY_SHOP - lasts)
        return self._make_token_with_timestamp(user, self._num_seconds(made_at), self.secret)


password_tokens = PasswordTokens()
