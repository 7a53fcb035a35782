from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods
from django_htmx.http import reselect, retarget

from orders.handling.listing import order_url
from orders.handling.person_on_order import usable_order_or_404
from orders.models import OrderNote
from orders.notes_and_tags.forms import OrderNoteForm
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.staff_log.writing import about


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_notes(request: HttpRequest, number: str) -> HttpResponse:
    """Write a dated note on an order."""
    order = usable_order_or_404(number=number)
    note = OrderNote(order=order, author=request.user)
    form = OrderNoteForm(request.POST if request.method == "POST" else None, instance=note)
    if form.is_valid():
        form.save()
        return redirect(f"{order_url(request, order)}#timeline")
    context = {"section": "orders", "order": order, "note_form": form}
    response = render(request, "orders/notes_and_tags/note_add.jinja", context, part="form")
    # To htmx a wrong note answers where it was written.
    return reselect(retarget(response, "#note"), "#note")


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def order_note_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to delete a note on an order; on POST, delete it. One's own, or any for the owner."""
    note = get_object_or_404(OrderNote.objects.select_related("author", "order"), pk=pk)
    if not note.may_be_deleted_by(request.user):
        raise Http404
    if note.order.customer_id:
        about(request, note.order.customer_id)
    if request.method == "POST":
        note.delete()
        return redirect(f"{order_url(request, note.order)}#notes")
    context = {"section": "orders", "note": note, "danger": True, "cancel_url": order_url(request, note.order)}
    return render(request, "orders/notes_and_tags/note_delete.jinja", context)
