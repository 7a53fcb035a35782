from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ShopadminConfig(AppConfig):
    """The floor: settings of the store, mail queue, and the shell of the backoffice."""

    name = "shopadmin"
    verbose_name = _("Shopadmin")

    def ready(self) -> None:
        # Reason: models can be imported only once every app is loaded.
        from shopadmin import checks, connection_settings  # noqa: F401
        from shopadmin.lists.search_index import keep_index
        from shopadmin.models.mail import write_search_texts
        from shopadmin.search.upgrade import keep_composed
        from shopadmin.staff_log import triggers
        from shopadmin.storage.private_files import close_database_to_others

        pre_migrate.connect(connection_settings.let_migrations_take_long, sender=self)
        post_migrate.connect(connection_settings.write_settings, sender=self)
        triggers.TRIGGERS.keep(app=self)
        keep_index(self.get_model("Mail"), app=self)
        keep_composed(self.get_model("Mail"), write_search_texts, app=self)
        connection_created.connect(close_database_to_others, dispatch_uid="close_database_to_others")
