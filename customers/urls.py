from django.urls import path

from customers.views import (
    access,
    customer,
    customer_edit,
    customer_tags,
    customers,
    delete,
    password_link,
    privacy_request,
    privacy_requests,
    seen,
    tags,
)

urlpatterns = [
    path("customers/", customers.customers, name="customers"),
    path("customers/total/", customers.customers_total, name="customers_total"),
    path("customers/add/", customer_edit.customer_add, name="customer_add"),
    path("customers/seen/", seen.customers_seen, name="customers_seen"),
    path("customers/<int:pk>/", customer.customer, name="customer"),
    path("customers/<int:pk>/edit/", customer_edit.customer_edit, name="customer_edit"),
    path("customers/<int:pk>/password-link/", password_link.customer_password_link, name="customer_password_link"),
    path("customers/<int:pk>/approval/", access.customer_approval, name="customer_approval"),
    path("customers/<int:pk>/blocking/", access.customer_blocking, name="customer_blocking"),
    path("customers/<int:pk>/seen/", seen.customer_seen, name="customer_seen"),
    path("customers/<int:pk>/tags/", customer_tags.customer_tags, name="customer_tags"),
    path("customers/tags/", tags.tags, name="tags"),
    path("customers/tags/<int:pk>/rename/", tags.tag_rename, name="tag_rename"),
    path("customers/tags/<int:pk>/delete/", tags.tag_delete, name="tag_delete"),
    path("customers/<int:pk>/delete/", delete.delete, name="customer_delete"),
    path("privacy/", privacy_requests.privacy_requests, name="privacy_requests"),
    path("privacy/add/", privacy_requests.privacy_request_add, name="privacy_request_add"),
    path("privacy/<int:pk>/", privacy_request.privacy_request, name="privacy_request"),
    path("privacy/<int:pk>/erasure/", privacy_request.privacy_request_erasure, name="privacy_request_erasure"),
    path("privacy/<int:pk>/done/", privacy_request.privacy_request_done, name="privacy_request_done"),
    path("privacy/<int:pk>/decline/", privacy_request.privacy_request_decline, name="privacy_request_decline"),
]
