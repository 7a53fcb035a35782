from django.urls import path

from customers.importing.import_pages import urls_of
from orders.bulk import views as bulk_views
from orders.by_phone import views as by_phone_views
from orders.catalogue import backoffice_views as catalogue_views
from orders.catalogue import category_views, pictures_views
from orders.catalogue.importing.pages import PRODUCTS
from orders.dashboard import view as dashboard_view
from orders.delivery import views as delivery_views
from orders.documents import list_views as documents_list_views
from orders.documents import views as documents_views
from orders.editing import open_orders_view
from orders.editing import views as editing_views
from orders.handling import cancellation_view, list_view, order_view, payment_views, pickup_view, shipment_view
from orders.importing.pages import ORDERS
from orders.messages import message_view, reminder_view
from orders.notes_and_tags import note_views, tag_view
from orders.printing import views as printing_views
from orders.resending import views as resending_views
from orders.setting_up import views as setting_up_views
from orders.vat import order_view as vat_order_view
from orders.vat import views as vat_views
from orders.withdrawal import backoffice_views as withdrawal_views

urlpatterns = [
    path("", dashboard_view.dashboard, name="dashboard"),
    path("guide/", setting_up_views.guide_visibility, name="guide_visibility"),
    path("mails/<int:pk>/send/", resending_views.mail_send, name="mail_send"),
    path("orders/", list_view.orders, name="backoffice_orders"),
    path("orders/filters/", list_view.orders_filters, name="orders_filters"),
    path("orders/total/", list_view.orders_total, name="backoffice_orders_total"),
    *urls_of(ORDERS, "orders/import/"),
    path("orders/withdrawals/", withdrawal_views.withdrawals, name="withdrawals"),
    path("orders/withdrawals/<int:pk>/answer/", withdrawal_views.withdrawal_answer, name="withdrawal_answer"),
    path("orders/new/", by_phone_views.order_new, name="order_new"),
    path("orders/bulk/", bulk_views.order_bulk, name="order_bulk"),
    path("orders/bulk/<int:pk>/", bulk_views.order_bulk_action, name="order_bulk_action"),
    path("orders/bulk/<int:pk>/stop/", bulk_views.order_bulk_action_stop, name="order_bulk_action_stop"),
    path("orders/packing-slips/", printing_views.packing_slips, name="packing_slips"),
    path("orders/picking-list/", printing_views.picking_list, name="picking_list"),
    path("orders/notes/<int:pk>/delete/", note_views.order_note_delete, name="order_note_delete"),
    path("orders/<str:number>/", order_view.order, name="backoffice_order"),
    path("customers/<int:pk>/order/", by_phone_views.order_for_customer, name="order_for_customer"),
    path(
        "customers/<int:pk>/order/review/", by_phone_views.order_for_customer_review, name="order_for_customer_review"
    ),
    path("customers/<int:pk>/order/place/", by_phone_views.order_for_customer_place, name="order_for_customer_place"),
    path("customers/<int:pk>/open-orders/", open_orders_view.customer_open_orders, name="customer_open_orders"),
    path("orders/<str:number>/edit/", editing_views.order_edit, name="order_edit"),
    path("orders/<str:number>/edit/review/", editing_views.order_edit_review, name="order_edit_review"),
    path("orders/<str:number>/edit/save/", editing_views.order_edit_save, name="order_edit_save"),
    path("orders/<str:number>/messages/", message_view.order_messages, name="order_messages"),
    path("orders/<str:number>/reminder/", reminder_view.order_reminder, name="order_reminder"),
    path("orders/<str:number>/notes/", note_views.order_notes, name="order_notes"),
    path("orders/<str:number>/tags/", tag_view.order_tags, name="order_tags"),
    path("orders/<str:number>/payments/", payment_views.order_payments, name="order_payments"),
    path("orders/<str:number>/refunds/", payment_views.order_refunds, name="order_refunds"),
    path("orders/<str:number>/ready/", pickup_view.order_ready, name="order_ready"),
    path("orders/<str:number>/shipments/", shipment_view.order_shipments, name="order_shipments"),
    path("orders/<str:number>/packing-slip/", printing_views.packing_slip, name="packing_slip"),
    path("orders/<str:number>/invoices/", documents_views.order_invoices, name="order_invoices"),
    path("orders/<str:number>/credit-notes/", documents_views.order_credit_notes, name="order_credit_notes"),
    path("orders/<str:number>/cancellation/", cancellation_view.order_cancellation, name="order_cancellation"),
    path("orders/<str:number>/vat/", vat_order_view.order_vat, name="order_vat"),
    path("orders/<str:number>/withdrawal/", withdrawal_views.order_withdrawal, name="order_withdrawal"),
    path(
        "orders/<str:number>/documents/<str:document>/", documents_views.backoffice_document, name="backoffice_document"
    ),
    path(
        "orders/<str:number>/documents/<str:document>/<str:syntax>/", documents_views.document_xml, name="document_xml"
    ),
    path("documents/", documents_list_views.documents, name="documents"),
    path("documents/<str:syntax>/", documents_list_views.documents_download, name="documents_download"),
    path("products/", catalogue_views.products, name="products"),
    path("products/total/", catalogue_views.products_total, name="products_total"),
    path("products/export/", catalogue_views.product_export, name="product_export"),
    *urls_of(PRODUCTS, "products/import/"),
    path("products/add/", catalogue_views.product_add, name="product_add"),
    path("products/<int:pk>/", catalogue_views.product_edit, name="product_edit"),
    path("products/<int:pk>/pictures/", pictures_views.product_pictures, name="product_pictures"),
    path("products/<int:pk>/pictures/texts/", pictures_views.product_picture_texts, name="product_picture_texts"),
    path(
        "products/<int:pk>/pictures/<int:picture>/position/",
        pictures_views.product_picture_position,
        name="product_picture_position",
    ),
    path(
        "products/<int:pk>/pictures/<int:picture>/remove/",
        pictures_views.product_picture_remove,
        name="product_picture_remove",
    ),
    path("products/categories/", category_views.categories, name="categories"),
    path("products/categories/add/", category_views.category_add, name="category_add"),
    path("products/categories/<int:pk>/", category_views.category_rename, name="category_rename"),
    path("products/categories/<int:pk>/position/", category_views.category_position, name="category_position"),
    path("products/categories/<int:pk>/delete/", category_views.category_delete, name="category_delete"),
    path("settings/taxes/", vat_views.taxes, name="taxes"),
    path("settings/taxes/<str:country>/", vat_views.country_rates, name="country_rates"),
    path("settings/delivery/", delivery_views.delivery_methods, name="delivery_methods"),
    path("settings/delivery/add/", delivery_views.delivery_method_add, name="delivery_method_add"),
    path("settings/delivery/<int:pk>/", delivery_views.delivery_method, name="delivery_method"),
    path("settings/delivery/<int:pk>/offer/", delivery_views.delivery_method_offer, name="delivery_method_offer"),
    path(
        "settings/delivery/<int:pk>/position/", delivery_views.delivery_method_position, name="delivery_method_position"
    ),
]
