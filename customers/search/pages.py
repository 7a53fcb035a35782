"""The pages about customers, as the search of the backoffice finds them."""

from django.utils.translation import gettext_lazy as _

from shopadmin.search.pages import Page

_CUSTOMERS, _PRIVACY = _("Customers"), _("Privacy")
PAGES = [
    Page("customers", _CUSTOMERS, _("Backoffice"), "customers", _("clients, buyers, people, contacts")),
    Page("customer_add", _("Add a customer"), _CUSTOMERS, "plus", _("new customer, create"), is_action=True),
    Page("customers", _("Awaiting approval"), _CUSTOMERS, "customers", _("approve, waiting"), "?status=awaiting"),
    Page("customer_imports", _("Import customers"), _CUSTOMERS, "upload", _("CSV, upload, Excel"), is_action=True),
    Page("duplicates", _("Duplicates"), _CUSTOMERS, "copy", _("merge, combine, double")),
    Page("bulk", _("Bulk actions"), _CUSTOMERS, "list-checks", _("several customers at once")),
    Page("tags", _("Tags"), _CUSTOMERS, "tag", _("labels, groups")),
    Page("segments", _("Saved views"), _CUSTOMERS, "bookmark", _("segments, filters")),
    Page("privacy_requests", _PRIVACY, _("Backoffice"), "privacy", _("GDPR, requests, erase, data protection")),
    Page("privacy_request_add", _("Add request"), _PRIVACY, "plus", _("GDPR, access, erasure"), is_action=True),
    Page("staff_log", _("Staff log"), _("Staff"), "security", _("audit log, who saw what, access log")),
    Page("staff_invite", _("Invite staff"), _("Staff"), "plus", _("new employee, user, colleague"), is_action=True),
]
