"""Which views of the list of orders are measured."""

from urllib.parse import urlencode

from tests.benchmarks import words

ORDERS = "/backoffice/orders/"
SORTS = ("newest", "total")

FILTERS = [
    "state=open", "state=completed", "state=cancelled", "state=withdrawn",
    "payment=unpaid", "payment=partly_paid", "payment=paid", "payment=partly_refunded", "payment=refunded",
    "payment=no_payment_due",
    "shipping=not_shipped", "shipping=partly_shipped", "shipping=shipped",
    "overdue=on", "todo=send", "todo=pay", "tag=Newsletter", "tag=Friends",
    "placed_from=2026-10-15", "placed_to=2021-06-30",
    "country=NL", "country=FR", "channel=guest", "channel=backoffice", "delivery=PostNL-pakket", "delivery=DHL-pakket",
    "payment_method=bank_transfer", "payment_method=on_pickup", "product=VV-118", "product=VV-204", "product=VV-940",
]  # fmt: skip
# What a merchant asks for together.
PAIRS = [
    ("state=open", "payment=paid"),
    ("state=open", "shipping=partly_shipped"),
    ("state=open", "placed_to=2026-10-25"),
    ("state=completed", "payment=partly_refunded"),
    ("state=completed", "placed_from=2026-09-01"),
    ("state=cancelled", "placed_from=2026-06-01"),
    ("payment=unpaid", "overdue=on"),
    ("payment=unpaid", "placed_to=2026-06-30"),
    ("shipping=shipped", "tag=VIP"),
    ("todo=send", "tag=Regular"),
    ("channel=backoffice", "placed_from=2026-10-01"),
    ("country=BE", "shipping=not_shipped"),
    ("delivery=Afhalen in Utrecht", "payment_method=on_pickup"),
    ("country=DE", "product=VV-118"),
]


def views(facts: dict) -> dict[str, str]:
    """The address of each view, by its name."""
    searches = {
        "frequent": "jans",
        "rare": words.RARE_SURNAME[:7].lower(),
        "absent": words.ABSENT,
        "phone fragment": facts["phone"],
        "tracking number": facts["tracking"],
        "number": facts["order"],
    }
    return {
        "orders": ORDERS,
        **{
            f"orders, last page, by {sort}": f"{ORDERS}?sort={sort}&after={mark}"
            for sort, mark in facts["last_orders"].items()
        },
        **{
            f"orders, {' + '.join(view)}, by {sort}": _address(facts, view, sort)
            for view in _filtered()
            for sort in SORTS
        },
        "orders, by total": f"{ORDERS}?sort=total",
        **{
            f"orders, search, {name}: {found}": f"{ORDERS}?{urlencode({'q': found})}"
            for name, found in searches.items()
        },
        "orders, search, frequent, open": f"{ORDERS}?q=jans&state=open",
        "total of the orders": f"{ORDERS}total/",
        "filters of the orders": f"{ORDERS}filters/?state=open",
    }


def _filtered() -> list[tuple[str, ...]]:
    return [*((filter,) for filter in FILTERS), *PAIRS]


def _address(facts: dict, filters: tuple[str, ...], sort: str) -> str:
    settings = dict(filter.split("=") for filter in filters)
    if "tag" in settings:
        settings["tag"] = facts["tags"][settings["tag"]]
    if "delivery" in settings:
        settings["delivery"] = facts["delivery_methods"][settings["delivery"]]
    return f"{ORDERS}?{urlencode(settings | {'sort': sort})}"
