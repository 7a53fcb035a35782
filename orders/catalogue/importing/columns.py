"""The columns of a file of products: what each means, and the names under which other systems write it."""

import re

from django.utils.translation import gettext_lazy as _

from customers.importing.columns import Column
from customers.importing.titles import IN_BRACKETS
from customers.search.text import fold
from orders.catalogue.languages import further_languages
from orders.importing.hints import columns_in_another_currency, other_currency
from shopadmin.models import StoreSettings

TEXTS = ("name", "summary", "description")
COLUMNS = (
    Column("sku", _("SKU"), "VV-118", _("Required. Tells which product a row is of, regardless of capitals.")),
    Column("name", _("name"), "Stacking mug", _("Required for a new product. Further languages: name_de, name_nl.")),
    Column("summary", _("short description"), "Stoneware", _("Up to 160 characters. Also summary_de and so on.")),
    Column("description", _("description"), "Two mugs take the room of one.", _("HTML becomes plain text.")),
    Column("category", _("category"), "Table", _("A category that does not exist is added.")),
    Column("price", _("price incl. VAT"), "16.50", _("Required for a new product. Always including VAT.")),
    Column("tax_class", _("tax class"), "standard", _("Or its rate in percent, such as 21.")),
    Column("stock", _("in stock"), "84", _("If empty, a new product is always in stock.")),
    Column("low_stock_at", _("low stock below"), "10"),
    Column("service", _("service"), "no", _("Yes or no.")),
    Column("withdrawal_excepted", _("no right of withdrawal"), "no", _("Yes or no.")),
    Column("visible", _("visible in the shop"), "yes", _("Yes or no.")),
)
FROM_OTHERS = (
    Column("status", _("further visibility"), "active", _("A product is visible if both columns say so.")),
    Column("counted", _("stock is counted"), "shopify", _("If no, the stock in the file is ignored.")),
    Column("group", _("product of a variant"), "stacking-mug", _("Rows with the same value are variants.")),
    Column("parent", _("parent of a variant"), "", _("Rows with a value are variants.")),
    Column("kind", _("kind of product"), "simple", _("Variants and bundles are rejected.")),
)
OTHERS = frozenset(column.name for column in FROM_OTHERS)
# What tells our own exports, whose texts are taken letter by letter.
OURS = frozenset({"lowstockat", "withdrawalexcepted", "service", "visible"})
SYSTEMS = {
    "Lightspeed eCom": {"internalid", "internalvariantid"},
    "Shopify": {"handle", "variantsku"},
    "Shopify (2025)": {"urlhandle", "option1name"},
    "WooCommerce": {"regularprice", "taxclass"},
    "PrestaShop": {"productid", "reference"},
    "PrestaShop (import)": {"active01", "reference"},
    "Shopware": {"productnumber", "taxrate"},
    "Shopware 5": {"ordernumber", "mainnumber"},
}
# Of several columns that could be one, the name that stands first here is it.
NAMES = {
    "sku": (
        "SKU, Variant SKU, Product number, Article number, Article code, Reference, Reference #, Product code, Item "
        "number, Item no, Artikelnummer, Artikelnr, Artikel-Nr, Artikelcode, Productcode, Produktnummer, "
        "Bestellnummer, Referentie, Referenz, Référence, Referencia, Article no"
    ),
    "name": (
        "Name, Title, Product name, Product title, Product, Naam, Productnaam, Titel, Artikelnaam, Produktname, "
        "Artikelname, Artikelbezeichnung, Bezeichnung, Nom, Nombre"
    ),
    "summary": (
        "Summary, Short description, Korte omschrijving, Korte beschrijving, Kurzbeschreibung, Description short, "
        "Résumé, Resumen"
    ),
    "description": (
        "Description, Body (HTML), Body, Long description, Omschrijving, Beschrijving, Lange omschrijving, "
        "Beschreibung, Langbeschreibung, Artikelbeschreibung, Descripción"
    ),
    "category": (
        "Category, Categories, Category name, Product category, Categorie, Categorieën, Kategorie, Kategorien, "
        "Productgroep, Warengruppe, Catégorie, Catégories, Categoría, Categorías"
    ),
    "price": (
        "Price gross, Gross price, Price incl VAT, Price incl, Price tax incl, Price tax included, Price including "
        "tax, Prijs incl btw, Prijs inclusief btw, Verkoopprijs incl btw, Bruttopreis, Preis brutto, Preis inkl MwSt, "
        "Verkaufspreis brutto, Variant price, Regular price, Reguliere prijs, Normale prijs, Regulärer Preis, Price, "
        "Sales price, Selling price, Prijs, Verkoopprijs, Preis, Verkaufspreis, Prix, Prix TTC, Precio"
    ),
    "tax_class": "VAT rate, Tax rate, VAT, Btw-tarief, Btw-percentage, Btw, MwSt-Satz, USt-Satz, Steuersatz, MwSt, TVA",
    "stock": (
        "Stock, In stock, Stock level, Variant inventory qty, Inventory quantity, Stock quantity, Quantity, "
        "Inventory, Voorraad, Op voorraad, Aantal, Lagerbestand, Bestand, Auf Lager, Lager, Menge"
    ),
    "low_stock_at": (
        "Low stock at, Low stock amount, Stock alert, Stock min, Minimum stock, Low stock level, Stockmin, Min stock, "
        "Minimale voorraad, Meldbestand, Mindestbestand"
    ),
    "service": "Service, Is service, Dienst, Dienstleistung",
    "withdrawal_excepted": "Withdrawal excepted, No right of withdrawal, Geen herroepingsrecht, Kein Widerrufsrecht",
    "visible": (
        "Visible, Published, Active, Is active, Enabled, Online, Published on online store, Active (0/1), Zichtbaar, "
        "Actief, Gepubliceerd, Sichtbar, Aktiv, Veröffentlicht"
    ),
    "status": "Visibility in catalog, Status",
    "counted": "Variant inventory tracker, Inventory tracker",
    "group": "Handle, URL handle, Mainnumber",
    "parent": "Attribute (Name:Type:Position), Attribute (Name:Type:Position)*",
}
# What a title means in the files of one system, before all others.
OF_SYSTEM = {
    "Lightspeed eCom": {"sku": "Article code, SKU", "tax_class": "Tax", "group": "Internal ID"},
    "Shopify": {"category": "Type, Product category"},
    "Shopify (2025)": {"category": "Type, Product category"},
    "WooCommerce": {"kind": "Type", "parent": "Parent"},
    "Shopware": {"group": "ID", "parent": "Parent ID"},
    "Shopware 5": {
        "sku": "Ordernumber", "summary": "Description", "description": "Description long", "stock": "Instock",
        "tax_class": "Tax",
    },
}  # fmt: skip
IN_LANGUAGE = re.compile(r"(name|summary|description)_([a-z]{2})")
OF_LIGHTSPEED = re.compile(r"([A-Z]{2})_(Title_Short|Title_Long|Description_Short|Description_Long|Category_1)")
FIELDS_OF_LIGHTSPEED = {
    "Title_Short": "name", "Title_Long": "", "Description_Short": "summary", "Description_Long": "description",
    "Category_1": "category",
}  # fmt: skip
WITHOUT_VAT = re.compile(
    r"\b(?:excl|excluded|excluding|exclusive|exclusief|ex|exkl|without|zonder|ohne|hors|ht|sin|net|netto\w*)\b"
)
OF_PRICES = re.compile(r"price|prijs|preis|prix|precio")


def key_of(title: str) -> str:
    """A title without case, accents, blanks and punctuation."""
    return fold(title).replace(" ", "")


def recognise(header: list[str]) -> list[str]:
    """The field that each column of a file goes to; empty for a column that is not ours."""
    fields = _in_languages(header)
    taken = {place for place, name in enumerate(fields) if name}
    ours = [(name, titles if name in OTHERS else f"{name}, {titles}") for name, titles in NAMES.items()]
    for name, titles in [*OF_SYSTEM.get(system_of(header), {}).items(), *ours]:
        place = None if name in fields else _place_of(titles.split(", "), header, taken)
        if place is not None:
            fields[place] = name
            taken.add(place)
    return fields


def system_of(header: list[str]) -> str:
    """The system whose export of products has such a header; empty where it is not known."""
    keys = set(map(key_of, header))
    return next((name for name, typical in SYSTEMS.items() if typical <= keys), "")


def is_ours(header: list[str]) -> bool:
    """Whether it is a file that was exported here."""
    return set(map(key_of, header)) >= OURS


def is_without_vat(title: str) -> bool:
    """Whether a column has prices without VAT, which are not those of a shop."""
    return bool(WITHOUT_VAT.search(fold(title)) and OF_PRICES.search(fold(title)))


def prices_in_another_currency(header: list[str]) -> str:
    """Why columns of prices were left out that are in another currency; nothing where there are none."""
    return columns_in_another_currency(title for title in header if OF_PRICES.search(fold(title)))


def text_columns() -> list[Column]:
    """The texts in the further languages of the shop."""
    by_name = {column.name: column for column in COLUMNS}
    return [
        Column(f"{text}_{code}", f"{by_name[text].label} ({code})", "")
        for code in further_languages()
        for text in TEXTS
    ]


def _place_of(names: list[str], header: list[str], taken: set[int]) -> int | None:
    """Where the first of the names stands, with whatever hint a title has in brackets."""
    keys = [_keys_of(title) for title in header]
    for key in map(key_of, names):
        for place, forms in enumerate(keys):
            if key in forms and place not in taken:
                return place
    return None


def _keys_of(title: str) -> set[str]:
    if is_without_vat(title) or title.rstrip().endswith("?"):  # `In stock?` is no number
        return set()
    if OF_PRICES.search(fold(title)) and other_currency(title):
        return set()
    return {key_of(title), key_of(IN_BRACKETS.sub(" ", title))} - {""}


def _in_languages(header: list[str]) -> list[str]:
    """The texts of which the title names the language; in the shop's first, they are the product's own."""
    codes = {found[1].lower() for title in header if (found := OF_LIGHTSPEED.fullmatch(title))}
    first = StoreSettings.current().first_language
    first = first if first in codes else next(iter(sorted(codes)), first)
    others, fields = set(further_languages()), []
    for title in header:
        name, code = "", ""
        if found := IN_LANGUAGE.fullmatch(title.lower()):
            name, code = found.groups()
        elif found := OF_LIGHTSPEED.fullmatch(title):
            code, name = found[1].lower(), FIELDS_OF_LIGHTSPEED[found[2]]
            code = "" if code == first else code
        of_language = f"{name}_{code}" if code else name
        fields.append(of_language if name in TEXTS and (not code or code in others) else name if not code else "")
    return fields
