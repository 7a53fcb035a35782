"""Who may come to each address of the product, and by which methods: SPEC C11, a word at a time.

`tests/test_every_url.py` tries all of it, and fails for an address that is not here.
"""

from enum import IntEnum
from typing import NamedTuple

READ, POST, BOTH = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})

# The shop, and what a secret link leads to.
SHOP = {
    "home": READ, "well_known_change_password": READ, "security_text": READ, "cart": READ, "cart_add": POST,
    "cart_change": POST, "category": READ, "checkout": BOTH, "checkout_delivery": BOTH, "checkout_review": BOTH,
    "favicon": READ, "imprint": READ, "set_language": BOTH, "product_picture": READ, "shop_picture": READ,
    "guest_order": READ, "order_again": POST, "guest_order_cancellation": BOTH, "guest_document": READ,
    "guest_order_terms": READ,
    "order_payment": BOTH, "order_payment_method": POST, "payment_notification": POST, "test_provider": BOTH,
    "privacy_policy": READ, "archive_ask": BOTH, "archive_by_link": BOTH, "archive_by_link_notes": POST,
    "archive_asked": READ, "product": READ, "robots": READ, "shop_search": READ, "terms": READ, "unsubscribe": BOTH,
    "withdrawal": BOTH, "withdrawal_confirmation": BOTH, "withdrawal_information": READ, "withdrawal_receipt": READ,
}  # fmt: skip
# Ways into an account.
SHOPPERS_DOORS = {
    "account_reset_password_from_key": BOTH, "account_email_verification_sent": BOTH, "account_deleted": READ,
    "account_email_undo": BOTH, "account_inactive": READ, "account_reset_password": BOTH,
    "account_reset_password_done": READ, "account_login": BOTH, "account_request_login_code": BOTH,
    "account_confirm_login_code": BOTH, "account_passkey_sign_in": POST, "account_passkey_options": POST,
    "account_logout": BOTH, "account_signup": BOTH, "account_sign_up_passkey": BOTH,
}  # fmt: skip
# Ways into the backoffice.
STAFF_DOORS = {
    "staff_sign_in": BOTH, "staff_invitation": BOTH, "staff_passkey_sign_in": POST, "staff_passkey_options": POST,
    "staff_reset": BOTH, "staff_reset_done": READ, "mfa_authenticate": BOTH, "staff_sign_out": BOTH,
}  # fmt: skip
# One's own account.
ONES_OWN_ACCOUNT = {
    "account_data": READ, "account_ask": BOTH, "account_delete": BOTH, "account_edit": BOTH, "account_email": BOTH,
    "account_archive": BOTH, "account_archive_notes": POST, "account_orders": READ, "account_change_password": BOTH,
    "account_set_password": BOTH, "account_reauthenticate": BOTH, "account_reauthenticate_by_code": BOTH,
    "account_reauthenticate_by_passkey": POST, "account_security": READ, "account_changes": READ,
    "account_passkey_add": BOTH, "account_stay_signed_in": POST, "account_sessions": BOTH,
}  # fmt: skip
# Things in an account: there for nobody else.
THINGS_IN_AN_ACCOUNT = {
    "account_order": READ, "account_document": READ, "account_passkey": BOTH, "account_passkey_remove": BOTH,
}  # fmt: skip
# Read-only: looks only. What it posts is its own: a sign-in, a shortcut, the end of a look.
READ_ONLY = {
    "dashboard": READ, "staff_confirm": BOTH, "customers": READ, "customer": READ, "customer_look": POST,
    "duplicates": READ, "customers_filters": READ, "customers_total": READ, "documents": READ,
    "customer_look_end": POST, "mails": READ, "mail": READ, "mail_attachment": READ, "mail_html": READ,
    "mail_previews": READ, "mail_preview": READ, "mail_preview_html": READ, "backoffice_orders": READ,
    "backoffice_order": READ, "backoffice_document": READ, "document_xml": READ, "packing_slip": READ,
    "backoffice_orders_total": READ, "orders_filters": READ, "withdrawals": READ, "privacy_requests": READ,
    "privacy_request": READ,
    "products": BOTH, "products_total": READ, "search_everywhere": READ, "staff_security": READ,
    "staff_app_add": BOTH, "staff_mailed_code": BOTH, "staff_mailed_code_send": POST, "staff_factor_remove": BOTH,
    "staff_passkey_add": BOTH, "staff_recovery_codes": BOTH, "staff_session_end": POST, "shortcuts": READ,
    "shortcuts_single_keys": POST,
}  # fmt: skip
# Support: sees and edits customers and orders, payments, shipments, password links, approval.
SUPPORT = {
    "customer_approval": BOTH, "customer_blocking": BOTH, "customer_edit": BOTH, "customer_notes": BOTH,
    "customer_open_orders": BOTH, "order_for_customer": BOTH, "order_for_customer_place": POST,
    "order_for_customer_review": POST, "customer_password_link": BOTH, "customer_seen": POST, "customer_tags": BOTH,
    "customer_add": BOTH, "duplicates_check": READ, "note_delete": BOTH, "customers_seen": POST, "segments": BOTH,
    "segment_delete": BOTH, "tags": READ, "tag_delete": BOTH, "tag_rename": BOTH, "mail_retry": POST,
    "mail_send": BOTH, "order_cancellation": BOTH, "order_credit_notes": BOTH, "order_edit": BOTH,
    "order_edit_review": POST, "order_edit_save": POST, "order_invoices": BOTH, "order_messages": BOTH,
    "order_notes": BOTH, "order_payments": BOTH, "order_ready": POST, "order_refunds": BOTH, "order_reminder": BOTH,
    "order_shipments": BOTH, "order_tags": BOTH, "order_vat": POST, "order_withdrawal": BOTH, "order_new": READ,
    "order_note_delete": BOTH, "withdrawal_answer": POST, "privacy_request_add": BOTH,
}  # fmt: skip
# Manager: exports, erases, merges, imports, bulk actions and the catalogue, too.
MANAGER = {
    "customer_delete": BOTH, "customer_archive": BOTH, "customer_archive_mail": POST, "customer_merge": BOTH,
    "bulk": BOTH, "bulk_action": READ, "bulk_action_file": READ, "bulk_action_stop": POST, "duplicate_dismiss": POST,
    "duplicate_offer": POST, "customer_export": READ, "customer_imports": BOTH, "customer_import": READ,
    "customer_import_reading": POST, "customer_import_rejects": READ, "customer_import_start": POST,
    "customer_import_stop": POST, "customer_import_warnings": READ, "customer_import_columns": READ,
    "customer_import_template": READ, "merge_undo": BOTH, "documents_download": READ, "order_bulk": BOTH,
    "order_bulk_action": READ, "order_bulk_action_stop": POST, "order_imports": BOTH, "order_import": READ,
    "order_import_reading": POST, "order_import_rejects": READ, "order_import_start": POST, "order_import_stop": POST,
    "order_import_warnings": READ, "order_import_columns": READ, "order_import_template": READ, "packing_slips": BOTH,
    "picking_list": BOTH, "privacy_request_decline": POST, "privacy_request_done": POST,
    "privacy_request_erasure": BOTH, "privacy_request_extend": BOTH, "product_edit": BOTH, "product_pictures": BOTH,
    "product_picture_position": POST, "product_picture_remove": POST, "product_picture_texts": POST,
    "product_add": BOTH, "categories": READ, "category_rename": BOTH, "category_delete": BOTH,
    "category_position": POST, "category_add": BOTH, "product_export": READ, "product_imports": BOTH,
    "product_import": READ, "product_import_reading": POST, "product_import_rejects": READ,
    "product_import_start": POST, "product_import_stop": POST, "product_import_warnings": READ,
    "product_import_columns": READ, "product_import_template": READ,
}  # fmt: skip
# Owner: staff, settings, staff log and whoever has the use of their data restricted, too.
OWNER = {
    "customer_restriction_lift": BOTH, "guide_visibility": POST, "store_settings": READ, "settings_section": BOTH,
    "delivery_methods": READ, "delivery_method": BOTH, "delivery_method_offer": POST,
    "delivery_method_position": POST, "delivery_method_add": BOTH, "mail_test": POST, "taxes": BOTH,
    "country_rates": BOTH, "staff_log": READ, "staff": READ, "staff_remove": BOTH, "staff_role": BOTH,
    "staff_second_factor_reset": BOTH, "staff_sessions_end": POST, "staff_invitation_send": POST,
    "staff_invitation_withdraw": POST, "staff_invite": BOTH,
}  # fmt: skip


class Who(IntEnum):
    """Each may do what those above may."""

    ANYBODY = 0
    SIGNED_IN = 1
    READ_ONLY = 2
    SUPPORT = 3
    MANAGER = 4
    OWNER = 5


class Door(NamedTuple):
    """Who may come to an address, and how."""

    who: Who
    methods: frozenset[str]


# Where staff set up a second factor, and so come in without one.
WITHOUT_SECOND_FACTOR = {
    "staff_security", "staff_confirm", "staff_mailed_code", "staff_mailed_code_send", "staff_passkey_add",
    "staff_app_add", "staff_factor_remove", "staff_recovery_codes",
}  # fmt: skip
# Pages of shoppers' security, which lead staff to their own.
STAFF_HAVE_ANOTHER = {
    "account_security", "account_changes", "account_stay_signed_in", "account_passkey_add", "account_passkey",
    "account_passkey_remove",
}  # fmt: skip
# Where it takes more to post than to read: who edits products types their stock into the list.
POSTED_BY = {"products": Who.MANAGER}
# Notes are deleted by whoever wrote them, and by owners.
NOTES_OF_A_COLLEAGUE = {"note_delete", "order_note_delete"}
# A payment provider's word counts when it is signed, whoever brings it.
SIGNED = {"payment_notification"}
TABLE = [
    (Who.ANYBODY, SHOP),
    (Who.ANYBODY, SHOPPERS_DOORS),
    (Who.ANYBODY, STAFF_DOORS),
    (Who.SIGNED_IN, ONES_OWN_ACCOUNT),
    (Who.SIGNED_IN, THINGS_IN_AN_ACCOUNT),
    (Who.READ_ONLY, READ_ONLY),
    (Who.SUPPORT, SUPPORT),
    (Who.MANAGER, MANAGER),
    (Who.OWNER, OWNER),
]
DOORS = {name: Door(who, methods) for who, doors in TABLE for name, methods in doors.items()}
