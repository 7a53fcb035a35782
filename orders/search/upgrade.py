from orders.models import Order
from orders.search.texts import TEXT_OF_ERASED, write_derived_fields


def write_all_search_texts(ids: list[int]) -> None:
    """Compose the search texts of these orders anew; of those whose customer was erased the number stays."""
    orders = Order.objects.filter(pk__in=ids)
    write_derived_fields(orders)
    orders.filter(erased_at__isnull=False).exclude(search_text=TEXT_OF_ERASED).update(search_text=TEXT_OF_ERASED)
