"""An entry of the staff log in words: on which page, what a list showed, by what somebody signed in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shopadmin.models import StaffLogEntry
from shopadmin.search.pages import pages

# What pages are called whose names begin so; those that the search knows are called as there.
PAGES = {
    "backoffice_document": gettext_lazy("Documents"),
    "backoffice_order": gettext_lazy("Order"),
    "backoffice_orders": gettext_lazy("Orders"),
    "bulk_action": gettext_lazy("Bulk action"),
    "category": gettext_lazy("Categories"),
    "country_rates": gettext_lazy("Taxes"),
    "customer": gettext_lazy("Customer"),
    "customer_approval": gettext_lazy("Approve"),
    "customer_archive": gettext_lazy("Copy of all data"),
    "customer_blocking": gettext_lazy("Access"),
    "customer_delete": gettext_lazy("Erase customer"),
    "customer_edit": gettext_lazy("Edit customer"),
    "customer_export": gettext_lazy("Export"),
    "customer_import": gettext_lazy("Import customers"),
    "customer_look": gettext_lazy("Customer view opened"),
    "customer_look_end": gettext_lazy("Customer view ended"),
    "customer_merge": gettext_lazy("Merge"),
    "customer_notes": gettext_lazy("Notes"),
    "customer_open_orders": gettext_lazy("Change the address on open orders"),
    "customer_password_link": gettext_lazy("Send password"),
    "customer_restriction_lift": gettext_lazy("Lift restriction"),
    "customer_tags": gettext_lazy("Tags"),
    "customers": gettext_lazy("Customers"),
    "delivery_method": gettext_lazy("Delivery methods"),
    "document": gettext_lazy("Documents"),
    "duplicate": gettext_lazy("Duplicates"),
    "guide_visibility": gettext_lazy("Set-up guide"),
    "mail": gettext_lazy("Email"),
    "mail_preview": gettext_lazy("Previews"),
    "merge_undo": gettext_lazy("Undo merge"),
    "mfa_authenticate": gettext_lazy("Second step"),
    "note_delete": gettext_lazy("Notes"),
    "order_bulk": gettext_lazy("Bulk action"),
    "order_cancellation": gettext_lazy("Cancel order"),
    "order_credit_notes": gettext_lazy("Create credit note"),
    "order_edit": gettext_lazy("Edit order"),
    "order_for_customer": gettext_lazy("New order"),
    "order_import": gettext_lazy("Import orders"),
    "order_invoices": gettext_lazy("Create invoice"),
    "order_messages": gettext_lazy("Write to the customer"),
    "order_note": gettext_lazy("Notes"),
    "order_payments": gettext_lazy("Record payment"),
    "order_ready": gettext_lazy("Ready for pick-up"),
    "order_refunds": gettext_lazy("Record refund"),
    "order_reminder": gettext_lazy("Send payment reminder"),
    "order_shipments": gettext_lazy("Ship items"),
    "order_tags": gettext_lazy("Tags"),
    "order_vat": gettext_lazy("VAT"),
    "order_withdrawal": gettext_lazy("Accept withdrawal"),
    "orders_filters": gettext_lazy("Orders"),
    "packing_slip": gettext_lazy("Packing slip"),
    "packing_slips": gettext_lazy("Packing slips"),
    "picking_list": gettext_lazy("Picking list"),
    "privacy_request": gettext_lazy("Privacy request"),
    "product": gettext_lazy("Product"),
    "product_export": gettext_lazy("Export"),
    "product_import": gettext_lazy("Import products"),
    "product_picture": gettext_lazy("Pictures"),
    "products": gettext_lazy("Products"),
    "search_everywhere": gettext_lazy("Search"),
    "segment": gettext_lazy("Saved views"),
    "settings_section": gettext_lazy("Settings"),
    "shortcuts": gettext_lazy("Keyboard shortcuts"),
    "staff": gettext_lazy("Staff"),
    "staff_app": gettext_lazy("Authenticator app"),
    "staff_confirm": gettext_lazy("Confirm it's you"),
    "staff_factor": gettext_lazy("Second factor"),
    "staff_invitation": gettext_lazy("Invite staff"),
    "staff_mailed_code": gettext_lazy("Email code"),
    "staff_passkey": gettext_lazy("Passkey"),
    "staff_recovery_codes": gettext_lazy("Recovery codes"),
    "staff_reset": gettext_lazy("Set a new password"),
    "staff_role": gettext_lazy("Role"),
    "staff_second_factor_reset": gettext_lazy("Reset second factor"),
    "staff_security": gettext_lazy("Security"),
    "staff_session": gettext_lazy("Devices"),
    "staff_sign_in": gettext_lazy("Sign in"),
    "staff_sign_out": gettext_lazy("Sign out"),
    "tag": gettext_lazy("Tags"),
    "taxes": gettext_lazy("Taxes"),
    "withdrawal": gettext_lazy("Withdrawals"),
}
SHOWN = {
    "customers": gettext_lazy("customers %(numbers)s"),
    "orders": gettext_lazy("orders %(numbers)s"),
    "mails": gettext_lazy("emails %(numbers)s"),
    "customer": gettext_lazy("found customers %(numbers)s"),
    "backoffice_order": gettext_lazy("found orders %(numbers)s"),
}
WAYS = {
    "password": gettext_lazy("Password"),
    "code": gettext_lazy("Email code"),
    "password_reset": gettext_lazy("Password link"),
    "totp": gettext_lazy("Authenticator app"),
    "webauthn": gettext_lazy("Passkey"),
    "recovery_codes": gettext_lazy("Recovery codes"),
}


def in_words(entry: StaffLogEntry) -> list[str]:
    """Return where it was and what was shown, in parts."""
    return [part for part in _parts(entry) if part]


def _parts(entry: StaffLogEntry) -> Iterator[str]:
    told = entry.detail
    yield f"{page_in_words(entry.page)} {told.get('at', {}).get('number', '')}".strip()
    yield ", ".join(str(WAYS.get(way, way)) for way in told.get("ways", []))
    if told.get("filters"):
        yield _("filters: %(names)s") % {"names": ", ".join(told["filters"])}
    if "hits" in told:
        yield _("rows: %(count)s") % {"count": f"{told['hits']}{'+' if told.get('more') else ''}"}
    for name, words in SHOWN.items():
        if numbers := told.get(name):
            yield str(words) % {"numbers": ", ".join(map(str, numbers))}


def page_in_words(name: str) -> str:
    """Return what a page is called."""
    title = next((page.title for page in pages if page.url_name == name), "")
    if title and name not in PAGES:
        return str(title)
    begins = max((begin for begin in PAGES if name.startswith(begin)), key=len, default="")
    return str(PAGES.get(begins, name))
