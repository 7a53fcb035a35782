"""What customers themselves add to the timeline: changes, mails and notes."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import duplicate_search, export_files, import_files, merge, merge_sections, retention, timeline
from customers.changes import changes_in_words, name_columns, named, rows_of_changes
from customers.models import Customer, Note
from customers.timeline import Entry, Section
from shopadmin import housekeeping, sections
from shopadmin.json_rows import Rows, moment
from shopadmin.models import Mail


def register() -> None:
    """Called once, when the app is ready."""
    timeline.sections += [
        Section("changes", gettext_lazy("Changes"), rows_of_changes, changes_in_words),
        Section("mails", gettext_lazy("Mails"), _mails, _mails_in_words),
        Section("notes", gettext_lazy("Notes"), _notes, _notes_in_words, stands_beside=True),
    ]
    housekeeping.chores += [export_files.forget_old_exports, import_files.forget_old_imports]
    housekeeping.chores += [duplicate_search.search_for_duplicates, merge.forget_old_merges]
    sections.retention_doubts.append(retention.doubt)
    merge.sections += [
        merge.Section(merge_sections.move, merge_sections.put_back),
        merge.Section(merge_sections.move_tags, merge_sections.put_tags_back),
        merge.Section(merge_sections.move_aliases, merge_sections.put_aliases_back),
    ]


def _mails(before: datetime, limit: int) -> Rows:
    mails = (
        Mail.objects.to_customers()
        .filter(customer=OuterRef("pk"), created_at__lt=before)
        .order_by("-created_at", "-id")
    )
    return Rows(mails[:limit], id=F("id"), at=F("created_at"), subject=F("subject"), state=F("state"))


def _mails_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    for row in rows:
        subject = format_html('<a href="{}">{}</a>', reverse("mail", args=[row["id"]]), row["subject"])
        text = format_html(_("Mail {subject}: {state}"), subject=subject, state=Mail.State(row["state"]).label)
        yield Entry(moment(row["at"]), "mail", text)


def _notes(before: datetime, limit: int) -> Rows:
    notes = Note.objects.filter(customer=OuterRef("pk"), at__lt=before).order_by("-at", "-id")
    return Rows(notes[:limit], at=F("at"), text=F("text"), **name_columns("author"))


def _notes_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    for row in rows:
        author = named(row, "author")
        text = format_html(_("<strong>{name}</strong> wrote a note"), name=author) if author else _("A note")
        yield Entry(moment(row["at"]), "note", text, quote=row["text"])
