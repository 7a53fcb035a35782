from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    """Who people are: the customer record, its history, and privacy."""

    name = "customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        from customers import sections
        from customers.history import install_triggers

        sections.register()
        post_migrate.connect(install_triggers, sender=self)
