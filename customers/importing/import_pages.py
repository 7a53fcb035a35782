"""The pages of imports, whatever their files hold: bring a file, see what it is, choose its columns, take it in."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.exporting.formulas import defuse
from customers.importing import files as importing_files
from customers.importing.columns import Column
from customers.importing.forms import ColumnsForm, ReadingForm, UploadForm, too_large
from customers.importing.reading import NoKeyColumn, Source, Unreadable
from customers.importing.reasons import LEFT_OUT, REFUSED
from customers.importing.rejects import are_kept, csv_of
from customers.models import FileImport
from shopadmin.access import staff_required
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.row_ids import is_row_id
from shopadmin.staff_log.writing import log_change

EXAMPLES, SHOWN = 3, 50


@dataclass(frozen=True)
class ImportKind:
    """What files of one kind hold, and how its pages are called: `name` is how the names of its URLs begin."""

    name: str
    section: str
    list_url: str
    model: type[FileImport]
    examine: Callable[..., Source]
    columns_form: type[ColumnsForm]
    start: Callable[..., None]
    template_columns: tuple[Column, ...]
    read_columns: tuple[Column, ...]
    words: dict[str, str | Promise]
    facts: tuple[Column, ...] = ()
    systems: list[str] = field(default_factory=list)
    right: Right = Right.IMPORT

    @property
    def routes(self) -> dict[str, str]:
        """The names of its URLs, for templates."""
        verbs = ("start", "reading", "stop", "rejects", "warnings", "template", "columns")
        own = {verb: f"{self.name}_{verb}" for verb in verbs}
        return own | {"list": self.list_url, "all": f"{self.name}s"}

    def context(self, **more) -> dict:
        """What every page of it reads."""
        return {"section": self.section, "routes": self.routes, "words": self.words} | more


def urls_of(kind: ImportKind, at: str) -> list[URLPattern]:
    """The addresses of a kind's pages below a path, each for those alone who may import it."""
    pages = [
        ("", "s", require_http_methods(["GET", "HEAD", "POST"]), bring),
        ("template.csv", "_template", require_safe, template),
        ("columns/", "_columns", require_safe, explain),
        ("<int:pk>/", "", require_safe, show),
        ("<int:pk>/start/", "_start", require_POST, start),
        ("<int:pk>/reading/", "_reading", require_POST, read_otherwise),
        ("<int:pk>/stop/", "_stop", require_POST, stop),
        ("<int:pk>/rejects.csv", "_rejects", require_safe, rejects),
        ("<int:pk>/warnings.csv", "_warnings", require_safe, warnings),
    ]
    return [
        path(
            f"{at}{address}",
            staff_required(kind.right, own_transaction=page is bring)(methods(_of_kind(page, kind))),
            name=f"{kind.name}{verb}",
        )
        for address, verb, methods, page in pages
    ]


def _of_kind(page: Callable[..., HttpResponse], kind: ImportKind) -> Callable[..., HttpResponse]:
    @wraps(page)
    def view(request: HttpRequest, **where: int) -> HttpResponse:
        return page(request, kind, **where)

    return view


def bring(request: HttpRequest, kind: ImportKind) -> HttpResponse:
    """Take a file to look at; below, the files of the past."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, model=kind.model, examine=kind.examine)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():  # the file was read before, which takes a while
            log_change(request)
            job, is_earlier = form.save(by=request.user)
        if is_earlier:
            messages.info(request, _("This file was uploaded before. Its progress is shown below."))
        return redirect(job)
    if "too_large" in request.GET:
        form = UploadForm({}, {}, model=kind.model, examine=kind.examine)
        form.errors["file"] = form.error_class([too_large()])
    imports, older = _past(kind, request.GET.get("older", ""))
    context = kind.context(form=form, imports=imports, older=older, most=settings.UPLOAD_MAX_SIZE)
    return render(request, "customers/importing/imports.jinja", context)


def _past(kind: ImportKind, mark: str) -> tuple[list[FileImport], int | None]:
    """Imports, newest first, or those older than one; and the mark of the page after."""
    rows = kind.model.objects.select_related("by").order_by("-pk")
    if is_row_id(mark):
        rows = rows.filter(pk__lt=int(mark))
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].pk if len(found) > SHOWN else None


def show(request: HttpRequest, kind: ImportKind, pk: int) -> HttpResponse:
    """What a file was recognised as, with the choice of its columns; then how far it is; then how it ended."""
    return _page(request, kind, get_object_or_404(kind.model, pk=pk))


def start(request: HttpRequest, kind: ImportKind, pk: int) -> HttpResponse:
    """Begin with the columns that were chosen, for real or to try only; or go on where it was left."""
    with transaction.atomic():
        job = get_object_or_404(kind.model.objects.select_for_update(), pk=pk)
        if not importing_files.is_there(job) or not (job.can_begin or job.is_half_done):
            return redirect(job)
        if job.can_begin:
            form = _columns_form(kind, job, request.POST)
            if form is None or not form.is_valid():
                return _page(request, kind, job, form)
            job.begin_anew(columns=form.chosen, dry_run="dry_run" in request.POST)
        kind.start(job, by=request.user)
    return redirect(job)


def read_otherwise(request: HttpRequest, kind: ImportKind, pk: int) -> HttpResponse:
    """Read the file in another encoding, or parted by another sign, and show again what it is."""
    with transaction.atomic():
        job = get_object_or_404(kind.model.objects.select_for_update(), pk=pk)
        if job.can_begin:
            form = ReadingForm(job, request.POST)
            if not form.is_valid():
                return _page(request, kind, job, reading=form)
            form.save()
    return redirect(job)


def stop(request: HttpRequest, kind: ImportKind, pk: int) -> HttpResponse:
    """Stop after the batch that is running; what is done stays done."""
    job = get_object_or_404(kind.model, pk=pk)
    if job.is_under_way:
        job.ask_to_stop()
    return redirect(job)


def rejects(request: HttpRequest, kind: ImportKind, pk: int) -> StreamingHttpResponse:
    """The rows that were refused, with line, column and reason."""
    return _download(kind, get_object_or_404(kind.model, pk=pk), "refused", is_refused=True)


def warnings(request: HttpRequest, kind: ImportKind, pk: int) -> StreamingHttpResponse:
    """The rows of which cells were left out, with line, column and reason."""
    return _download(kind, get_object_or_404(kind.model, pk=pk), "left-out", is_refused=False)


def template(request: HttpRequest, kind: ImportKind) -> HttpResponse:
    """A file with the names of all columns and one row that shows what goes into them."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind.section}-template.csv"'
    columns = kind.template_columns
    rows = [[column.name for column in columns], [defuse(column.example) for column in columns]]
    csv.writer(response).writerows(rows)
    return response


def explain(request: HttpRequest, kind: ImportKind) -> HttpResponse:
    """What each column of a file means."""
    context = kind.context(columns=kind.read_columns, facts=kind.facts, systems=kind.systems)
    return render(request, "customers/importing/columns.jinja", context)


def _download(kind: ImportKind, job: FileImport, what: str, *, is_refused: bool) -> StreamingHttpResponse:
    if not are_kept(job, is_refused=is_refused):
        raise Http404
    name = f"{slugify(Path(job.name).stem) or kind.section}-{what}.csv"
    response = StreamingHttpResponse(csv_of(job, is_refused=is_refused), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _page(
    request: HttpRequest,
    kind: ImportKind,
    job: FileImport,
    form: ColumnsForm | None = None,
    reading: ReadingForm | None = None,
) -> HttpResponse:
    has_file = importing_files.is_there(job)
    context = kind.context(job=job, has_file=has_file, form=form, may_go_on=job.can_begin or job.is_half_done)
    context |= {"refusals": job.reasons_of(REFUSED), "left_out": job.reasons_of(LEFT_OUT)}
    context["has_rejects"] = bool(job.rejected) and are_kept(job, is_refused=True)
    context["has_warnings"] = bool(job.warned) and are_kept(job, is_refused=False)
    if job.can_begin and has_file:
        context |= _what_it_is(kind, job, form) | {"reading": reading or ReadingForm(job)}
    return render(request, "customers/importing/import.jinja", context, part="job")


def _what_it_is(kind: ImportKind, job: FileImport, form: ColumnsForm | None) -> dict:
    """What a file was recognised as, or why it cannot be read."""
    try:
        with _looked_at(kind, job) as source:
            rows = _first_rows(source)
    except FileNotFoundError:
        return {"unreadable": _("The file is no longer available.")}
    except Unreadable as error:
        return {"unreadable": str(error)}
    form = form or kind.columns_form(source)
    examples = list(zip(*(row.cells for row in rows), strict=False))
    examples += [()] * (len(source.header) - len(examples))
    columns = [
        (form[name], [cell for cell in cells if cell.strip()])
        for name, cells in zip(form.fields, examples, strict=True)
    ]
    known = {"source": source, "form": form, "columns": columns, "earlier": job.earlier()}
    if source.system:
        known["export_of"] = kind.words["export_of"] % source.system
    return known | {"rows": max(1, source.lines - 1)}


def _first_rows(source: Source) -> list:
    return [row for row in islice(source.rows(), EXAMPLES) if not row.problem]


def _columns_form(kind: ImportKind, job: FileImport, data) -> ColumnsForm | None:
    try:
        with _looked_at(kind, job) as source:
            return kind.columns_form(source, data)
    except (Unreadable, FileNotFoundError):
        return None


@contextmanager
def _looked_at(kind: ImportKind, job: FileImport) -> Iterator[Source]:
    """The beginning of the file, whether or not the columns that it needs are known by name."""
    with importing_files.beginning(job) as path:
        try:
            source = kind.examine(path, encoding=job.encoding, delimiter=job.delimiter, fields=job.columns or None)
        except NoKeyColumn as error:
            source = error.source
        source.lines = job.lines or source.lines
        yield source
