"""The columns of a file of customers: what each means, and the names under which other systems write it.

Import and export share them: what was exported can be imported again, and changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.field_rules import ADDRESS_FIELDS, CUSTOMER_FIELDS, HINTS, Imported, Rule
from customers.models import Address, Customer


@dataclass(frozen=True)
class Column:
    """One column: its name in our files, the words for it, an example, and what else is good to know."""

    name: str
    label: str | Promise
    example: str
    hint: str | Promise = ""

    @property
    def kind(self) -> str:
        """`billing` or `shipping` for a field of an address, else nothing."""
        kind, _underscore, field = self.name.partition("_")
        return kind if kind in Address.Kind and field in Address.FIELDS else ""


def _columns(model: type[Model], rules: dict[str, Rule], *imported: Imported, before: str = "") -> Iterator[Column]:
    """The columns of a model's fields that are imported so; `before` comes before the name of each."""
    for name, rule in rules.items():
        if rule.file and rule.file.imported in imported:
            label = rule.words or model._meta.get_field(name).verbose_name
            yield Column(f"{before}{rule.file.name or name}", label, rule.file.example, HINTS.get(name, ""))


_PERSON = tuple(_columns(Customer, CUSTOMER_FIELDS, Imported.ALL, Imported.NEW))
_ADDRESSES = tuple(
    column for kind in Address.Kind for column in _columns(Address, ADDRESS_FIELDS, Imported.ALL, before=f"{kind}_")
)
_TAGS = Column(
    "tags", _("tags"), "wholesale, spring fair", _("Separate tags with commas. Tags are added, never removed.")
)
# The addresses stand before the switch between them, and the tags behind it.
_SWITCH = [column.name for column in _PERSON].index("ship_elsewhere")
COLUMNS = (*_PERSON[:_SWITCH], *_ADDRESSES, _PERSON[_SWITCH], _TAGS, *_PERSON[_SWITCH + 1 :])
# Read from other systems' files, never written to ours.
FROM_OTHERS = (
    Column("last_name_prefix", _("last name prefix"), "van der", _("Added before the last name.")),
    Column("middle_name", _("middle name"), "Maria", _("Added after the first name.")),
    Column("full_name", _("full name"), "Ines van der Meulen", _("Split into first and last name if both are empty.")),
    Column("salutation", _("salutation"), "Mrs", _("Used to determine the gender. Not saved.")),
    Column(
        "shipping_first_name",
        _("first name of the recipient"),
        "M.",
        _("Used for the attention line of the shipping address."),
    ),
    Column(
        "shipping_last_name",
        _("last name of the recipient"),
        "Jansen",
        _("Used for the attention line of the shipping address."),
    ),
)
# Written to our files, and left alone when they come back.
FACTS = (
    *_columns(Customer, CUSTOMER_FIELDS, Imported.NOBODY),
    Column("unsubscribe_link", _("unsubscribe link"), "https://…/unsubscribe/1024-5f6c…/"),
)
NEW_ONLY = frozenset(column.name for column in _columns(Customer, CUSTOMER_FIELDS, Imported.NEW))
# What a file changes of a customer who is there; the email address tells who that is.
OF_CUSTOMERS = tuple(column.name for column in _PERSON if column.name not in {"email", *NEW_ONLY})
IMPORTED = (*COLUMNS, *FROM_OTHERS)
BY_NAME = {column.name: column for column in (*IMPORTED, *FACTS)}

OTHER_SYSTEMS = {
    "Lightspeed eCom": {"firstname", "lastnamepreposition", "streetname", "cocnumber"},
    "Shopify": {"acceptsemailmarketing", "defaultaddressaddress1"},
    "Shopify (2022)": {"acceptsmarketing", "provincecode", "taxexempt"},
    "WooCommerce": {"lastactive", "signup", "totalspend", "aov"},
    "WordPress": {"useremail", "userregistered", "userlogin"},
    "PrestaShop": {"newsletter01", "titlesidmr1ms2else0"},
    "Magento": {"groupid", "taxvat", "websiteid", "createdin"},
    "Magento 2": {"customersince", "accountcreatedin", "confirmedemail"},
    "Shopware": {"customergroup", "saleschannel", "billingzipcode"},
    "Shopware 5": {"billingcountryid", "customergroup", "encoder"},
    "Stripe": {"id", "email", "delinquent"},
    "Outlook": {"emailaddress", "mobilephone", "homestreet", "businessstreet"},
}
