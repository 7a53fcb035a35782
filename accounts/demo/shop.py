"""Who Veld & Vorm is: the settings of the demo shop and the people who work there."""

from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password

from customers.history import acting
from customers.models import Customer
from orders.checkout import payment_methods
from shopadmin.models import ReplacedLegalText, StoreSettings
from shopadmin.roles import Role

TEXTS = Path(__file__).with_name("texts")
LEGAL_TEXTS = ("privacy_policy", "terms", "imprint", "withdrawal_information")
PASSWORD = "demo-password"

SETTINGS = {
    "name": "Veld & Vorm",
    "tagline": {
        "": "Mooi voor op tafel en in huis",
        "de": "Schönes für Tisch und Wohnung",
        "en": "Things for the table and the room",
    },
    "introduction": {
        "": "Gemaakt in kleine werkplaatsen tussen Groningen en Leipzig. Om elke dag te gebruiken, en te repareren als "
        "er iets stukgaat.",
        "de": "Gefertigt in kleinen Werkstätten zwischen Groningen und Leipzig. Für den täglichen Gebrauch gemacht, "
        "und zum Reparieren, wenn etwas kaputtgeht.",
        "en": "Made in small workshops between Groningen and Leipzig. Meant to be used every day, and repaired when "
        "something breaks.",
    },
    "opening_hours": {
        "": "Dinsdag t/m zaterdag\n10.00–17.30 uur",
        "de": "Dienstag bis Samstag\n10:00–17:30 Uhr",
        "en": "Tuesday to Saturday\n10:00–17:30",
    },
    "street": "Oudegracht 214",
    "postcode": "3511 NR",
    "city": "Utrecht",
    "country": "NL",
    "phone": "+31 30 555 01 20",
    "contact_email": "winkel@veldenvorm.example",
    "sender_email": "winkel@veldenvorm.example",
    "notification_email": "bestellingen@veldenvorm.example",
    "coc_number": "30145872",
    "vat_number": "NL809698961B01",
    "bank_name": "Triodos Bank",
    "iban": "NL70TRIO0123456789",
    "bic": "TRIONL2U",
    "languages": ["nl", "de", "en"],
    "order_prefix": "W",
    "approval": StoreSettings.Approval.BUSINESS,
    "invoice_when": StoreSettings.InvoiceWhen.SHIPPED,
    "payment_methods": [code for code, _label in payment_methods.choices()],
    "guide_hidden": True,
}

STAFF = [
    ("owner@demo.test", "Mara", "de Wit", Role.OWNER),
    ("manager@demo.test", "Joris", "Zwanenburg", Role.MANAGER),
    ("support@demo.test", "Sam", "Okafor", Role.SUPPORT),
    ("readonly@demo.test", "Rosa", "Lindeman", Role.READONLY),
]


def open_shop() -> StoreSettings:
    """Fill in the settings, the legal texts in three languages included."""
    store = StoreSettings.current()
    for name, value in SETTINGS.items():
        setattr(store, name, value)
    for kind in LEGAL_TEXTS:
        setattr(store, kind, {"" if code == "nl" else code: text_of(kind, code) for code in store.languages})
    store.save()
    ReplacedLegalText.objects.all().delete()  # orders of two years were placed under these
    return store


def text_of(kind: str, language: str) -> str:
    """A legal text of the demo shop."""
    return (TEXTS / f"{kind}.{language}.txt").read_text()


def employ_staff(now: datetime) -> dict[str, Customer]:
    """Those who work there, by role; all sign in with PASSWORD."""
    since, password = now - timedelta(days=740), make_password(PASSWORD)
    shared = {"language": "en", "is_staff": True, "password": password, "created_at": since, "registered_at": since}
    with acting.command("demo"):
        return {
            role: Customer.objects.create(email=email, first_name=first_name, last_name=last_name, role=role, **shared)
            for email, first_name, last_name, role in STAFF
        }
