from customers.models.address import Address, PostalAddress
from customers.models.consent import Consent
from customers.models.customer import Customer
from customers.models.erasure import Erasure
from customers.models.history import HistoryContext, HistoryEntry
from customers.models.privacy_request import PrivacyRequest

__all__ = [
    "Address",
    "Consent",
    "Customer",
    "Erasure",
    "HistoryContext",
    "HistoryEntry",
    "PostalAddress",
    "PrivacyRequest",
]
