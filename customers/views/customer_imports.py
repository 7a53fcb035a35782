import csv

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.forms.imports import UploadForm, too_large
from customers.formulas import defuse
from customers.importing.columns import COLUMNS, FACTS, IMPORTED, OTHER_SYSTEMS
from customers.models import CustomerImport
from shopadmin.access import staff_required
from shopadmin.pages import render
from shopadmin.roles import Right

SHOWN = 50


@staff_required(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def customer_imports(request: HttpRequest) -> HttpResponse:
    """Take a file of customers to look at; below, the files of the past."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        customer_import, is_earlier = form.save(by=request.user)
        if is_earlier:
            messages.info(request, _("This file was brought before. Here is how far it came."))
        return redirect(customer_import)
    if "too_large" in request.GET:
        form = UploadForm({}, {})
        form.errors["file"] = form.error_class([too_large()])
    imports, older = _past(request.GET.get("older", ""))
    context = {"section": "customers", "form": form, "imports": imports, "older": older}
    context |= {"most": settings.UPLOAD_MAX_SIZE}
    return render(request, "customers/imports.html", context)


def _past(mark: str) -> tuple[list[CustomerImport], int | None]:
    """Imports, newest first, or those older than one; and the mark of the page after."""
    rows = CustomerImport.objects.select_related("by").order_by("-pk")
    if mark.isascii() and mark.isdecimal() and len(mark) < 19:
        rows = rows.filter(pk__lt=int(mark))
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].pk if len(found) > SHOWN else None


@staff_required(Right.IMPORT)
@require_safe
def customer_import_template(request: HttpRequest) -> HttpResponse:
    """A file with the names of all columns and one row that shows what goes into them."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="customers-template.csv"'
    rows = [[column.name for column in COLUMNS], [defuse(column.example) for column in COLUMNS]]
    csv.writer(response).writerows(rows)
    return response


@staff_required(Right.IMPORT)
@require_safe
def customer_import_columns(request: HttpRequest) -> HttpResponse:
    """What each column of a file means."""
    context = {"section": "customers", "columns": IMPORTED, "facts": FACTS}
    return render(request, "customers/import_columns.html", context | {"systems": list(OTHER_SYSTEMS)})
