from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The shopper's doors: sign-up, sign-in and the account itself."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # Reason: models can be imported only once every app is loaded.
        from accounts import hooks, receivers

        hooks.register()
        receivers.connect()
