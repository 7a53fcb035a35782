"""The columns of a file of orders: what each means, and the names under which other systems write it."""

import re
from itertools import product

from django.utils.translation import gettext_lazy as _

from customers.importing.columns import BY_NAME as OF_CUSTOMERS
from customers.importing.columns import Column
from customers.importing.titles import recognise as recognise_customers
from customers.models import Address
from customers.search.text import fold
from orders.importing.hints import other_currency, without_hints

NEEDED = ("number", "email", "placed_at", "total")
OF_ORDER = (
    Column(
        "number",
        _("order number"),
        "2024-00012",
        _("Required. Up to 20 letters, digits and - . _; imported unchanged."),
    ),
    Column("placed_at", _("placed"), "2024-05-17 09:30", _("Required.")),
    Column("total", _("total"), "148.50", _("Required. The order total, including VAT and delivery.")),
    Column(
        "currency", _("currency"), "EUR", _("Must be the shop's currency; orders in other currencies are rejected.")
    ),
    Column("state", _("status"), "completed", _("If empty, a paid and shipped order is imported as completed.")),
    Column("paid", _("payment"), "paid", _("Yes or no, or the payment status.")),
    Column("paid_at", _("payment date"), "2024-05-18"),
    Column("amount_paid", _("amount paid"), "148.50"),
    Column("refunded", _("amount refunded"), "0.00"),
    Column("shipped", _("shipping"), "shipped", _("Yes or no, or the shipping status.")),
    Column("cancelled_at", _("cancellation date"), ""),
    Column("delivery", _("delivery costs"), "4.95", _("Included in the total.")),
    Column("delivery_name", _("delivery method"), "PostNL"),
    Column("vat_rate", _("VAT rate"), "21", _("VAT is included in the amounts.")),
    Column("order_note", _("remark"), "Please ring twice"),
)
_ROWS = _("Consecutive rows with the same order number form one order.")
OF_LINE = (
    Column("item", _("product"), "Vase", _ROWS),
    Column("sku", _("SKU"), "VV-001"),
    Column("quantity", _("quantity"), "2"),
    Column("unit_price", _("unit price"), "71.78", _("Including VAT.")),
    Column("line_total", _("line total"), "143.55", _("Including VAT.")),
    Column("line_shipped", _("line shipping status"), "yes"),
)
LINE_NAMES = frozenset(column.name for column in OF_LINE)
PERSON_NAMES = (
    "email", "first_name", "last_name_prefix", "last_name", "full_name", "phone", "mobile", "language", "company_name",
    "coc_number", "vat_number",
)  # fmt: skip
PERSON = tuple(OF_CUSTOMERS[name] for name in PERSON_NAMES if name in OF_CUSTOMERS)
ADDRESSES = tuple(OF_CUSTOMERS[f"{kind}_{name}"] for kind in Address.Kind for name in Address.FIELDS)
# Written to our files, and left alone when they come back.
FACTS = (
    Column("channel", _("channel"), "guest"),
    Column("payment_method", _("payment method"), "bank_transfer"),
    Column("total_vat", _("VAT in the total"), "21.00"),
    Column("amount_credited", _("amount credited"), "0.00"),
    Column("pay_by", _("payment due date"), "2026-06-14"),
    Column("reference", _("customer's reference"), "PO-4711"),
    Column("tags", _("tags"), "gift"),
    Column("carriers", _("carriers"), "PostNL"),
    Column("tracking_numbers", _("tracking numbers"), "3STEST0001"),
    Column("invoice_numbers", _("invoice numbers"), "2026-00001"),
    Column("credit_note_numbers", _("credit note numbers"), "C2026-00001"),
)
COLUMNS = (*OF_ORDER, *OF_LINE, *PERSON, *ADDRESSES)
BY_NAME = {column.name: column for column in COLUMNS}

# Of several columns that could be one, the name that stands first here is it.
NAMES = {
    "number": (
        "Number, Order number, Order no, Order nr, Bestelnummer, Ordernummer, Bestellnummer, Auftragsnummer, Order "
        "reference, Reference, Referentie, Referenz, Increment ID, Order ID, Order, Bestelling, Bestellung, Nr, ID"
    ),
    "placed_at": (
        "Placed at, Placed, Order date, Order date time, Purchase date, Orderdatum, Besteldatum, Bestelldatum, "
        "Auftragsdatum, Ordered at, Order time, Date add, Date created, Created at, Date, Datum, Created, Besteld op, "
        "Bestellt am"
    ),
    "total": (
        "Total, Order total, Total incl, Total incl VAT, Grand total (base), Grand total, Total paid tax incl, Total "
        "paid, Amount total, Order amount, Order total amount, Invoice amount, Price incl, Total price, Totaal, "
        "Totaalbedrag, Totaal incl btw, Bestelbedrag, Gesamt, Gesamtbetrag, Gesamtsumme, Summe, Rechnungsbetrag, "
        "Bestellwert, Betrag, Bedrag, Amount"
    ),
    "currency": "Currency, Order currency, Currency code, Order currency code, Valuta, Munteenheid, Munt, Währung",
    "state": (
        "State, Order state, Status, Order status, Current state, Bestelstatus, Orderstatus, Bestellstatus, "
        "Auftragsstatus, Zustand"
    ),
    "paid": (
        "Paid, Payment state, Payment status, Financial status, Betaalstatus, Betalingsstatus, Betaald, "
        "Zahlungsstatus, Zahlstatus, Bezahlt, Cleared, Transaction state"
    ),
    "paid_at": "Paid at, Paid on, Date paid, Payment date, Betaaldatum, Betaald op, Zahlungsdatum",
    "amount_paid": "Amount paid, Paid amount, Total paid real, Betaald bedrag, Bezahlter Betrag, Gezahlter Betrag",
    "refunded": (
        "Refunded, Amount refunded, Refunded amount, Total refunded, Refund amount, Order refund amount, Refund "
        "total, Terugbetaald, Terugbetaald bedrag, Erstattet, Erstatteter Betrag"
    ),
    "shipped": (
        "Shipped, Shipping state, Shipping status, Fulfillment status, Fulfilment status, Shipment status, Delivery "
        "status, Delivery state, Verzendstatus, Verzonden, Versandstatus, Lieferstatus, Versendet"
    ),
    "cancelled_at": "Cancelled at, Canceled at, Cancelled on, Geannuleerd op, Storniert am",
    "delivery": (
        "Delivery, Delivery costs, Shipping, Shipping costs, Shipping cost, Shipping total, Order shipping, Shipping "
        "amount, Shipping and handling, Total shipping tax incl, Total shipping, Invoice shipping, Shipping price, "
        "Verzendkosten, Bezorgkosten, Versandkosten, Lieferkosten"
    ),
    "delivery_name": (
        "Delivery name, Delivery method, Shipping method, Shipping method title, Shipping information, Carrier, "
        "Verzendmethode, Bezorgmethode, Versandart, Lieferart"
    ),
    "vat_rate": "VAT rate, Tax rate, Btw-tarief, Btw-percentage, MwSt-Satz, USt-Satz, Steuersatz",
    "order_note": (
        "Order note, Order notes, Customer note, Customer message, Customer comment, Notes, Note, Remark, Opmerking, "
        "Opmerkingen, Bemerkung, Bemerkungen, Kommentar"
    ),
    "item": (
        "Item, Lineitem name, Line item name, Item name, Product name, Product, Product title, Article, Article name, "
        "Artikel, Artikelnaam, Productnaam, Artikelname, Artikelbezeichnung, Produkt, Produktname, Omschrijving, "
        "Bezeichnung"
    ),
    "sku": (
        "SKU, Lineitem sku, Item sku, Product sku, Product code, Article code, Article number, Product reference, "
        "Artikelcode, Artikelnummer, Produktnummer"
    ),
    "quantity": (
        "Quantity, Lineitem quantity, Item quantity, Product quantity, Qty, Qty ordered, Quantity ordered, Aantal, "
        "Stuks, Menge, Anzahl"
    ),
    "unit_price": (
        "Unit price, Lineitem price, Item price, Item cost, Product price, Unit price tax incl, Price per piece, "
        "Price, Stukprijs, Prijs, Einzelpreis, Stückpreis, Preis"
    ),
    "line_total": (
        "Line total, Item total, Line item total, Row total incl tax, Row total, Total price tax incl, Regeltotaal, "
        "Regelbedrag, Positionssumme, Zeilensumme, Gesamtpreis"
    ),
    "line_shipped": "Line shipped, Lineitem fulfillment status",
}
ORDERS_CUSTOMER = re.compile(r"^order[ _](?=customer)", re.IGNORECASE)  # Shopware
PHONES = {"billingphone": "phone", "billingtelephone": "phone", "billingcompany": "company_name"}
FULL_NAMES = frozenset(
    {"billingname", "customername", "billtoname", "customer", "klant", "klantnaam", "kunde", "kundenname"}
)
SYSTEMS = {
    "Shopify": {"financialstatus", "lineitemname"},
    "Magento": {"purchasepoint", "purchasedate"},
    "Shopware": {"ordernumber", "orderdatetime"},
    "PrestaShop": {"totalpaidtaxincl", "dateadd"},
    "WooCommerce": {"ordertotal", "billingemail"},
}


def key_of(title: str) -> str:
    """A title without case, accents, blanks and punctuation."""
    return fold(title).replace(" ", "")


def recognise(header: list[str]) -> list[str]:
    """The field that each column of a file goes to; empty for a column that is not ours."""
    keys = ["" if other_currency(title) else key_of(title) for title in header]
    fields = [""] * len(header)
    bare = [key and key_of(without_hints(title)) for key, title in zip(keys, header, strict=True)]
    for name, place in _own_places(keys, bare):
        fields[place] = name
    for place, name in enumerate(recognise_customers([ORDERS_CUSTOMER.sub("", title) for title in header])):
        key = keys[place]
        wanted = PHONES.get(key) or ("full_name" if key in FULL_NAMES else name)
        if not fields[place] and wanted in BY_NAME and wanted not in fields:
            fields[place] = wanted
    return _without_street_twice(keys, fields)


def system_of(header: list[str]) -> str:
    """The system whose export of orders has such a header; empty where it is not known."""
    keys = set(map(key_of, header))
    return next((name for name, typical in SYSTEMS.items() if typical <= keys), "")


def _own_places(keys: list[str], bare: list[str]) -> list[tuple[str, int]]:
    """Which columns are those of orders and lines, the likeliest of each; `bare` are the keys without hints."""
    found, taken = [], set()
    is_shopify = SYSTEMS["Shopify"] <= set(keys)
    for name, titles in NAMES.items():
        wanted = [name, *titles.split(", ")] if not (is_shopify and name == "number") else ["Name"]
        for key, among in product(map(key_of, wanted), (keys, bare)):
            if key in among and among.index(key) not in taken:
                taken.add(among.index(key))
                found.append((name, among.index(key)))
                break
    return found


def _without_street_twice(keys: list[str], fields: list[str]) -> list[str]:
    """Shopify writes a street and, in two more columns, the lines that it is made of: those are taken."""
    for kind in Address.Kind:
        if f"{kind}street" in keys and f"{kind}address1" in keys:
            fields[keys.index(f"{kind}street")] = ""
            fields[keys.index(f"{kind}address1")] = f"{kind}_street"
    return fields
