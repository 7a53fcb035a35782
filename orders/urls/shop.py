from django.urls import path

from orders.views.shop import cart, checkout, home, order, product, withdrawal

urlpatterns = [
    path("", home.home, name="home"),
    path("products/<slug:slug>/", product.product, name="product"),
    path("cart/", cart.cart, name="cart"),
    path("cart/add/<slug:slug>/", cart.add, name="cart_add"),
    path("cart/change/<slug:slug>/", cart.change, name="cart_change"),
    path("checkout/", checkout.details, name="checkout"),
    path("checkout/delivery/", checkout.delivery, name="checkout_delivery"),
    path("checkout/review/", checkout.review, name="checkout_review"),
    path("order/<str:token>/", order.order, name="guest_order"),
    path("order/<str:token>/documents/<str:number>/", order.document, name="guest_document"),
    path("withdrawal/", withdrawal.withdrawal, name="withdrawal"),
    path("withdrawal/confirmation/", withdrawal.withdrawal_confirmation, name="withdrawal_confirmation"),
    path("withdrawal/receipt/", withdrawal.withdrawal_receipt, name="withdrawal_receipt"),
]
