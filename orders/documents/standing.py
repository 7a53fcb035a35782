"""The standing invoice of an order: the one that credit notes have not taken back in full."""

from decimal import Decimal

from orders.models import Document, Order


def standing_invoice(order: Order) -> Document | None:
    """The invoice of which something is not credited yet; None without one. An order has one at most."""
    documents = list(order.documents.all())
    return next((paper for paper in documents if paper.is_invoice and _stands(paper, documents)), None)


def _stands(invoice: Document, documents: list[Document]) -> bool:
    notes = [paper.total for paper in documents if paper.credits_id == invoice.pk]
    return not notes or sum(notes, Decimal(0)) < invoice.total
