"""What becomes of each field of a customer and of an address: the one place that says it.

Search, history, merging, import, export, erasure and the archive read these tables, so that none forgets a field.
`tests/customers/test_field_rules.py` fails when a model has a field that is not declared here, and
`docs/adding_things.md` leads through adding one. Where something is not done with a field, `No` says why.

Models read this module, so it imports none.
"""

from dataclasses import dataclass
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class No:
    """Not done with this field, and why. It is false, so that readers can ask `if rule.history`."""

    why: str

    def __bool__(self) -> bool:
        return False


class Search(Enum):
    """As what a value is searched (`customers/search/text.py`)."""

    NUMBER = auto()  # the customer's
    ORDERS = auto()  # the numbers of orders
    EMAIL = auto()
    GIVEN_NAME = auto()
    INITIALS = auto()
    LAST_NAME = auto()
    COMPANY = auto()
    PHONE = auto()
    CODE = auto()  # a number that people write in several ways
    PLACE = auto()


class Merging(Enum):
    """Whose value holds when two records become one (`customers/merging/fields.py`)."""

    CHOSEN = auto()  # the merchant chooses
    BOTH = auto()  # the merchant chooses, or keeps both, one below the other
    RULED = auto()  # a rule decides
    WITH_ADDRESS = auto()  # it goes with an address, which is chosen as a whole
    OWN = auto()  # each record keeps its own
    DERIVED = auto()  # it is worked out again from what has moved


class Archive(Enum):
    """How a value gets into the archive that answers an access request (`customers/privacy/archive/sections.py`)."""

    YES = auto()
    REVIEWED = auto()  # only after the merchant has looked it over


class Erasure(Enum):
    """What an erasure does beside deleting the row (`customers/privacy/erasure/names_in_text.py`)."""

    ROW = auto()  # nothing more
    TRACES = auto()  # saved views, file names and tags that name the person by it go too


class Imported(Enum):
    """For whom an import reads a column."""

    ALL = auto()
    NEW = auto()  # for customers who are not there yet
    NOBODY = auto()  # exports write it, and imports leave it alone


@dataclass(frozen=True)
class InFile:
    """A column of import and export files: an example of what stands in it, and its name if not the field's.

    `HINTS` has what else is good to know about a column, `customers/importing/names.py` what other systems call it.
    """

    example: str
    imported: Imported = Imported.ALL
    name: str = ""


@dataclass(frozen=True)
class Rule:
    """What becomes of one field.

    `words` are what it is called where the model's verbose_name would not do. What `stays` is left on a merged record
    when its merge can no longer be undone: its access, say, holds when the undo of a later merge parts the others.
    """

    search: Search | No
    history: bool | No
    merge: Merging
    archive: Archive | No
    erasure: Erasure
    file: InFile | No
    words: str | Promise = ""
    stays: bool = False


NUMBER, ORDERS, EMAIL, GIVEN_NAME, INITIALS, LAST_NAME, COMPANY, PHONE, CODE, PLACE = Search
CHOSEN, BOTH, RULED, WITH_ADDRESS, OWN, DERIVED = Merging
ARCHIVED, REVIEWED = Archive
ROW, TRACES = Erasure
ALL, NEW, NOBODY = Imported
TRACKED = True

# Why something is not done with a field.
SECRET = No("a secret")
COPY = No("a copy of what stands elsewhere")
COUNTED = No("counted from the orders, which tell it themselves")
FIXED = No("does not change once the record is made")
FIRST = No("the first entry of the history tells it")
FILTERED = No("the list filters by it")
NO_CLUE = No("nobody is looked up by it")
LONG = No("long texts hold every word, and would be found too often")
BY_PLACE = No("an address is found by postcode and city")
STAFF = No("no file makes or changes staff")
SIGN_IN = No("written at each sign-in")
CHECKED = No("only says which of the numbers beside it somebody confirmed")
RESTRICTED = No("files leave out whoever has the use of their data restricted")
LINK = No("a link between rows, which tells nothing by itself")
KIND = No("stands in the name that history and files give to each field of an address")
MERGED = No("the merge is in the history, and the merged record with its address in the archive")

# fmt: off
CUSTOMER_FIELDS = {
    #                         search      history  merge    archive   erasure file
    "id":                Rule(NUMBER,     FIXED,   OWN,     ARCHIVED, ROW,    InFile("1024", NOBODY, "customer_number"),
                              words=_("customer number"), stays=True),
    "email":             Rule(EMAIL,      TRACKED, OWN,     ARCHIVED, TRACES, InFile("ines@example.org"), stays=True),
    "first_name":        Rule(GIVEN_NAME, TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("Ines")),
    "initials":          Rule(INITIALS,   TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("I.")),
    "last_name":         Rule(LAST_NAME,  TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("van der Meulen")),
    "phone":             Rule(PHONE,      TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("+31 30 231 45 67")),
    "mobile":            Rule(PHONE,      TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("+31 6 12345678")),
    "language":          Rule(FILTERED,   TRACKED, CHOSEN,  ARCHIVED, ROW,    InFile("nl")),
    "gender":            Rule(NO_CLUE,    TRACKED, CHOSEN,  ARCHIVED, ROW,    InFile("female")),
    "birth_date":        Rule(NO_CLUE,    TRACKED, CHOSEN,  ARCHIVED, ROW,    InFile("1984-03-31")),
    "marketing_consent": Rule(FILTERED,   TRACKED, RULED,   ARCHIVED, ROW,    InFile("yes")),

    "customer_type":     Rule(FILTERED,   TRACKED, CHOSEN,  ARCHIVED, ROW,    InFile("business")),
    "company_name":      Rule(COMPANY,    TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("Atelier Noord B.V.")),
    "company_number":    Rule(CODE,       TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("80123456")),
    "coc_number":        Rule(CODE,       TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("30123456")),
    "vat_number":        Rule(CODE,       TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("NL004495445B01")),
    "invoice_email":     Rule(EMAIL,      TRACKED, CHOSEN,  ARCHIVED, TRACES, InFile("invoices@example.org")),
    "confirmed_numbers": Rule(COPY,       CHECKED, RULED,   ARCHIVED, ROW,    CHECKED,
                              words=_("confirmed company numbers")),

    "ship_elsewhere":    Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, ROW, InFile("no")),
    "country":           Rule(FILTERED,   COPY,    DERIVED, COPY,     ROW,    COPY),
    "notes":             Rule(LONG,       TRACKED, BOTH,    REVIEWED, ROW,    InFile("Rings before delivery")),

    "access":            Rule(FILTERED,   TRACKED, RULED,   ARCHIVED, ROW,    InFile("open", NEW), stays=True),
    "created_at":        Rule(FILTERED,   FIRST,   RULED,   ARCHIVED, ROW,
                              InFile("2024-05-17T09:30:00+02:00", NEW), stays=True),
    "registered_at":     Rule(FILTERED,   TRACKED, OWN,     ARCHIVED, ROW,
                              InFile("2024-05-17T09:30:00+02:00", NOBODY)),
    "restricted_at":     Rule(FILTERED,   TRACKED, OWN,     ARCHIVED, ROW,    RESTRICTED),
    "origin":            Rule(NO_CLUE,    FIRST,   OWN,     ARCHIVED, ROW,    InFile("order", NOBODY), stays=True),
    "merged_into":       Rule(LINK,       TRACKED, OWN,     LINK,     ROW,    LINK, stays=True),
    "merged_emails":     Rule(EMAIL,      MERGED,  DERIVED, MERGED,   ROW,    COPY),

    "password":          Rule(SECRET,     SECRET,  OWN,     SECRET,   ROW,    SECRET),
    "last_login":        Rule(NO_CLUE,    SIGN_IN, OWN,     ARCHIVED, ROW,    SIGN_IN),
    "is_superuser":      Rule(NO_CLUE,    FIXED,   OWN,     ARCHIVED, ROW,    STAFF),
    "is_staff":          Rule(NO_CLUE,    TRACKED, OWN,     ARCHIVED, ROW,    STAFF),
    "role":              Rule(NO_CLUE,    TRACKED, OWN,     ARCHIVED, ROW,    STAFF),

    "orders_count":      Rule(FILTERED,   COUNTED, DERIVED, ARCHIVED, ROW,    InFile("3", NOBODY)),
    "spent":             Rule(FILTERED,   COUNTED, DERIVED, ARCHIVED, ROW,    InFile("148.50", NOBODY)),
    "last_order_at":     Rule(FILTERED,   COUNTED, DERIVED, ARCHIVED, ROW,
                              InFile("2026-11-02T18:04:11+01:00", NOBODY)),
    "last_order_sort":   Rule(COPY,       COPY,    DERIVED, COPY,     ROW,    COPY),
    "is_shopper":        Rule(COPY,       COPY,    DERIVED, COPY,     ROW,    COPY),
    "order_numbers":     Rule(ORDERS,     COUNTED, DERIVED, COPY,     ROW,    COPY),
    "search_text":       Rule(COPY,       COPY,    DERIVED, COPY,     ROW,    COPY),
}
# In files the name of each has that of its address before it: `billing_city`.
ADDRESS_FIELDS = {
    "id":                Rule(LINK,       FIXED,   OWN,          LINK,     ROW,    LINK),
    "customer":          Rule(LINK,       FIXED,   OWN,          LINK,     ROW,    LINK),
    "kind":              Rule(BY_PLACE,   KIND,    OWN,          ARCHIVED, ROW,    KIND),
    "country":           Rule(FILTERED,   TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("NL")),
    "attention":         Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("M. Jansen")),
    "street":            Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, TRACES, InFile("Oudegracht")),
    "house_number":      Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, TRACES, InFile("118")),
    "addition":          Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("bis")),
    "line2":             Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("2nd floor")),
    "postcode":          Rule(PLACE,      TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("3511 AW")),
    "city":              Rule(PLACE,      TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("Utrecht")),
    "region":            Rule(BY_PLACE,   TRACKED, WITH_ADDRESS, ARCHIVED, ROW,    InFile("Utrecht")),
}
# fmt: on
HINTS = {
    "email": _("Required. Identifies the customer. Use one row per email address."),
    "phone": _("Numbers without + are read as numbers in the country of the billing address."),
    "language": _("Code (nl) or name"),
    "gender": _("female, male, other or unspecified"),
    "birth_date": _(
        "1984-03-31, 31-03-1984 or 31 March 1984. Slashes are accepted if the column makes "
        "clear which part is the month."
    ),
    "marketing_consent": _("yes or no. Customers who withdrew their consent in this shop stay unsubscribed."),
    "customer_type": _("private or business. If empty, a customer with a company name becomes a business customer."),
    "country": _("Code (NL) or name, in any of a dozen languages. If empty, the shop's country is used."),
    "ship_elsewhere": _("yes or no. If empty, yes when the two addresses differ."),
    "access": _("open, awaiting, refused or blocked. Used for new customers only."),
    "created_at": _("Used for new customers only."),
}
