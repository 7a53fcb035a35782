from django.urls import path
from django.views.i18n import set_language

from shopadmin.robots import robots, security_text
from shopadmin.store.legal_view import legal_page
from shopadmin.store.pictures import shop_picture
from shopadmin.well_known import change_password, favicon

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("privacy/", legal_page, {"kind": "privacy_policy"}, name="privacy_policy"),
    path("terms/", legal_page, {"kind": "terms"}, name="terms"),
    path("imprint/", legal_page, {"kind": "imprint"}, name="imprint"),
    path("withdrawal/information/", legal_page, {"kind": "withdrawal_information"}, name="withdrawal_information"),
    path("media/shop/<str:name>", shop_picture, name="shop_picture"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_text, name="security_text"),
    path(".well-known/change-password", change_password, name="well_known_change_password"),
    path("favicon.ico", favicon, name="favicon"),
]
