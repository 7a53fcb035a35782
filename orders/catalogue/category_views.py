from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.catalogue.category_forms import CategoryForm, DeleteForm
from orders.catalogue.step_form import StepForm
from orders.models import Category
from shopadmin.access import staff_required
from shopadmin.edit_conflicts import edit
from shopadmin.rendering.pages import render
from shopadmin.roles import Right


@staff_required(Right.CATALOGUE)
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """The categories of the shop, in its order."""
    context = {"section": "products", "categories": Category.objects.with_counts()}
    return render(request, "orders/catalogue/categories.jinja", context)


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def category_add(request: HttpRequest) -> HttpResponse:
    """A new category, behind all others."""
    form = CategoryForm(request.POST or None)
    if form.is_valid():
        form.save()
        messages.success(request, _("Category added"))
        return redirect("categories")
    context = {"section": "products", "form": form, "cancel_url": reverse("categories")}
    return render(request, "orders/catalogue/category.jinja", context)


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def category_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """What a category is called; its address in the shop stays."""
    category = get_object_or_404(Category, pk=pk)
    data = request.POST if request.method == "POST" else None
    form, saved = edit(data, Category.objects.all(), lambda sent, row: CategoryForm(sent, instance=row), pk=pk)
    if saved:
        messages.success(request, _("Category saved"))
        return redirect("categories")
    context = {"section": "products", "form": form, "name": str(category), "cancel_url": reverse("categories")}
    return render(request, "orders/catalogue/category.jinja", context)


@staff_required(Right.CATALOGUE)
@require_POST
def category_position(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down in the shop."""
    category = get_object_or_404(Category, pk=pk)
    form = StepForm(request.POST)
    if form.is_valid():
        category.move(form.cleaned_data["step"])
    return redirect("categories")


@staff_required(Right.CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def category_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to delete a category and where its products go; on POST, do."""
    category = get_object_or_404(Category.objects.with_counts(), pk=pk)
    form = DeleteForm(request.POST if request.method == "POST" else None, category=category)
    if form.is_valid():
        form.save()
        messages.success(request, _("Category %(name)s deleted") % {"name": category})
        return redirect("categories")
    context = {"section": "products", "category": category, "form": form, "danger": True}
    return render(request, "orders/catalogue/category_delete.jinja", context | {"cancel_url": reverse("categories")})
