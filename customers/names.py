"""What a customer is called, from its columns: lists and forms have no record to ask."""

from django.utils.translation import gettext_lazy as _

FIRST_NAME_IS_MISSING = {"required": _("Please enter your first name")}
LAST_NAME_IS_MISSING = {"required": _("Please enter your last name")}
EMAIL_IS_MISSING = {"required": _("Please enter your email address")}


def full_name(first_name: str, initials: str, last_name: str) -> str:
    """First and last name, initials where there is no first name; may be empty."""
    return f"{first_name or initials} {last_name}".strip()


def company_of(customer_type: str, company_name: str) -> str:
    """The company of who orders as one; a private person's is kept, and not shown."""
    return company_name if customer_type == "business" else ""
