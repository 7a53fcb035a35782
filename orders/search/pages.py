"""The pages about orders and products, as the search of the backoffice finds them."""

from django.utils.translation import gettext_lazy as _

from shopadmin.search.pages import Page

_ORDERS, _PRODUCTS = _("Orders"), _("Products")
PAGES = [
    Page("dashboard", _("Dashboard"), _("Backoffice"), "home", _("home, start, revenue, figures, statistics")),
    Page("backoffice_orders", _ORDERS, _("Backoffice"), "orders", _("sales, purchases")),
    Page("backoffice_orders", _("Orders to ship"), _ORDERS, "orders", _("packing, dispatch, send"), "?todo=send"),
    Page("backoffice_orders", _("Orders with payment due"), _ORDERS, "orders", _("unpaid, open"), "?todo=pay"),
    Page("backoffice_orders", _("Orders with overdue payment"), _ORDERS, "orders", _("late, reminder"), "?overdue=on"),
    Page("order_new", _("New order"), _ORDERS, "plus", _("order by phone, sell, enter order"), is_action=True),
    Page("withdrawals", _("Withdrawals"), _ORDERS, "undo", _("returns, revoke, send back")),
    Page("order_bulk", _("Bulk actions"), _ORDERS, "list-checks", _("several orders at once")),
    Page("order_imports", _("Import orders"), _ORDERS, "upload", _("CSV, upload, Excel"), is_action=True),
    Page("products", _PRODUCTS, _("Backoffice"), "products", _("articles, items, catalogue, stock")),
    Page("product_add", _("Add product"), _PRODUCTS, "plus", _("new product, article, create"), is_action=True),
    Page("product_imports", _("Import products"), _PRODUCTS, "upload", _("CSV, upload, Excel"), is_action=True),
    Page("products", _("Products low in stock"), _PRODUCTS, "products", _("inventory, reorder"), "?status=low"),
    Page("categories", _("Categories"), _PRODUCTS, "products", _("collections, departments")),
    Page("category_add", _("Add category"), _PRODUCTS, "plus", _("new category, collection"), is_action=True),
    Page("delivery_method_add", _("Add delivery method"), _("Delivery methods"), "plus", _("shipping"), is_action=True),
]
