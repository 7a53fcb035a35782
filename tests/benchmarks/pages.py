"""Which pages are measured, and what each may cost in terms of the bare view."""

from dataclasses import dataclass, field
from itertools import combinations, product
from urllib.parse import urlencode

from tests.benchmarks import order_pages, words
from tests.benchmarks.order_pages import ORDERS

LIST, PRODUCTS = "/backoffice/customers/", "/backoffice/products/"
# In CPU time, as docs/design.md has them.
OF_LIST, OF_PAGE, OF_DASHBOARD, OF_FORM, OF_PAIR = 4, 5, 6, 8, 40
QUERIES = 8
SORTS = ("newest", "name", "last_order", "orders", "spent")
BY = ("newest", "name")

# Filter: what the address bar says, frequent and rare.
FILTERS = {
    "status": ["status=registered", "status=guest", "status=awaiting", "status=refused", "status=blocked"],
    "type": ["type=private", "type=business"],
    "country": ["country=NL", "country=FR"],
    "language": ["language=nl", "language=fr"],
    "tag": ["tag=Newsletter", "tag=Friends"],
    "consent": ["consent=yes", "consent=no"],
    "created": ["created_from=2026-10-15", "created_to=2021-06-30"],
    "last order": ["last_order_from=2026-10-15", "last_order_to=2021-06-30"],
    "orders": ["orders_min=5", "orders_max=0"],
    "spent": ["spent_min=1500", "spent_max=20"],
    "unseen": ["unseen=on"],
}
SEARCHED = {"search": ["q=jans", f"q={words.RARE_SURNAME[:7].lower()}"]}
NAMED_PAIRS = [
    ("status=guest", "country=NL"),
    ("type=business", "country=DE"),
    ("status=registered", "consent=yes"),
    ("tag=Regular", "country=BE"),
    ("created_from=2026-10-01", "status=registered"),
]


@dataclass(frozen=True)
class Page:
    """One address, and how many times the bare view it may cost; `missing` says what is not built yet."""

    group: str
    name: str
    path: str
    budget: int = OF_LIST
    missing: str = ""
    headers: dict[str, str] = field(default_factory=dict, hash=False)


def pages(facts: dict) -> list[Page]:
    """Every page that has a budget of its own."""
    return [*_lists(facts), *_filtered(facts), *_searched(facts), *_others(facts), *_products(facts)]


def pairs(facts: dict) -> list[Page]:
    """Every other pair of filters and search, each frequent or rare, in every order."""
    ends = {name: list(dict.fromkeys((values[0], values[-1]))) for name, values in (FILTERS | SEARCHED).items()}
    found = []
    for one, other in combinations(ends, 2):
        for pair in product(ends[one], ends[other]):
            of_pair = (_page(facts, "other pairs", " + ".join(pair), [*pair], sort, OF_PAIR) for sort in SORTS)
            found += [page for page in of_pair if pair not in NAMED_PAIRS or not page.name.endswith(BY)]
    return found


def _lists(facts: dict) -> list[Page]:
    last = [
        Page("last page", f"last page, {sort}", f"{LIST}?{urlencode({'sort': sort, 'after': mark})}")
        for sort, mark in facts["last_pages"].items()
    ]
    return [
        Page("yardstick", "the bare view's query behind our middleware", "/behind-it-all/", budget=99),
        Page("list", "list", LIST),
        *(Page("sorts", f"by {sort}", f"{LIST}?sort={sort}") for sort in SORTS[1:]),
        *last,
    ]


def _filtered(facts: dict) -> list[Page]:
    alone = [filter for filters in FILTERS.values() for filter in filters]
    return [
        *(_page(facts, "filters alone", filter, [filter], sort) for filter in alone for sort in BY),
        *(_page(facts, "named pairs", " + ".join(pair), [*pair], sort) for pair in NAMED_PAIRS for sort in BY),
    ]


def _searched(facts: dict) -> list[Page]:
    searches = {
        "frequent": "jans",
        "frequent, folded": "Müller",
        "rare": words.RARE_SURNAME[:7].lower(),
        "absent": words.ABSENT,
        "two letters": "vo",
        "two letters, absent": "xq",
        "two words": "jan amsterdam",
        "phone fragment": facts["phone"],
        "order number fragment": facts["order"],
    }
    return [
        Page("search", f"search, {name}: {words}", f"{LIST}?{urlencode({'q': words})}")
        for name, words in searches.items()
    ]


def _everywhere(facts: dict) -> list[Page]:
    searches = {
        "frequent": "jans",
        "rare": words.RARE_SURNAME[:7].lower(),
        "absent": words.ABSENT,
        "phone fragment": facts["phone"],
        "order number": facts["order_page"],
        "order number fragment": facts["order"],
        "tracking number": facts["tracking"],
        "product": "basket",
        "two letters": "vo",
    }
    return [
        Page(
            "everywhere",
            f"everywhere, {name}: {found}",
            f"/backoffice/search/?{urlencode({'q': found})}",
            headers={"HX-Request": "true"},
        )
        for name, found in searches.items()
    ]


def _others(facts: dict) -> list[Page]:
    customer = f"{LIST}{facts['customer']}/"
    return [
        Page("search", "search as you type (fragment)", f"{LIST}?q=jans", headers={"HX-Request": "true"}),
        *_everywhere(facts),
        Page("total", "total of the list", f"{LIST}total/"),
        Page("total", "total of a frequent search", f"{LIST}total/?q=jans"),
        Page("overview", "overview", customer, OF_PAGE),
        Page("overview", "overview, most orders", f"{LIST}{facts['busiest']}/", OF_PAGE),
        *(Page("orders", name, path) for name, path in order_pages.views(facts).items()),
        Page("order page", "order page", f"{ORDERS}{facts['order_page']}/", OF_PAGE),
        Page("dashboard", "dashboard", "/backoffice/", OF_DASHBOARD),
        Page("edit form", "edit form", f"{customer}edit/", OF_FORM),
        Page("edit form", "empty form", f"{LIST}add/", OF_FORM),
    ]


def _products(facts: dict) -> list[Page]:
    category, rare = f"category={facts['category']}", words.RARE_THING
    views = {
        "": "",
        "by price": "sort=price",
        "newest first": "sort=newest",
        "visible": "status=visible",
        "low stock": "status=low",
        "sold out, by price": "status=sold_out&sort=price",
        "hidden": "status=hidden",
        "of a category": category,
        "hidden, of a category, newest first": f"status=hidden&{category}&sort=newest",
        "search: basket": "q=basket",
        f"search: {rare}": f"q={rare}",
        f"search: {rare}, newest first": f"q={rare}&sort=newest",
        "search, two letters: te": "q=te",
        "search, absent": f"q={words.ABSENT}",
        "search: basket, of a category, low stock": f"q=basket&status=low&{category}",
    }
    named = [Page("products", f"products {name}".strip(), f"{PRODUCTS}?{query}") for name, query in views.items()]
    return [*named, Page("products", "total of the products", f"{PRODUCTS}total/")]


def _page(facts: dict, group: str, name: str, filters: list[str], sort: str, budget: int = OF_LIST) -> Page:
    settings = dict(filter.split("=") for filter in filters)
    missing = ", ".join(sorted(set(settings) - set(facts["filters"])))
    if "tag" in settings:
        settings["tag"] = facts["tags"][settings["tag"]]
    query = urlencode(settings | ({} if sort == SORTS[0] else {"sort": sort}))
    return Page(group, f"{name}, by {sort}", f"{LIST}?{query}", budget, missing and f"no filter {missing} yet")
