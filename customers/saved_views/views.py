from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.models import Segment
from customers.saved_views.forms import SegmentForm
from customers.saved_views.queries import FILTERS, query_of
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right

# In which part of the menu each list stands.
SECTIONS = {Segment.List.CUSTOMERS: "customers", Segment.List.ORDERS: "orders"}


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def segments(request: HttpRequest) -> HttpResponse:
    """The saved views of lists; by POST, one more."""
    asked = (request.POST or request.GET).get("list", "")
    which = Segment.List(asked) if asked in FILTERS else Segment.List.CUSTOMERS
    query = query_of(request.GET, which)
    data = request.POST if request.method == "POST" else None
    form = SegmentForm(data, initial={"query": query, "list": which})
    if form.is_valid():
        segment = form.save()
        messages.success(request, _("View saved. You can find it above the list and in the menu."))
        return redirect(segment)
    context = {"section": SECTIONS[which], "list": which, "segments": Segment.objects.all(), "form": form}
    context["is_saving"] = bool(query) or form.is_bound
    return render(request, "customers/saved_views/saved_views.jinja", context)


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def segment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to forget a saved view; on POST, forget it. What is in it stays."""
    segment = get_object_or_404(Segment, pk=pk)
    which = Segment.List(segment.list)
    back = reverse("segments", query={"list": which.value})
    if request.method == "POST":
        segment.delete()
        messages.success(request, _("View %(name)s deleted.") % {"name": segment})
        return redirect(back)
    context = {"section": SECTIONS[which], "list": which, "segment": segment, "danger": True, "cancel_url": back}
    return render(request, "customers/saved_views/delete.jinja", context)
