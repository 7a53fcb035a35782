from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Products, cart, checkout, orders, payments, shipments and invoices."""

    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from customers.models import Customer
        from orders import receivers, recounting, search_texts, sections
        from shopadmin.search_index import keep_index
        from shopadmin.search_upgrade import keep_composed

        receivers.connect()
        sections.register()
        keep_index(self.get_model("Order"), app=self)
        keep_composed(Customer, recounting.mend_customers, app=self)
        keep_composed(self.get_model("Order"), search_texts.write_all_search_texts, app=self)
