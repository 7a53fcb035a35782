from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    """Who people are: the customer record, its history, and privacy."""

    name = "customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        # Reason: models can be imported only once every app is loaded.
        from customers import checks, hooks, receivers  # noqa: F401
        from customers.history import triggers
        from shopadmin.lists.search_index import keep_index

        hooks.register()
        receivers.connect()
        triggers.TRIGGERS.keep(app=self)
        keep_index(self.get_model("Customer"), app=self)
