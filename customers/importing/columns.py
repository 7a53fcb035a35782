"""The columns of a file of customers: what each means, and the names under which other systems write it.

Import and export share them: what was exported can be imported again, and changes nothing.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


def _of_customer(name: str, example: str, hint: str | Promise = "") -> Column:
    return Column(name, Customer._meta.get_field(name).verbose_name, example, hint)


def _of_address(kind: Address.Kind, name: str, example: str) -> Column:
    return Column(f"{kind}_{name}", Address._meta.get_field(name).verbose_name, example, _HINTS.get(name, ""))


_HINTS = {"country": _("Code (NL) or name, in any of a dozen languages; left empty, it is the shop's country.")}
_DATES = _("1984-03-31, 31-03-1984 or 31 March 1984; with slashes where the column shows what the month is.")
ADDRESS_EXAMPLES = ("NL", "M. Jansen", "Oudegracht", "118", "bis", "2nd floor", "3511 AW", "Utrecht", "Utrecht")

PERSON = (
    _of_customer("email", "ines@example.org", _("Needed. It tells who the customer is; one row for each address.")),
    _of_customer("first_name", "Ines"),
    _of_customer("initials", "I."),
    _of_customer("last_name", "van der Meulen"),
    _of_customer("phone", "+31 30 231 45 67", _("Without + it is a number of the country of the billing address.")),
    _of_customer("mobile", "+31 6 12345678"),
    _of_customer("language", "nl", _("Code (nl) or name")),
    _of_customer("gender", "female", _("female, male, other or unspecified")),
    _of_customer("birth_date", "1984-03-31", _DATES),
    _of_customer("marketing_consent", "yes", _("yes or no. Who withdrew in this shop stays withdrawn.")),
    _of_customer("customer_type", "business", _("private or business; left out, a company name makes it business.")),
    _of_customer("company_name", "Atelier Noord B.V."),
    _of_customer("company_number", "80123456"),
    _of_customer("coc_number", "30123456"),
    _of_customer("vat_number", "NL004495445B01"),
)
ADDRESSES = tuple(
    _of_address(kind, name, example)
    for kind in Address.Kind
    for name, example in zip(Address.FIELDS, ADDRESS_EXAMPLES, strict=True)
)
REST = (
    _of_customer("ship_elsewhere", "no", _("yes or no; left out, it is yes where the two addresses differ.")),
    Column("tags", _("tags"), "wholesale, spring fair", _("With commas between. Tags are added, never taken away.")),
    _of_customer("notes", "Rings before delivery"),
    _of_customer("access", "open", _("open, awaiting, refused or blocked; read for new customers only.")),
    _of_customer("created_at", "2024-05-17T09:30:00+02:00", _("Read for new customers only.")),
)
COLUMNS = (*PERSON, *ADDRESSES, *REST)
# Read from other systems' files, never written to ours.
FROM_OTHERS = (
    Column("last_name_prefix", _("preposition of the last name"), "van der", _("It goes in front of the last name.")),
    Column("middle_name", _("middle name"), "Maria", _("It goes behind the first name.")),
    Column(
        "full_name", _("full name"), "Ines van der Meulen", _("It is taken apart where first and last name are empty.")
    ),
    Column("salutation", _("title before the name"), "Mrs", _("It tells the gender, and is not kept.")),
    Column("shipping_first_name", _("first name of the recipient"), "M.", _("For the attention line of parcels.")),
    Column("shipping_last_name", _("last name of the recipient"), "Jansen", _("For the attention line of parcels.")),
)
# Written to our files, and left alone when they come back.
FACTS = (
    Column("customer_number", _("customer number"), "1024"),
    _of_customer("registered_at", "2024-05-17T09:30:00+02:00"),
    _of_customer("origin", "order"),
    _of_customer("orders_count", "3"),
    _of_customer("spent", "148.50"),
    _of_customer("last_order_at", "2026-11-02T18:04:11+01:00"),
    Column("unsubscribe_link", _("unsubscribe link"), "https://…/unsubscribe/1024-5f6c…/"),
)
NEW_ONLY = frozenset({"access", "created_at"})
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
