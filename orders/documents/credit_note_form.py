from typing import Self

from django.http import QueryDict

from orders.documents.credit import left_to_credit
from orders.documents.lines_form import LinesForm
from orders.documents.remaining_lines import remaining_of_invoice
from orders.handling.refunds import to_credit
from orders.models import Document


class CreditNoteForm(LinesForm):
    """What of an invoice is credited: what was refunded without a credit note, else all that is left."""

    @classmethod
    def of(cls, invoice: Document, data: QueryDict | None) -> Self:
        """Return the form for an invoice that stands."""
        remaining, order = remaining_of_invoice(invoice), invoice.order
        refunded = min(to_credit(order), left_to_credit(invoice))
        initial = {"by": "amount" if refunded else "lines", "amount": refunded or None}
        initial |= {f"quantity-{at}": line.quantity for at, line in enumerate(remaining)}
        return cls(data, order=order, remaining=remaining, initial=initial)
