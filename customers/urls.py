from django.urls import path

from customers.browse import views as browse_views
from customers.bulk import views as bulk_views
from customers.duplicates import views as duplicates_views
from customers.exporting import views as exporting_views
from customers.history import seen_views
from customers.importing.import_pages import urls_of
from customers.importing.pages import CUSTOMERS
from customers.merging import undo_view
from customers.merging import views as merging_views
from customers.notes import views as notes_views
from customers.privacy.archive import views as archive_views
from customers.privacy.erasure import view as erasure_view
from customers.privacy.requests import list_view as request_list_view
from customers.privacy.requests import views as request_views
from customers.privacy.restriction import view as restriction_view
from customers.record import access_views, edit_views, overview_view, password_link_view
from customers.saved_views import views as saved_views
from customers.staff import invitation_views
from customers.staff import views as staff_views
from customers.tags import customer_view
from customers.tags import views as tags_views

urlpatterns = [
    path("customers/", browse_views.customers, name="customers"),
    path("customers/filters/", browse_views.customers_filters, name="customers_filters"),
    path("customers/total/", browse_views.customers_total, name="customers_total"),
    path("customers/add/", edit_views.customer_add, name="customer_add"),
    path("customers/export/", exporting_views.customer_export, name="customer_export"),
    *urls_of(CUSTOMERS, "customers/import/"),
    path("customers/seen/", seen_views.customers_seen, name="customers_seen"),
    path("customers/<int:pk>/", overview_view.customer, name="customer"),
    path("customers/<int:pk>/edit/", edit_views.customer_edit, name="customer_edit"),
    path("customers/<int:pk>/password-link/", password_link_view.customer_password_link, name="customer_password_link"),
    path("customers/<int:pk>/approval/", access_views.customer_approval, name="customer_approval"),
    path("customers/<int:pk>/blocking/", access_views.customer_blocking, name="customer_blocking"),
    path("customers/<int:pk>/seen/", seen_views.customer_seen, name="customer_seen"),
    path("customers/<int:pk>/tags/", customer_view.customer_tags, name="customer_tags"),
    path("customers/<int:pk>/notes/", notes_views.customer_notes, name="customer_notes"),
    path("customers/notes/<int:pk>/delete/", notes_views.note_delete, name="note_delete"),
    path("customers/segments/", saved_views.segments, name="segments"),
    path("customers/segments/<int:pk>/delete/", saved_views.segment_delete, name="segment_delete"),
    path("customers/tags/", tags_views.tags, name="tags"),
    path("customers/tags/<int:pk>/rename/", tags_views.tag_rename, name="tag_rename"),
    path("customers/tags/<int:pk>/delete/", tags_views.tag_delete, name="tag_delete"),
    path("customers/duplicates/", duplicates_views.duplicates, name="duplicates"),
    path("customers/duplicates/check/", duplicates_views.duplicates_check, name="duplicates_check"),
    path("customers/duplicates/dismiss/", duplicates_views.duplicate_dismiss, name="duplicate_dismiss"),
    path("customers/duplicates/offer/", duplicates_views.duplicate_offer, name="duplicate_offer"),
    path("customers/<int:pk>/merge/", merging_views.customer_merge, name="customer_merge"),
    path("customers/merges/<int:pk>/undo/", undo_view.merge_undo, name="merge_undo"),
    path("customers/<int:pk>/export/", archive_views.customer_archive, name="customer_archive"),
    path("customers/<int:pk>/export/mail/", archive_views.customer_archive_mail, name="customer_archive_mail"),
    path("customers/<int:pk>/delete/", erasure_view.delete, name="customer_delete"),
    path(
        "customers/<int:pk>/lift-restriction/",
        restriction_view.customer_restriction_lift,
        name="customer_restriction_lift",
    ),
    path("customers/bulk/", bulk_views.bulk, name="bulk"),
    path("customers/bulk/<int:pk>/", bulk_views.bulk_action, name="bulk_action"),
    path("customers/bulk/<int:pk>/stop/", bulk_views.bulk_action_stop, name="bulk_action_stop"),
    path("customers/bulk/<int:pk>/file/", bulk_views.bulk_action_file, name="bulk_action_file"),
    path("staff/", staff_views.staff, name="staff"),
    path("staff/invite/", invitation_views.staff_invite, name="staff_invite"),
    path("staff/invitations/<int:pk>/send/", invitation_views.staff_invitation_send, name="staff_invitation_send"),
    path(
        "staff/invitations/<int:pk>/withdraw/",
        invitation_views.staff_invitation_withdraw,
        name="staff_invitation_withdraw",
    ),
    path("staff/<int:pk>/role/", staff_views.staff_role, name="staff_role"),
    path("staff/<int:pk>/sessions/end/", staff_views.staff_sessions_end, name="staff_sessions_end"),
    path(
        "staff/<int:pk>/second-factor/reset/", staff_views.staff_second_factor_reset, name="staff_second_factor_reset"
    ),
    path("staff/<int:pk>/remove/", staff_views.staff_remove, name="staff_remove"),
    path("privacy/", request_list_view.privacy_requests, name="privacy_requests"),
    path("privacy/add/", request_list_view.privacy_request_add, name="privacy_request_add"),
    path("privacy/<int:pk>/", request_views.privacy_request, name="privacy_request"),
    path("privacy/<int:pk>/erasure/", erasure_view.privacy_request_erasure, name="privacy_request_erasure"),
    path("privacy/<int:pk>/done/", request_views.privacy_request_done, name="privacy_request_done"),
    path("privacy/<int:pk>/extend/", request_views.privacy_request_extend, name="privacy_request_extend"),
    path("privacy/<int:pk>/decline/", request_views.privacy_request_decline, name="privacy_request_decline"),
]
