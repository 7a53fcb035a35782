from customers.models.address import Address, PostalAddress
from customers.models.bulk_action import BulkAction, BulkSkip
from customers.models.consent import Consent
from customers.models.customer import Customer
from customers.models.customer_import import CustomerImport, FileImport
from customers.models.duplicate import Duplicate
from customers.models.erasure import Erasure, UnwrittenErasure
from customers.models.history import HistoryContext, HistoryEntry
from customers.models.import_rows import ImportReject, ImportSeen
from customers.models.merge import Merge
from customers.models.note import Note
from customers.models.people_in_file import PeopleInFile
from customers.models.privacy_request import PrivacyRequest
from customers.models.segment import Segment
from customers.models.staff_invitation import StaffInvitation
from customers.models.tag import CustomerTag, Tag

__all__ = [
    "Address",
    "BulkAction",
    "BulkSkip",
    "Consent",
    "Customer",
    "CustomerImport",
    "CustomerTag",
    "Duplicate",
    "Erasure",
    "FileImport",
    "HistoryContext",
    "HistoryEntry",
    "ImportReject",
    "ImportSeen",
    "Merge",
    "Note",
    "PeopleInFile",
    "PostalAddress",
    "PrivacyRequest",
    "Segment",
    "StaffInvitation",
    "Tag",
    "UnwrittenErasure",
]
