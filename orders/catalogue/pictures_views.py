from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from orders.catalogue.picture_forms import PictureForms, UploadForm
from orders.catalogue.pictures import move_picture, remove_picture
from orders.catalogue.step_form import StepForm
from orders.models import Product, ProductPicture
from shopadmin.access import staff_required
from shopadmin.pictures.upload import too_large
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.staff_log.writing import log_change


@staff_required(Right.CATALOGUE, own_transaction=True)
@require_http_methods(["GET", "HEAD", "POST"])
def product_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """The pictures of a product; those that are sent are added to them."""
    product = get_object_or_404(Product, pk=pk)
    form = UploadForm(product=product)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, product=product)
        added = _added(request, form) if form.is_valid() else []
        if not form.errors:
            words = ngettext("%(count)d picture added", "%(count)d pictures added", len(added))
            messages.success(request, words % {"count": len(added)})
            return redirect("product_pictures", pk)
    elif "too_large" in request.GET:
        form.errors["pictures"] = form.error_class([too_large()])
    return _page(request, product, upload=form)


@transaction.atomic
def _added(request: HttpRequest, form: UploadForm) -> list[ProductPicture]:
    """Add pictures that were read before: reading takes seconds, in which nobody else could write on SQLite."""
    log_change(request)
    return form.save()


@staff_required(Right.CATALOGUE)
@require_POST
@transaction.atomic
def product_picture_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """What the pictures show, for customers who cannot see them."""
    product = get_object_or_404(Product.objects.select_for_update(), pk=pk)
    forms = PictureForms(product, request.POST)
    if not forms.is_valid():
        return _page(request, product, picture_forms=forms)
    forms.save()
    messages.success(request, _("Descriptions saved"))
    return redirect("product_pictures", pk)


@staff_required(Right.CATALOGUE)
@require_POST
@transaction.atomic
def product_picture_position(request: HttpRequest, pk: int, picture: int) -> HttpResponse:
    """One place up or down; what was typed into the descriptions is kept."""
    product = get_object_or_404(Product.objects.select_for_update(), pk=pk)
    moved = get_object_or_404(product.pictures, pk=picture)
    forms, step = PictureForms(product, request.POST), StepForm(request.POST)
    if not forms.is_valid():
        return _page(request, product, picture_forms=forms)
    forms.save()
    if step.is_valid():
        move_picture(moved, step.cleaned_data["step"])
    return redirect("product_pictures", pk)


@staff_required(Right.CATALOGUE)
@require_POST
@transaction.atomic
def product_picture_remove(request: HttpRequest, pk: int, picture: int) -> HttpResponse:
    """Take one away; what was typed into the descriptions of the others is kept."""
    product = get_object_or_404(Product.objects.select_for_update(), pk=pk)
    removed = get_object_or_404(product.pictures, pk=picture)
    forms = PictureForms(product, request.POST)
    if not forms.is_valid():
        return _page(request, product, picture_forms=forms)
    forms.save()
    remove_picture(removed)
    messages.success(request, _("Picture removed"))
    return redirect("product_pictures", pk)


def pictures_of(product: Product, **shown) -> dict:
    """What the part of a page with the pictures of a product reads."""
    return {"upload": UploadForm(product=product), "picture_forms": PictureForms(product)} | shown


def _page(request: HttpRequest, product: Product, **shown) -> HttpResponse:
    context = {"section": "products", "product": product, **pictures_of(product, **shown)}
    context["has_errors"] = bool(shown) and any(form.errors for form in _forms(context))
    return render(request, "orders/catalogue/pictures.jinja", context)


def _forms(context: dict) -> list:
    return [context["upload"], *context["picture_forms"].forms]
