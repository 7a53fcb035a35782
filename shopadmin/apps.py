from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopadminConfig(AppConfig):
    """The floor: settings of the store, mail queue, and the shell of the backoffice."""

    name = "shopadmin"
    verbose_name = _("Shopadmin")

    def ready(self) -> None:
        from shopadmin import checks  # noqa: F401
