"""What customers themselves add to timeline and archive, and the chores of theirs."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.checks import trouble_with_history
from customers.duplicates import pairs
from customers.exporting import files as exporting_files
from customers.history import timeline
from customers.history.timeline import Entry, Section
from customers.history.words import changes_in_words, name_columns, named, rows_of_changes
from customers.importing import files as importing_files
from customers.mail_kinds import KINDS
from customers.merging import merge
from customers.merging import tables as merging_tables
from customers.models import Customer, Note
from customers.privacy import retention
from customers.privacy.archive import sections as archive_sections
from customers.privacy.erasure import erasure_log
from customers.search.finder import find_customers
from customers.search.pages import PAGES
from customers.staff import invitations
from customers.staff import section as staff_section
from shopadmin import health
from shopadmin.lists.json_rows import JSONRows, parsed_datetime
from shopadmin.mail.kinds import kinds
from shopadmin.models import Mail
from shopadmin.search import everywhere
from shopadmin.search import pages as searched_pages
from shopadmin.staff_log import writing as staff_log
from shopadmin.store import retention_law
from shopadmin.store import sections as settings_sections
from shopadmin.worker import housekeeping


def register() -> None:
    """Called once, when the app is ready."""
    archive_sections.register()
    timeline.sections += [
        Section("changes", gettext_lazy("Changes"), rows_of_changes, changes_in_words),
        Section("mails", gettext_lazy("Emails"), _mails, _mails_in_words),
        Section("notes", gettext_lazy("Notes"), _notes, _notes_in_words),
    ]
    housekeeping.chores += [exporting_files.forget_old_exports, importing_files.forget_old_imports]
    housekeeping.chores += [pairs.search_for_duplicates, merge.forget_old_merges, erasure_log.write_what_waits]
    housekeeping.chores.append(invitations.forget_old_invitations)
    settings_sections.add(staff_section.SECTION)
    kinds.extend(KINDS)
    everywhere.finders.append(find_customers)
    searched_pages.pages += PAGES
    health.reports |= {"history": trouble_with_history, "erasure_log": erasure_log.trouble}
    retention_law.laws |= retention.by_setting()
    merge.sections += [
        merge.Section(merging_tables.move, merging_tables.put_back),
        merge.Section(merging_tables.move_tags, merging_tables.put_tags_back),
        merge.Section(merging_tables.move_aliases, merging_tables.put_aliases_back),
    ]
    staff_log.people |= {
        "backoffice/customers/<int:pk>/": staff_log.THIS_ONE,
        "backoffice/customers/notes/<int:pk>/": staff_log.Whom("SELECT customer_id FROM customers_note WHERE id = %s"),
        "backoffice/customers/merges/<int:pk>/": staff_log.Whom("SELECT kept_id FROM customers_merge WHERE id = %s"),
        "backoffice/mails/<int:pk>/": staff_log.Whom("SELECT customer_id FROM shopadmin_mail WHERE id = %s"),
        "backoffice/privacy/<int:pk>/": staff_log.Whom(
            "SELECT customer_id FROM customers_privacyrequest WHERE id = %s"
        ),
        "backoffice/staff/<int:pk>/": staff_log.THIS_ONE,
    }
    staff_log.acts |= {
        "customer_delete": staff_log.Act.ERASED,
        "privacy_request_erasure": staff_log.Act.ERASED,
        "customer_merge": staff_log.Act.MERGED,
        "customer_archive_mail": staff_log.Act.EXPORTED,
    }
    staff_log.nobodys |= {
        "backoffice/customers/filters/", "backoffice/customers/total/", "backoffice/customers/tags/",
        "backoffice/customers/import/template.csv",
    }  # fmt: skip


def _mails(before: datetime, limit: int) -> JSONRows:
    mails = (
        Mail.objects.to_customers()
        .filter(customer=OuterRef("pk"), created_at__lt=before)
        .order_by("-created_at", "-id")
    )
    return JSONRows(mails[:limit], id=F("id"), at=F("created_at"), subject=F("subject"), state=F("state"))


def _mails_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    for row in rows:
        subject = format_html('<a href="{}">{}</a>', reverse("mail", args=[row["id"]]), row["subject"])
        text = format_html(_("Email {subject}: {state}"), subject=subject, state=Mail.State(row["state"]).label)
        yield Entry(parsed_datetime(row["at"]), "mail", text)


def _notes(before: datetime, limit: int) -> JSONRows:
    notes = Note.objects.filter(customer=OuterRef("pk"), at__lt=before).order_by("-at", "-id")
    return JSONRows(notes[:limit], at=F("at"), text=F("text"), **name_columns("author"))


def _notes_in_words(customer: Customer, rows: list[dict]) -> Iterator[Entry]:
    for row in rows:
        author = named(row, "author")
        text = format_html(_("<strong>{name}</strong> added a note"), name=author) if author else _("Note added")
        yield Entry(parsed_datetime(row["at"]), "note", text, quote=row["text"])
