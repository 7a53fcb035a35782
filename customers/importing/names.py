"""What other systems call our columns: Lightspeed eCom, Shopify, and plain English, Dutch and German.

Case, accents, blanks and punctuation do not matter. The names of Lightspeed's customer export are those of its
help page "Customer column titles"; Shopify's those of the file that its backoffice exports.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from customers.importing.columns import Column

NAMES = {
    "email": "E-mail, Mail, Email address, E-mailadres, E-Mail-Adresse",
    "first_name": "Firstname, Given name, Voornaam, Vorname",
    "initials": "Voorletters, Initialen",
    "last_name": "Lastname, Surname, Family name, Achternaam, Nachname",
    "last_name_prefix": "Lastname preposition, Middle name, Tussenvoegsel, Namenszusatz",
    "phone": "Telephone, Phone number, Telefoon, Telefoonnummer, Telefon, Telefonnummer, Default Address Phone",
    "mobile": "Mobile phone, Mobile number, Cell phone, Mobiel, Mobiele telefoon, Mobil, Handy, Mobiltelefon",
    "language": "Locale, Taal, Sprache",
    "gender": "Sex, Geslacht, Geschlecht",
    "birth_date": "Date of birth, Birthday, Geboortedatum, Geburtsdatum",
    "marketing_consent": "Accepts email marketing, Accepts marketing, Newsletter, Nieuwsbrief, Newsletter-Anmeldung",
    "customer_type": "Type, Klanttype, Kundentyp, Kundenart",
    "company_name": "Company, Default Address Company, Bedrijf, Bedrijfsnaam, Firma, Firmenname, Business name",
    "company_number": "Identification number, Company ID, Identificatienummer, Identifikationsnummer, RSIN",
    "coc_number": "Coc, KvK, KvK-nummer, Chamber of commerce number, Handelsregisternummer",
    "vat_number": "Vat, Vat ID, Tax ID, Tax number, Btw-nummer, USt-IdNr, Umsatzsteuer-ID",
    "ship_elsewhere": "Ship to a different address, Ander verzendadres, Abweichende Versandadresse",
    "tags": "Tag, Groups, Labels, Label, Klantgroepen, Kundengruppen, Schlagwörter, Schlagwort",
    "notes": "Note, Remarks, Comments, Opmerkingen, Notities, Notizen, Bemerkungen",
    "access": "Toegang, Zugang",
    "created_at": "Registered, Customer since, Registration date, Created, Aangemaakt, Klant sinds, Kunde seit",
}
ADDRESS_NAMES = {
    "country": "Country, Country code, Land, Landcode, Ländercode",
    "attention": "Attention, Attn, Contact, Contact person, Ter attentie van, Ansprechpartner",
    "street": "Street, Streetname, Address 1, Address, Address line 1, Straat, Straatnaam, Adres, Straße, Adresse",
    "house_number": "House number, Number, Street number, Huisnummer, Hausnummer, Nr",
    "addition": "Addition, Extension, Toevoeging, Huisnummertoevoeging, Hausnummerzusatz",
    "line2": "Line 2, Address 2, Address line 2, Adresregel 2, Adresszeile 2, Adresszusatz",
    "postcode": "Postcode, Zip, Zipcode, Postal code, PLZ, Postleitzahl",
    "city": "City, Town, Place, Plaats, Woonplaats, Ort, Stadt",
    "region": "Region, Province, Province code, State, Regio, Provincie, Bundesland",
}
BEFORE = {
    "billing": ("", "Billing", "Billing address", "Default address", "Invoice", "Factuur", "Factuuradres",
                "Rechnungs", "Rechnungsadresse"),
    "shipping": ("Shipping", "Shipping address", "Delivery", "Verzend", "Verzendadres", "Bezorg", "Liefer",
                 "Lieferadresse", "Versand", "Versandadresse"),
}  # fmt: skip


def names_of(column: "Column") -> list[str]:
    """Every other name of a column."""
    if not column.kind:
        return NAMES[column.name].split(", ")
    words = ADDRESS_NAMES[column.name.removeprefix(f"{column.kind}_")].split(", ")
    return [f"{before} {word}" for before in BEFORE[column.kind] for word in words]
