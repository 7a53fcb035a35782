"""The way to one's data without an account: ask for a link, and download by it."""

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.privacy.archive import file as archive_file
from customers.privacy.archive import links as archive_links
from customers.privacy.archive import mails as archive_mails
from customers.privacy.archive.forms import ArchiveForm
from customers.privacy.archive.notes import ask_for_notes, has_notes


@require_http_methods(["GET", "HEAD", "POST"])
def archive_ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail it the next step; the answer is the same whatever is held on whom."""
    form = ArchiveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "customers/privacy/archive/copy_ask.jinja", {"form": form})
    email = form.cleaned_data["email"]
    if not consume(request, action="archive_link", key=email):
        return respond_429(request)
    with transaction.atomic():
        archive_mails.answer(email, language=request.LANGUAGE_CODE)
    return redirect("archive_asked")


@require_safe
def archive_asked(request: HttpRequest) -> HttpResponse:
    """Whoever asked finds what comes next in the mailbox."""
    return render(request, "customers/privacy/archive/copy_asked.jinja")


@require_http_methods(["GET", "HEAD", "POST"])
def archive_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mailed link leads: opening it changes nothing, since mail scanners open links; by POST, the file."""
    person = archive_links.person_of(token)
    if person is None:
        return render(request, "customers/privacy/archive/copy_link_dead.jinja", status=404)
    if request.method == "POST":
        return archive_file.hand_out(person, to="whoever had the link")
    context = {"token": token, "offers_notes": not person.seen_at and has_notes(person.customer)}
    return render(request, "customers/privacy/archive/copy_link.jinja", context)


@require_POST
def archive_by_link_notes(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the shop for its notes too."""
    person = archive_links.person_of(token)
    if person is None:
        return render(request, "customers/privacy/archive/copy_link_dead.jinja", status=404)
    ask_for_notes(person.customer)
    messages.success(request, _("We have received your request and will reply within a month."))
    return redirect("archive_by_link", token)
