"""What is read, pressed and filled in on the way to the first order, as English, Dutch and German people read it.

Written down here rather than looked up, so that a translation which misleads fails the walk.
"""

LANGUAGES = ("en", "nl", "de")

# (name in the walk, then the words in each of the languages)
ROWS = [
    # The way in, and the guide
    ("email", "Email", "E-mailadres", "E-Mail-Adresse"),
    ("password", "Password", "Wachtwoord", "Passwort"),
    ("sign_in", "Sign in", "Inloggen", "Anmelden"),
    ("use_app", "Use an authenticator app", "Authenticator-app gebruiken", "Authenticator-App verwenden"),
    ("from_server", "Enter a code from the server instead", "In plaats daarvan een code van de server invoeren",
     "Stattdessen einen Code vom Server eingeben"),
    ("code", "Code", "Code", "Code"),
    ("go_on", "Continue", "Doorgaan", "Weiter"),
    ("add_app", "Add app", "App toevoegen", "App hinzufügen"),
    ("later", "Later", "Later", "Später"),
    ("guide", "Set up your shop", "Richt je winkel in", "Richten Sie Ihren Shop ein"),
    ("dashboard", "Dashboard", "Overzicht", "Übersicht"),
    ("soon", "Opening soon", "Binnenkort open", "Eröffnet in Kürze"),
    ("save", "Save", "Opslaan", "Speichern"),
    ("country_step", "Edit Country and languages", "Bewerken: Land en talen", "Land wählen"),
    ("country", "Country", "Land", "Land"),
    ("of_the_shop", "Ireland", "België", "Deutschland"),
    ("not_spoken", "Dutch", "Engels", "Niederländisch"),
    ("spoken", "Irish", "Frans", "Deutsch"),
    ("time_zone", "Time zone", "Tijdzone", "Zeitzone"),
    ("place", "Europe/Dublin", "Europe/Brussels", "Europe/Berlin"),
    # Shop details, taxes, payment
    ("details_step", "Next step: Shop details", "Volgende stap: Winkelgegevens", "Nächster Schritt: Shop-Daten"),
    ("shop_name", "Shop name", "Naam van de winkel", "Name des Shops"),
    ("street_and_number", "Street and number", "Straat en huisnummer", "Straße und Hausnummer"),
    ("postcode", "Postcode", "Postcode", "Postleitzahl"),
    ("city", "City", "Plaats", "Ort"),
    ("contact", "Contact email", "E-mailadres voor contact", "Kontakt-E-Mail-Adresse"),
    ("taxes_step", "Next step: Taxes", "Volgende stap: Belastingen", "Nächster Schritt: Steuern"),
    ("vat_number", "VAT number", "Btw-nummer", "USt-IdNr."),
    ("number_of_the_shop", "IE6388047V", "BE0897223571", "DE136695976"),
    ("payment_step", "Next step: Payment methods", "Volgende stap: Betaalmethoden", "Nächster Schritt: Zahlungsarten"),
    ("account_of_the_shop", "IE29AIBK93115212345678", "BE68539007547034", "DE89370400440532013000"),
    # The first product, delivery, legal texts
    ("product_step", "Next step: Your first product", "Volgende stap: Je eerste product",
     "Nächster Schritt: Ihr erstes Produkt"),
    ("name", "Name", "Naam", "Name"),
    ("price", "Price incl. VAT", "Prijs incl. btw", "Preis inkl. MwSt."),
    ("category", "Name of the category", "Naam van de categorie", "Name der Kategorie"),
    ("table", "Table", "Tafel", "Tisch"),
    ("mug", "Blue mug", "Blauwe mok", "Blauer Becher"),
    ("add_pictures", "Add pictures", "Afbeeldingen toevoegen", "Bilder hinzufügen"),
    ("upload", "Upload", "Uploaden", "Hochladen"),
    ("second_picture", "Picture 2, description", "Afbeelding 2, beschrijving", "Bild 2, Beschreibung"),
    ("delivery_step", "Add method", "Methode toevoegen", "Versandart hinzufügen"),
    ("parcel", "Parcel", "Pakket", "Paket"),
    ("legal_step", "Next step: Legal texts", "Volgende stap: Juridische teksten", "Nächster Schritt: Rechtstexte"),
    ("privacy", "Privacy policy, English", "Privacybeleid, Nederlands", "Datenschutzerklärung, Deutsch"),
    ("terms", "Terms, English", "Algemene voorwaarden, Nederlands", "AGB, Deutsch"),
    ("withdrawal", "Withdrawal information, English", "Informatie over herroeping, Nederlands",
     "Widerrufsbelehrung, Deutsch"),
    ("open", "Customers can order now.", "Klanten kunnen nu bestellen.", "Kunden können jetzt bestellen."),
    # Test email and staff
    ("test_step", "Next step: Test email", "Volgende stap: Testmail", "Nächster Schritt: Test-E-Mail"),
    ("send_test", "Send test email", "Testmail versturen", "Test-E-Mail senden"),
    ("test_subject", "Test email from", "Testmail van", "Test-E-Mail von"),
    ("staff_step", "Invite", "Uitnodigen", "Einladen"),
    ("first_name", "First name", "Voornaam", "Vorname"),
    ("last_name", "Last name", "Achternaam", "Nachname"),
    ("invite", "Send invitation", "Uitnodiging versturen", "Einladung senden"),
    ("invited", "You are invited", "Je bent uitgenodigd", "Sie sind eingeladen"),
    # The guest
    ("to_cart", "Add to cart", "In winkelwagen", "In den Warenkorb"),
    ("checkout", "Go to checkout", "Afrekenen", "Zur Kasse"),
    ("street", "Address line 1 (street)", "Adresregel 1 (straat)", "Adresszeile 1 (Straße)"),
    ("house_number", "House number", "Huisnummer", "Hausnummer"),
    ("postcode_at_home", "H91 E2K3", "8000", "10115"),
    ("to_delivery", "Continue to delivery and payment", "Verder naar bezorging en betaling",
     "Weiter zu Lieferung und Zahlung"),
    ("by_transfer", "Bank transfer in advance", "Bankoverschrijving vooraf", "Vorkasse per Überweisung"),
    ("to_review", "Continue to review", "Verder naar controleren", "Weiter zur Prüfung"),
    ("order", "Order and pay", "Bestellen en betalen", "Zahlungspflichtig bestellen"),
    ("thanks", "Thank you for your order", "Bedankt voor je bestelling", "Vielen Dank für Ihre Bestellung"),
    # The merchant again
    ("orders", "Orders", "Bestellingen", "Bestellungen"),
    ("pay", "Record payment", "Betaling registreren", "Zahlung erfassen"),
    ("ship", "Ship items", "Artikelen verzenden", "Artikel versenden"),
    ("tracking_number", "Tracking number", "Track & trace-nummer", "Sendungsnummer"),
    ("on_its_way", "is on its way", "is onderweg", "ist unterwegs"),
    # The carrier that is chosen in the shop's country
    ("carriers_page", "https://www.dhl.com/", "https://track.bpost.cloud/", "https://www.dhl.com/"),
    ("track", "Track parcel", "Track & trace", "Sendungsverfolgung"),
]  # fmt: skip


def words_in(language: str) -> dict[str, str]:
    """Return the words of one language, by their names in the walk."""
    at = 1 + LANGUAGES.index(language)
    return {row[0]: row[at] for row in ROWS}
