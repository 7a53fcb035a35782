from django.urls import path

from orders.views.backoffice import (
    cancellation,
    dashboard,
    documents,
    order,
    orders,
    payments,
    products,
    shipments,
    withdrawals,
)

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("orders/", orders.orders, name="backoffice_orders"),
    path("orders/total/", orders.orders_total, name="backoffice_orders_total"),
    path("orders/withdrawals/", withdrawals.withdrawals, name="withdrawals"),
    path("orders/withdrawals/<int:pk>/answer/", withdrawals.withdrawal_answer, name="withdrawal_answer"),
    path("orders/<str:number>/", order.order, name="backoffice_order"),
    path("orders/<str:number>/payments/", payments.order_payments, name="order_payments"),
    path("orders/<str:number>/refunds/", payments.order_refunds, name="order_refunds"),
    path("orders/<str:number>/shipments/", shipments.order_shipments, name="order_shipments"),
    path("orders/<str:number>/invoices/", documents.order_invoices, name="order_invoices"),
    path("orders/<str:number>/credit-notes/", documents.order_credit_notes, name="order_credit_notes"),
    path("orders/<str:number>/cancellation/", cancellation.order_cancellation, name="order_cancellation"),
    path("orders/<str:number>/withdrawal/", withdrawals.order_withdrawal, name="order_withdrawal"),
    path("orders/<str:number>/documents/<str:document>/", documents.backoffice_document, name="backoffice_document"),
    path("products/", products.products, name="products"),
    path("products/add/", products.product_add, name="product_add"),
    path("products/<int:pk>/", products.product_edit, name="product_edit"),
]
