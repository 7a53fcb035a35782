from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Products, cart, checkout, orders, payments, shipments and invoices."""

    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        # Reason: models can be imported only once every app is loaded.
        from customers.models import Customer
        from orders import checks, hooks, receivers  # noqa: F401
        from orders.customer_hooks import totals_check
        from orders.dashboard import sales_count, sales_triggers
        from orders.documents import frozen
        from orders.handling import sort_copies
        from orders.models.product import write_search_texts
        from orders.search.upgrade import write_all_search_texts
        from shopadmin.lists.search_index import keep_index
        from shopadmin.search.upgrade import keep_composed

        receivers.connect()
        hooks.register()
        frozen.TRIGGERS.keep(app=self)
        sales_triggers.TRIGGERS.keep(app=self)
        sort_copies.TRIGGERS.keep(app=self)
        post_migrate.connect(sales_count.count_after_migrate, sender=self)
        keep_index(self.get_model("Order"), app=self)
        keep_index(self.get_model("Product"), app=self)
        keep_composed(Customer, totals_check.mend_customers, app=self)
        keep_composed(self.get_model("Order"), write_all_search_texts, app=self)
        keep_composed(self.get_model("Product"), write_search_texts, app=self)
