"""Files of customers: what stands in one, and a customer who has something in every column."""

import csv
import io
from datetime import UTC, date, datetime

from customers.models import Customer
from tests.factories import AddressFactory, CustomerFactory

EXPORT = "/backoffice/customers/export/"


def rows_of(file: bytes) -> list[dict[str, str]]:
    """The rows of a file, by the titles of their columns."""
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def exported(client, **filters: str) -> list[dict[str, str]]:
    """What the export holds for a view of the list."""
    return rows_of(client.get(EXPORT, filters).getvalue())


def somebody_whole(**fields) -> Customer:
    """Anna, of whom everything is known."""
    known = {
        "email": "anna@atelier.example", "first_name": "Anna", "initials": "A.M.", "last_name": "Müller, of “Noord”",
        "phone": "+31302314567", "mobile": "+31612345678", "language": "nl", "gender": "female",
        "birth_date": date(1984, 3, 31), "marketing_consent": True, "customer_type": "business",
        "company_name": "Atelier Noord B.V.", "company_number": "80123456", "coc_number": "30123456",
        "vat_number": "NL004495445B01", "invoice_email": "facturen@noord.example",
        "ship_elsewhere": True, "notes": 'Rings "twice".\nTakes the back door',
        "access": "awaiting", "origin": "order", "created_at": datetime(2024, 5, 17, 9, 30, 12, 345678, tzinfo=UTC),
        "registered_at": datetime(2024, 5, 18, 10, 0, tzinfo=UTC),
    }  # fmt: skip
    customer = CustomerFactory(**known | fields)
    AddressFactory(customer=customer, attention="Receiving", addition="bis", line2="2nd floor", region="Utrecht")
    berlin = {"country": "DE", "street": "Hauptstraße", "house_number": "7", "postcode": "10115", "city": "Berlin"}
    AddressFactory(customer=customer, kind="shipping", **berlin)
    customer.refresh_derived_fields()
    return customer
