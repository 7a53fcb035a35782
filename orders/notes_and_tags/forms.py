from customers.notes.forms import NoteForm
from orders.models import OrderNote


class OrderNoteForm(NoteForm):
    """A remark of today, on an order."""

    class Meta(NoteForm.Meta):
        model = OrderNote
