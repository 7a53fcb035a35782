"""All addresses of the product; the apps are joined by string."""

from django.urls import include, path

urlpatterns = [
    path("", include("shopadmin.urls_shop")),
    path("", include("orders.urls_shop")),
    path("", include("customers.urls_shop")),
    path("account/", include("accounts.urls")),
    path("backoffice/", include("accounts.urls_backoffice")),
    path("backoffice/", include("orders.urls_backoffice")),
    path("backoffice/", include("customers.urls")),
    # Last: its settings/<section>/ takes what the apps above have no pages of their own for.
    path("backoffice/", include("shopadmin.urls_backoffice")),
]

handler400 = "shopadmin.rendering.error_pages.bad_request"
handler403 = "shopadmin.rendering.error_pages.forbidden"
handler404 = "shopadmin.rendering.error_pages.not_found"
handler429 = "shopadmin.rendering.error_pages.too_many"
handler500 = "shopadmin.rendering.error_pages.server_error"
