"""All addresses of the product; the apps are joined by string."""

from django.urls import include, path

urlpatterns = [
    path("", include("shopadmin.urls_shop")),
    path("", include("orders.urls.shop")),
    path("", include("customers.urls_shop")),
    path("account/", include("accounts.urls")),
    path("backoffice/", include("shopadmin.urls_backoffice")),
    path("backoffice/", include("accounts.urls_backoffice")),
    path("backoffice/", include("orders.urls.backoffice")),
    path("backoffice/", include("customers.urls")),
]

handler400 = "shopadmin.views.errors.bad_request"
handler403 = "shopadmin.views.errors.forbidden"
handler404 = "shopadmin.views.errors.not_found"
handler429 = "shopadmin.views.errors.too_many"
handler500 = "shopadmin.views.errors.server_error"
