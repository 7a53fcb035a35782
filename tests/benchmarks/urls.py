"""The product's addresses, and the bare view beside them."""

from django.urls import include, path

from shopadmin.urls import handler400, handler403, handler404, handler500
from tests.benchmarks.bare import bare
from tests.benchmarks.bare_order import bare_order

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    path("bare/", bare),
    path("bare-order/", bare_order),
    path("behind-it-all/", bare),
    path("", include("shopadmin.urls")),
]
