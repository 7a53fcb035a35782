from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from shopadmin.models import StoreSettings
from shopadmin.sealed_text import seal, unseal

SALT = "accounts.second_factor"


class MfaAdapter(DefaultMFAAdapter):
    """How allauth's second factors and passkeys meet our customers."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("This code is incorrect")}

    def is_mfa_enabled(self, user: Customer | AnonymousUser | None, types: list[str] | None = None) -> bool:
        """Whether somebody has one of these.

        Asked for several types, it is the question whether to ask for a second step. To shoppers that is never put:
        their passkey is a way in of its own, and a lost one must not lock them out. `user` is None for who was
        erased between two steps.
        """
        if user is None or (types and len(types) > 1 and not user.is_staff):
            return False
        return super().is_mfa_enabled(user, types)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": rp_id(), "name": self._get_site_name()}

    def build_totp_svg(self, url: str) -> str:
        return segno.make_qr(url).svg_inline(scale=4, border=3, light="#fff", omitsize=True)

    def encrypt(self, text: str) -> str:
        return seal(text, salt=SALT)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, salt=SALT)

    def _get_site_name(self) -> str:
        # allauth's comes from the request, whose host anybody may choose.
        return StoreSettings.current().name


def rp_id() -> str:
    """The domain that passkeys belong to, from the settings and never from a request."""
    return settings.WEBAUTHN_RP_ID or urlsplit(settings.SITE_URL).hostname or ""
