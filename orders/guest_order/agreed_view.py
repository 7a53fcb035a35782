from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from orders.documents.agreed_texts import agreed_texts
from orders.guest_order.order_by_token import hidden_from_robots, order_by_token_or_404, shopper_page_of
from shopadmin.rendering.pages import render


@require_safe
def agreed(request: HttpRequest, token: str) -> HttpResponse:
    """The legal texts as they stood when the order was placed, in the language in which it was."""
    order = order_by_token_or_404(token)
    language = request.store.spoken_to(order.language)
    with translation.override(language):
        texts = agreed_texts(order)
    context = {"order": order, "texts": texts, "text_language": language, "order_page": shopper_page_of(request, order)}
    return hidden_from_robots(render(request, "orders/guest_order/agreed.jinja", context))
