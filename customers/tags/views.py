from contextlib import nullcontext

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.history import acting
from customers.models import Tag
from customers.saved_views.queries import follow
from customers.tags.forms import RenameForm
from shopadmin.access import staff_required
from shopadmin.edit_conflicts import edit
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.EDIT)
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag of the shop, with how many customers have it."""
    return render(request, "customers/tags/tags.jinja", {"section": "customers", "tags": Tag.objects.with_counts()})


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a tag otherwise; by the name of another, it becomes one with that."""
    tag = get_object_or_404(Tag, pk=pk)
    data = request.POST if request.method == "POST" else None
    with acting.merchant(request.user) if data is not None else nullcontext():
        form, left = edit(data, Tag.objects.all(), lambda sent, row: RenameForm(sent, tag=row), pk=pk)
        if left:
            follow(pk, left)
    if left:
        if left.pk != pk:
            messages.success(request, _("The tags were combined into %(name)s.") % {"name": left})
        return redirect("tags")
    context = {"section": "customers", "tag": tag, "form": form, "cancel_url": reverse("tags")}
    return render(request, "customers/tags/rename.jinja", context)


@staff_required(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def tag_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to take a tag off everybody; on POST, do."""
    tag = get_object_or_404(Tag.objects.with_counts(), pk=pk)
    if request.method == "POST":
        with acting.merchant(request.user):
            tag.delete()
        messages.success(request, _("Tag %(name)s deleted.") % {"name": tag})
        return redirect("tags")
    context = {"section": "customers", "tag": tag, "danger": True, "cancel_url": reverse("tags")}
    return render(request, "customers/tags/delete.jinja", context)
