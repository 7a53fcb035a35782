from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods
from django_htmx.http import reselect, retarget

from customers.models import Note
from customers.notes.forms import NoteForm
from customers.privacy.restriction.restriction import must_be_usable, shopper_edited_by
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.staff_log.writing import about


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a dated note on a customer."""
    customer = shopper_edited_by(request.user, pk)
    note = Note(customer=customer, author=request.user)
    form = NoteForm(request.POST if request.method == "POST" else None, instance=note)
    if form.is_valid():
        form.save()
        return redirect(f"{customer.get_absolute_url()}#timeline")
    context = {"section": "customers", "customer": customer, "note_form": form, "has_errors": bool(form.errors)}
    return _in_its_place(render(request, "customers/notes/add.jinja", context, part="form"))


def _in_its_place(response: HttpResponse) -> HttpResponse:
    """To htmx a wrong note answers where it was written."""
    return reselect(retarget(response, "#note"), "#note")


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def note_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to delete a note; on POST, delete it. One's own, or any for the owner."""
    note = get_object_or_404(Note.objects.select_related("customer", "author"), pk=pk)
    if not note.may_be_deleted_by(request.user):
        raise Http404
    must_be_usable(note.customer)
    about(request, note.customer_id)
    if request.method == "POST":
        note.delete()
        return redirect(f"{note.customer.get_absolute_url()}#notes")
    context = {"section": "customers", "note": note, "danger": True, "cancel_url": note.customer.get_absolute_url()}
    return render(request, "customers/notes/delete.jinja", context)
