from itertools import islice
from pathlib import Path

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from customers import import_files
from customers.forms.imports import ColumnsForm, ReadingForm
from customers.importing.reading import NoEmailColumn, Source, Unreadable, examine
from customers.importing.reasons import LEFT_OUT, REFUSED
from customers.models import CustomerImport
from customers.tasks import start_import
from shopadmin.access import staff_required
from shopadmin.pages import render
from shopadmin.roles import Right

EXAMPLES = 3


@staff_required(Right.IMPORT)
@require_safe
def customer_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file was recognised as, with the choice of its columns; then how far it is; then how it ended."""
    return _page(request, get_object_or_404(CustomerImport, pk=pk))


@staff_required(Right.IMPORT)
@require_POST
def customer_import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with the columns that were chosen, for real or to try only; or go on where it was left."""
    with transaction.atomic():
        job = get_object_or_404(CustomerImport.objects.select_for_update(), pk=pk)
        if not import_files.is_there(job.path) or not (job.can_begin or job.is_half_done):
            return redirect(job)
        if job.can_begin:
            form = _columns_form(job, request.POST)
            if form is None or not form.is_valid():
                return _page(request, job, form)
            job.begin_anew(columns=form.chosen, dry_run="dry_run" in request.POST)
        start_import(job, by=request.user)
    return redirect(job)


@staff_required(Right.IMPORT)
@require_POST
def customer_import_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file in another encoding, or parted by another sign, and show again what it is."""
    with transaction.atomic():
        job = get_object_or_404(CustomerImport.objects.select_for_update(), pk=pk)
        if job.can_begin:
            form = ReadingForm(job, request.POST)
            if not form.is_valid():
                return _page(request, job, reading=form)
            form.save()
    return redirect(job)


@staff_required(Right.IMPORT)
@require_POST
def customer_import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop after the batch that is running; what is done stays done."""
    job = get_object_or_404(CustomerImport, pk=pk)
    if job.is_under_way:
        job.ask_to_stop()
    return redirect(job)


@staff_required(Right.IMPORT)
@require_safe
def customer_import_rejects(request: HttpRequest, pk: int) -> FileResponse:
    """The rows that were refused, with line, column and reason."""
    job = get_object_or_404(CustomerImport, pk=pk)
    return _download(job, job.rejects, "refused")


@staff_required(Right.IMPORT)
@require_safe
def customer_import_warnings(request: HttpRequest, pk: int) -> FileResponse:
    """The rows of which cells were left out, with line, column and reason."""
    job = get_object_or_404(CustomerImport, pk=pk)
    return _download(job, job.warnings, "left-out")


def _download(job: CustomerImport, path: str, what: str) -> FileResponse:
    if not import_files.is_there(path):
        raise Http404
    name = f"{slugify(Path(job.name).stem) or 'customers'}-{what}.csv"
    facts = {"as_attachment": True, "filename": name, "content_type": "text/csv; charset=utf-8"}
    return FileResponse(Path(path).open("rb"), **facts)


def _page(
    request: HttpRequest, job: CustomerImport, form: ColumnsForm | None = None, reading: ReadingForm | None = None
) -> HttpResponse:
    has_file = import_files.is_there(job.path)
    context = {"section": "customers", "job": job, "has_file": has_file, "form": form}
    context |= {"may_go_on": job.can_begin or job.is_half_done}
    context |= {"has_rejects": import_files.is_there(job.rejects), "refusals": job.reasons_of(REFUSED)}
    context |= {"has_warnings": import_files.is_there(job.warnings), "left_out": job.reasons_of(LEFT_OUT)}
    if job.can_begin and has_file:
        context |= _what_it_is(job, form) | {"reading": reading or ReadingForm(job)}
    return render(request, "customers/import.html", context, part="job")


def _what_it_is(job: CustomerImport, form: ColumnsForm | None) -> dict:
    """What a file was recognised as, or why it cannot be read."""
    try:
        source = _source(job)
    except Unreadable as error:
        return {"unreadable": str(error)}
    form = form or ColumnsForm(source)
    examples = list(zip(*(row.cells for row in _first_rows(source)), strict=False))
    examples += [()] * (len(source.header) - len(examples))
    columns = [
        (form[name], [cell for cell in cells if cell.strip()])
        for name, cells in zip(form.fields, examples, strict=True)
    ]
    known = {"source": source, "form": form, "columns": columns, "earlier": job.earlier()}
    return known | {"rows": max(1, source.lines - 1)}


def _first_rows(source: Source) -> list:
    return [row for row in islice(source.rows(), EXAMPLES) if not row.problem]


def _columns_form(job: CustomerImport, data: object) -> ColumnsForm | None:
    try:
        return ColumnsForm(_source(job), data)
    except Unreadable:
        return None


def _source(job: CustomerImport) -> Source:
    """The file, whether or not its e-mail column is known by name."""
    try:
        return examine(job.path, encoding=job.encoding, delimiter=job.delimiter, fields=job.columns or None)
    except NoEmailColumn as error:
        return error.source
