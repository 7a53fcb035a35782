from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Products, cart, checkout, orders, payments, shipments and invoices."""

    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from orders import receivers, sections
        from shopadmin.search_index import keep_index

        receivers.connect()
        sections.register()
        keep_index(self.get_model("Order"), app=self)
