from django.urls import path

from orders.catalogue import home_view, picture_view, product_view
from orders.checkout import cart_views, order_again
from orders.checkout import views as checkout_views
from orders.guest_order import agreed_view, cancellation_view
from orders.guest_order import view as guest_order_view
from orders.paying import test_provider_view
from orders.paying import views as paying_views
from orders.withdrawal import shop_views

urlpatterns = [
    path("", home_view.home, name="home"),
    path("categories/<slug:slug>/", home_view.category, name="category"),
    path("search/", home_view.search, name="shop_search"),
    path("products/<slug:slug>/", product_view.product, name="product"),
    path("media/products/<str:name>", picture_view.product_picture, name="product_picture"),
    path("cart/", cart_views.cart, name="cart"),
    path("cart/add/<slug:slug>/", cart_views.add, name="cart_add"),
    path("cart/change/<slug:slug>/", cart_views.change, name="cart_change"),
    path("checkout/", checkout_views.details, name="checkout"),
    path("checkout/delivery/", checkout_views.delivery, name="checkout_delivery"),
    path("checkout/review/", checkout_views.review, name="checkout_review"),
    path("order/<str:token>/", guest_order_view.order, name="guest_order"),
    path("order/<str:token>/documents/<str:number>/", guest_order_view.document, name="guest_document"),
    path("order/<str:token>/terms/", agreed_view.agreed, name="guest_order_terms"),
    path("order/<str:token>/again/", order_again.order_again, name="order_again"),
    path("order/<str:token>/cancellation/", cancellation_view.cancellation, name="guest_order_cancellation"),
    path("order/<str:token>/payment/", paying_views.order_payment, name="order_payment"),
    path("order/<str:token>/payment/method/", paying_views.order_payment_method, name="order_payment_method"),
    path("payments/<str:method>/notification/", paying_views.payment_notification, name="payment_notification"),
    path("payments/test/<uuid:key>/", test_provider_view.test_provider, name="test_provider"),
    path("withdrawal/", shop_views.withdrawal, name="withdrawal"),
    path("withdrawal/confirmation/", shop_views.withdrawal_confirmation, name="withdrawal_confirmation"),
    path("withdrawal/receipt/", shop_views.withdrawal_receipt, name="withdrawal_receipt"),
]
