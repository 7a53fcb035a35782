"""What other systems and people call our columns, in English, Dutch, German, French and Spanish.

Case, accents, blanks and punctuation do not matter, nor does a hint in brackets. The names of Lightspeed's customer
export are those of its help page "Customer column titles"; those of Shopify, WooCommerce, Magento, PrestaShop,
Shopware, Stripe and Outlook are those of their exports. Of two columns for one field the first named here counts.
"""

NAMES = {
    "email": "E-mail, Mail, Email address, E-mailadres, E-Mail-Adresse, Mail address, Mailadres, Mailadresse, "
    "Courriel, Adresse e-mail, Adresse email, Correo, Correo electrónico, Primary email, E-mail 1 address, E-Mail "
    "1 - Value",
    "first_name": "Firstname, Given name, Voornaam, Voornamen, Roepnaam, Vorname, Vornamen, Rufname, Prénom, "
    "Prénoms, Nombre de pila, Forename, First names, Fname",
    "middle_name": "Middle name, Middlename, Second name, Additional name, Tweede naam, Zweiter Vorname, "
    "Deuxième prénom, Segundo nombre",
    "initials": "Voorletters, Voorletter, Initialen, Initiales, Iniciales",
    "last_name": "Lastname, Surname, Family name, Achternaam, Familienaam, Nachname, Familienname, Zuname, Nom "
    "de famille, Apellido, Apellidos, Lname",
    "last_name_prefix": "Lastname preposition, Tussenvoegsel, Tussenvoegsels, Tussenv, Voorvoegsel, "
    "Voorvoegsels, Namenszusatz, Namensvorsatz, Infix, Particule",
    "full_name": "Full name, Customer name, Client name, Display name, Contact name, Volledige naam, Klantnaam, "
    "Naam klant, Voor- en achternaam, Voornaam en achternaam, Naam contactpersoon, Vollständiger Name, "
    "Kundenname, Vor- und Nachname, Vorname Nachname, Vorname und Nachname, Name Vorname, Nom complet, Nom et "
    "prénom, Nombre completo, Nombre y apellidos, File as",
    "salutation": "Salutation, Title, Titel, Titles, Titles ID, Social title, Social title ID, Prefix, Aanhef, "
    "Aanspreektitel, Aanspreekvorm, Anrede, Civilité, Tratamiento, Name prefix, Honorific, Id gender",
    "phone": "Telephone, Phone number, Primary phone, Telefoon, Telefoonnummer, Telefon, Telefonnummer, Tel, "
    "Telnr, Tel nummer, Telefoonnr, Telefonnr, Telefon Nr, Festnetz, Rufnummer, Vast nummer, Vaste telefoon, "
    "Téléphone, Numéro de téléphone, Téléphone fixe, Teléfono, Telephone number, Home phone, Telefoon thuis, "
    "Telefon privat, Business phone, Company main phone, Telefoon werk, Telefon geschäftlich, Telefon Geschäft, "
    "Work phone",
    "mobile": "Mobile phone, Mobile number, Cell phone, Cell, Cellphone, Mobiel, Mobiel nummer, Mobielnummer, "
    "Mobiele telefoon, Mobiele nummer, Mobieltje, Gsm, Gsm-nummer, Mobil, Mobilnummer, Mobilfunk, "
    "Mobilfunknummer, Handy, Handynummer, Mobiltelefon, Mobilnr, Portable, Téléphone mobile, Téléphone portable, "
    "Móvil, Teléfono móvil, Celular",
    "language": "Locale, Taal, Taalcode, Sprache, Sprachcode, Language code, Preferred language, Langue, Idioma, Lang",
    "gender": "Sex, Geslacht, Geschlecht, Genre, Sexe, Sexo, Género, Gender ID, Geslacht (m/v)",
    "birth_date": "Date of birth, Birthday, Birthdate, Dob, Born, Geboortedatum, Geboortedag, Geb datum, Geb "
    "dat, Verjaardag, Geburtsdatum, Geburtstag, Gebdat, Date de naissance, Anniversaire, Fecha de nacimiento, "
    "Cumpleaños",
    "marketing_consent": "Accepts email marketing, Accepts marketing, Newsletter, Nieuwsbrief, "
    "Newsletter-Anmeldung, Newsletter subscription, Newsletter subscriber, Newsletter-Abo, Newsletterabo, Is "
    "subscribed, Subscribed, Nieuwsbrief ontvangen, Email marketing, Email marketing consent, Email subscription "
    "status, Email subscriber status, Lettre d'information, Infolettre, Boletín, Boletín de noticias",
    "customer_type": "Type, Klanttype, Klantsoort, Kundentyp, Kundenart, Account type, Type de client, Tipo de cliente",
    "company_name": "Company, Bedrijf, Bedrijfsnaam, Firma, Firmenname, Firmennaam, Business name, Organisation, "
    "Organization, Organisatie, Unternehmen, Société, Entreprise, Raison sociale, Empresa, Razón social",
    "company_number": "Identification number, Company ID, Identificatienummer, Identifikationsnummer, RSIN, "
    "Siret, Siren, Ondernemingsnummer, Firmennummer, CIF",
    "coc_number": "Coc, KvK, KvK-nummer, KvK nr, Chamber of commerce number, Handelsregisternummer, HR-Nummer, "
    "Kamer van Koophandel, Handelsregister",
    "vat_number": "Vat, Vat ID, Tax ID, Tax number, Taxvat, Tax VAT number, Vat no, Vat nr, Vat registration "
    "number, Btw-nummer, Btw-nr, Btw-id, Btw, Btw-identificatienummer, USt-IdNr, USt-ID, UStID, USt-Id-Nr, Ust, "
    "UID, UID-Nummer, Umsatzsteuer-ID, Umsatzsteuer-Identifikationsnummer, Umsatzsteuernummer, Numéro de TVA, N° "
    "TVA, TVA, TVA intracommunautaire, NIF, Número de IVA, EU VAT number, Euvatno",
    "ship_elsewhere": "Ship to a different address, Ander verzendadres, Abweichende Versandadresse, Abweichende "
    "Lieferadresse, Afwijkend afleveradres",
    "tags": "Tag, Groups, Group, Labels, Label, Klantgroep, Klantgroepen, Kundengruppe, Kundengruppen, Customer "
    "group, Customer groups, Categories, Category, Schlagwörter, Schlagwort, Etiquetas, Étiquettes, Groupe, "
    "Groupes, Grupo, Grupos, Kategorie, Kategorien, Categorie, Categorieën",
    "notes": "Note, Remark, Remarks, Comment, Comments, Opmerking, Opmerkingen, Notitie, Notities, Notiz, "
    "Notizen, Bemerkung, Bemerkungen, Kommentar, Anmerkung, Remarque, Remarques, Commentaire, Nota, Notas, "
    "Observaciones",
    "access": "Toegang, Zugang",
    "created_at": "Registered, Customer since, Registration date, Registration, Created, Created on, Created "
    "date, Creation date, Date created, Date added, Date registered, Date joined, Signed up, Sign up, Sign up "
    "date, Signup date, Member since, Aangemaakt, Aangemaakt op, Aanmaakdatum, Registratiedatum, Geregistreerd "
    "op, Klant sinds, Kunde seit, Angelegt, Angelegt am, Anlagedatum, Erstellt, Erstellt am, Registriert, "
    "Registriert am, Registrierungsdatum, Date de création, Date d'inscription, Inscrit le, Client depuis, Fecha "
    "de creación, Fecha de alta, Fecha de registro, Firstlogin",
    "shipping_first_name": "Shipping firstname, Delivery first name, Verzend voornaam, Verzendadres voornaam, "
    "Bezorg voornaam, Liefer Vorname, Lieferadresse Vorname, Versand Vorname",
    "shipping_last_name": "Shipping lastname, Delivery last name, Verzend achternaam, Verzendadres achternaam, "
    "Bezorg achternaam, Liefer Nachname, Lieferadresse Nachname, Versand Nachname",
}
# The last name beside a first name, the first beside a last; alone, the whole.
AMBIGUOUS_NAMES = ("name", "naam", "nom", "nombre")
ADDRESS_NAMES = {
    "country": "Country, Country code, Country ID, Country ISO, Country ISO code, Country name, Country/Region, "
    "Country Region, Land, Landcode, Landnaam, Ländercode, Länderkürzel, Landkürzel, Länderkennzeichen, Land ISO, "
    "Land/Region, Land/Regio, Pays, Code pays, País, Código de país",
    "attention": "Attention, Attn, Contact, Contact person, Contactpersoon, Ter attentie van, Tav, "
    "Ansprechpartner, zu Händen, Recipient, Care of, À l'attention de",
    "street": "Street, Streetname, Address 1, Address line 1, Address line, Street address, Street 1, Street "
    "line 1, Straat, Straatnaam, Straat en huisnummer, Straat + huisnummer, Adresregel 1, Straße, Strasse, Str, "
    "Straße und Hausnummer, Straße und Nr, Straße Nr, Straße Hausnummer, Strasse Hausnr, Straße/Nr, Adresszeile "
    "1, Anschrift, Rue, Adresse 1, Calle, Dirección 1, Address, Adres, Adresse, Dirección",
    "house_number": "House number, House no, Number, Street number, Huisnummer, Huisnr, Hausnummer, Hausnr, Nr, "
    "Nummer, House nr, Numéro, Número",
    "addition": "Addition, Extension, House number addition, House number extension, House extension, Number "
    "extension, Toevoeging, Huisnummertoevoeging, Huisnr toevoeging, Toev, Bus, Busnummer, Hausnummerzusatz, "
    "Hausnr Zusatz",
    "line2": "Line 2, Address 2, Address line 2, Street 2, Street line 2, Apartment, Suite, Adresregel 2, Adres "
    "2, Straat 2, Adresszeile 2, Adresszusatz, Adresszusatz 1, Zusatz, Additional address line 1, Adresse 2, "
    "Complément d'adresse, Dirección 2",
    "postcode": "Postcode, Zip, Zipcode, Zip/Postal code, Zip/Postcode, Postal/Zip code, Postal code, Post code, "
    "PLZ, Postleitzahl, Postcodes, Code postal, CP, Código postal, Postnummer",
    "city": "City, Town, Place, Locality, Plaats, Plaatsnaam, Woonplaats, Stad, Gemeente, Ort, Wohnort, Stadt, "
    "Ville, Commune, Ciudad, Población, Localidad",
    "region": "Region, Province, Province code, State, State/Province, State/County, County, State code, Regio, "
    "Provincie, Bundesland, Kanton, Canton, Région, Département, Provincia, Estado",
}
BEFORE = {
    "billing": ("", "Billing", "Billing address", "Default address", "Address", "Invoice", "Invoice address", "Factuur",
                "Factuuradres", "Rechnungs", "Rechnung", "Rechnungsadresse", "Rechnungsanschrift", "Facturation",
                "Adresse de facturation", "Facturación", "Home", "Home address", "Thuis", "Thuisadres", "Privat",
                "Business", "Business address", "Work", "Werk", "Geschäftlich", "Other", "Other address"),
    "shipping": ("Shipping", "Shipping address", "Ship to", "Delivery", "Delivery address", "Verzend", "Verzendadres",
                 "Bezorg", "Bezorgadres", "Aflever", "Afleveradres", "Liefer", "Lieferung", "Lieferadresse",
                 "Lieferanschrift", "Versand", "Versandadresse", "Livraison", "Adresse de livraison", "Envío",
                 "Dirección de envío"),
}  # fmt: skip
# A program that keeps several addresses of a person: one of them is taken, and never half of each.
FAMILIES = ("home", "thuis", "privat", "business", "work", "werk", "geschaftlich", "other")
# What stands before a name of ours and changes nothing about it.
OWNERS = ("customer", "kunden", "kunde", "klanten", "klant", "user", "contact", "client", "cliente", "buyer", "account")
# Before what is a person's, these say that it stands in their address: it counts where their own is empty.
IN_ADDRESS = ("billingaddress", "billing", "defaultaddress", "address", "invoice", "factuur", "rechnungs", "rechnung",
              "shippingaddress", "shipping", "delivery", "verzend", "liefer")  # fmt: skip
ALSO_IN_ADDRESS = ("email", "first_name", "last_name", "company_name", "phone", "mobile", "vat_number", "salutation",
                   "full_name")  # fmt: skip
OF_BILLING_ONLY = IN_ADDRESS[: IN_ADDRESS.index("shippingaddress")]
# One cell with a whole address: a street where it stands among other parts, and nothing alone.
WHOLE_ADDRESSES = ("address", "adres", "adresse", "direccion", "anschrift")
COUNTRY_WORDS = frozenset(
    {"country", "countries", "land", "landcode", "landkode", "lander", "landercode", "pays", "pais", "paese", "nation"}
    | {"lkz", "landerkennung", "countrycode", "kraj", "staat"}
)


def names_of(name: str, kind: str) -> list[str]:
    """Every other name of a column, the one that counts most first; `kind` is that of an address, or empty."""
    if not kind:
        return NAMES[name].split(", ") if name in NAMES else []
    words = ADDRESS_NAMES[name.removeprefix(f"{kind}_")].split(", ")
    return [f"{before} {word}" for before in BEFORE[kind] for word in words]
