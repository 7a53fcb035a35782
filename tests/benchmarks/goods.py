"""What the shop of the benchmark sells beside the demo's few products."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from random import Random

from orders.models import Category, Product
from tests.benchmarks.words import COLOURS, RARE_THING, STUFFS, THINGS

MOST = 100_000


def count_for(customers: int) -> int:
    """How many products a shop of so many customers has."""
    return min(customers, MOST)


def product_rows(count: int) -> tuple[tuple[str, ...], Iterator[tuple]]:
    """Columns and rows of so many products; what is not told here they have of one of the demo."""
    known = Product.objects.order_by("pk").values().first()
    del known["id"]
    categories = list(Category.objects.values_list("pk", flat=True))
    rows = _facts(count, known["created_at"], categories)
    return tuple(known), (tuple({**known, **facts}.values()) for facts in rows)


def _facts(count: int, newest: datetime, categories: list[int]) -> Iterator[dict]:
    random = Random(11)
    kinds = list(product(COLOURS.split(), STUFFS.split(), THINGS.split()))
    for number in range(count):
        colour, stuff, thing = kinds[number * 7 % len(kinds)]
        rare = number % 4_000 == 17
        texts = {
            "sku": f"BM-{number:06}",
            "name": f"{colour} {stuff.lower()} {RARE_THING if rare else thing} no. {number}",
            "summary": f"Made of {stuff.lower()}, in {colour.lower()}.",
        }
        counted = random.random() < 0.7
        yield texts | {
            "translations": "{}",
            "slug": f"bm-{number:06}",
            "price": f"{random.randrange(200, 40_000) / 100:.2f}",
            "stock": random.randrange(0, 60) if counted else None,
            "low_stock_at": 5 if counted and random.random() < 0.5 else None,
            "active": random.random() < 0.95,
            "category_id": random.choice(categories),
            "created_at": newest - timedelta(minutes=number),
            "picture": "",
            "search_text": Product(**texts).composed_search_text(),
        }
