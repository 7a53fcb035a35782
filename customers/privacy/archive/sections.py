"""What customers' own tables hold on a person."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.field_rules import ADDRESS_FIELDS, COPY, CUSTOMER_FIELDS, LINK, No, Rule
from customers.history.sources import source_in_words
from customers.history.words import field_label, value_shown
from customers.merging.merge import MERGE, UNDONE
from customers.models import (
    Address,
    BulkSkip,
    Consent,
    Customer,
    CustomerTag,
    Duplicate,
    HistoryEntry,
    Merge,
    Note,
    PrivacyRequest,
    StaffInvitation,
)
from customers.models.history import ActorKind
from customers.privacy.archive import archive
from customers.privacy.archive.archive import Notes, Person, Section
from customers.privacy.archive.notes import NOTES_FIELDS
from customers.privacy.archive.tables import Part, Record, Table, in_batches
from customers.privacy.archive.words import in_words
from shopadmin.models import Mail, MailTry

STAFF = No("whoever works in the shop is not named")
OTHERS = No("it speaks of another customer")
SENDING = No("only says how the email is sent, again and again")
WORK = No("what staff have done is told where it was done, and files hold copies")


def _declared(model: type[models.Model], rules: dict[str, Rule]) -> Table:
    return Table(
        model,
        told=tuple(name for name, rule in rules.items() if rule.archive),
        left_out={name: rule.archive for name, rule in rules.items() if isinstance(rule.archive, No)},
        words={name: rule.words for name, rule in rules.items() if rule.words},
    )


CUSTOMERS = _declared(Customer, CUSTOMER_FIELDS)
ADDRESSES = _declared(Address, ADDRESS_FIELDS)
CONSENTS = Table(
    Consent,
    told=("at", "given", "by", "source", "text", "language"),
    left_out={"id": LINK, "customer": LINK},
    words={"language": gettext_lazy("language")},
    worded={"source": lambda row: source_in_words(row.source)},
)
TAGS = Table(CustomerTag, told=("tag",), left_out={"id": LINK, "customer": LINK}, words={"tag": gettext_lazy("tag")})
ACTORS = {ActorKind.MERCHANT: gettext_lazy("the shop"), ActorKind.SHOPPER: gettext_lazy("customer")}
# What the history tells beside changes of fields.
NO_FIELDS = {
    "created": gettext_lazy("Customer added"),
    "merged": gettext_lazy("Customer merged into this one"),
    "merged_into_id": gettext_lazy("Merged into customer"),
}
HISTORY = Table(
    HistoryEntry,
    told=("at", "actor_kind", "source", "field", "old", "new"),
    left_out={"id": LINK, "customer": LINK, "actor": STAFF, "seen": No("only says whether staff has looked at it")},
    worded={
        "actor_kind": lambda row: str(ACTORS.get(row.actor_kind) or _("automatic")),
        "field": lambda row: str(NO_FIELDS.get(row.field) or field_label(row.field)),
        "old": lambda row: value_shown(row.field, row.old),
        "new": lambda row: _label_of_origin(row.new) if row.field == "created" else value_shown(row.field, row.new),
    },
)
MAILS = Table(
    Mail,
    told=("created_at", "to", "subject", "text", "language", "state", "sent_at", "error"),
    left_out={
        "id": LINK, "customer": LINK, "name": SENDING, "html": COPY, "attachments": COPY, "message_id": SENDING,
        "secret": No("said in place of the text"), "notice": SENDING, "try_at": SENDING, "claimed_at": SENDING,
        "claimed_by": SENDING, "tries": SENDING, "replaced_by": LINK, "search_text": COPY,
    },
    words={"text": gettext_lazy("text")},
    values={"text": lambda row: "" if row.secret else row.text},
)  # fmt: skip
TRIES = Table(MailTry, told=("at", "error"), left_out={"id": LINK, "mail": LINK})
DATED_NOTES = Table(Note, told=("at", "text"), left_out={"id": LINK, "customer": LINK, "author": STAFF})
MERGES = Table(
    Merge,
    told=("at", "undone_at", "before"),
    left_out={"id": LINK, "kept": LINK, "merged": LINK, "by": STAFF, "moved": LINK},
    words={"before": gettext_lazy("what it changed")},
    worded={"before": lambda row: _changed(row.before)},
)
REQUESTS = Table(
    PrivacyRequest,
    told=("received_on", "kind", "state", "remark", "due_on", "extended_on", "extension", "closed_at", "outcome"),
    left_out={"id": LINK, "customer": LINK, "closed_by": STAFF},
)
DUPLICATES = Table(
    Duplicate,
    told=("found_at", "dismissed_at"),
    left_out={"id": LINK, "first": OTHERS, "second": OTHERS, "dismissed_by": STAFF},
)
INVITATIONS = Table(
    StaffInvitation,
    told=("sent_at", "email", "first_name", "role", "language"),
    left_out={"id": LINK, "invited_by": STAFF, "secret_hash": No("checks a link, and tells nothing")},
)
SKIPS = Table(
    BulkSkip,
    told=("action", "reason"),
    left_out={"id": LINK, "customer": LINK},
    words={"action": gettext_lazy("bulk action")},
    values={"action": str},
)


def register() -> None:
    """Called once, when the app is ready."""
    archive.sections += [
        Section("customer", gettext_lazy("Your details"), (CUSTOMERS, ADDRESSES), _customer),
        Section("merged_records", gettext_lazy("Earlier details, merged with these"), (), _merged_records),
        Section("consents", gettext_lazy("Marketing emails: consent"), (CONSENTS,), _consents, is_table=True),
        Section("tags", gettext_lazy("Tags"), (TAGS,), _tags, is_table=True),
        Section("notes", gettext_lazy("Notes"), (DATED_NOTES,), _dated_notes, needs=Notes.DATED),
        Section("privacy_requests", gettext_lazy("Privacy requests"), (REQUESTS,), _requests),
        Section("staff_invitations", gettext_lazy("Invitations to the backoffice"), (INVITATIONS,), _invitations),
        Section("mails", gettext_lazy("Emails we sent you"), (MAILS, TRIES), _mails),
        Section("history", gettext_lazy("Changes to your details"), (HISTORY,), _history, is_table=True),
        Section("merges", gettext_lazy("Merges of your details"), (MERGES,), _merges),
        Section("duplicates", gettext_lazy("Possible duplicates"), (DUPLICATES,), _duplicates, is_table=True),
        Section("bulk_actions", gettext_lazy("Bulk actions that skipped you"), (SKIPS,), _skips, is_table=True),
    ]
    archive.left_out |= {
        "customers.BulkAction": WORK,
        "customers.CustomerImport": WORK,
        "customers.Customer_groups": No("never used: roles say what staff may do"),
        "customers.Customer_user_permissions": No("never used: roles say what staff may do"),
    }


def _customer(person: Person) -> Iterator[Record]:
    yield _record(person.customer, person)


def _merged_records(person: Person) -> Iterator[Record]:
    return (_record(customer, person) for customer in in_batches(person.customer.merged.all()))


def _record(customer: Customer, person: Person) -> Record:
    """A record with its addresses; its notes only if they are what the merchant looked over."""
    addresses = [ADDRESSES.record(address, person.numbers) for address in customer.addresses.order_by("kind")]
    record = CUSTOMERS.record(customer, person.numbers, parts=[Part("addresses", _("Addresses"), addresses)])
    if not _may_tell_notes_of(customer, person):
        record = replace(record, facts=[fact for fact in record.facts if fact.name not in NOTES_FIELDS])
    return record


def _may_tell_notes_of(customer: Customer, person: Person) -> bool:
    until = person.notes_until(Notes.FIELD)
    return bool(until) and not customer.history.filter(field__in=NOTES_FIELDS, at__gt=until).exists()


def _consents(person: Person) -> Iterator[Record]:
    return _records(CONSENTS, Consent.objects.filter(customer__in=person.numbers), person)


def _tags(person: Person) -> Iterator[Record]:
    return _records(TAGS, CustomerTag.objects.filter(customer__in=person.numbers).select_related("tag"), person)


def _dated_notes(person: Person) -> Iterator[Record]:
    notes = Note.objects.filter(customer__in=person.numbers, at__lte=person.notes_until(Notes.DATED))
    return _records(DATED_NOTES, notes, person)


def _requests(person: Person) -> Iterator[Record]:
    return _records(REQUESTS, PrivacyRequest.objects.filter(customer__in=person.numbers), person)


def _invitations(person: Person) -> Iterator[Record]:
    return _records(INVITATIONS, StaffInvitation.objects.filter(email__in=person.emails), person)


def _mails(person: Person) -> Iterator[Record]:
    """Those to the person; what the shop wrote to itself repeats what is told elsewhere."""
    to_nobody = Q(customer=None, notice=False, to__in=person.emails)
    mails = Mail.objects.to_customers().filter(Q(customer__in=person.numbers) | to_nobody)
    for mail in in_batches(mails.defer("html", "search_text").prefetch_related("failed_tries")):
        tries = [TRIES.record(failed, person.numbers) for failed in mail.failed_tries.all()]
        yield MAILS.record(mail, person.numbers, parts=[Part("failed_tries", _("Failed attempts"), tries)])


def _history(person: Person) -> Iterator[Record]:
    """Every change; of merges that were undone no values, since those may be somebody else's."""
    until = person.notes_until(Notes.FIELD)
    unseen = Q(field__in=NOTES_FIELDS) if until is None else Q(field__in=NOTES_FIELDS, at__gt=until)
    parted = {f"{words} {merge.pk}" for merge in person.parted for words in (MERGE, UNDONE)}
    for entry in in_batches(HistoryEntry.objects.filter(customer__in=person.numbers).exclude(unseen)):
        if entry.source in parted:
            entry.old = entry.new = ""
        yield HISTORY.record(entry, person.numbers)


def _label_of_origin(origin: str) -> str:
    return str(dict(Customer.Origin.choices).get(origin, origin))


def _merges(person: Person) -> Iterator[Record]:
    until = person.notes_until(Notes.FIELD)
    merges = Merge.objects.filter(Q(kept__in=person.numbers) | Q(merged__in=person.numbers))
    for merge in in_batches(merges):
        if until is None or merge.at > until:
            fields = merge.before.get("fields", {})
            merge.before |= {"fields": {name: pair for name, pair in fields.items() if name not in NOTES_FIELDS}}
        yield MERGES.record(merge, person.numbers)


def _duplicates(person: Person) -> Iterator[Record]:
    pairs = Duplicate.objects.filter(Q(first__in=person.numbers) | Q(second__in=person.numbers))
    return _records(DUPLICATES, pairs, person)


def _skips(person: Person) -> Iterator[Record]:
    return _records(SKIPS, BulkSkip.objects.filter(customer__in=person.numbers).select_related("action"), person)


def _records(table: Table, rows: models.QuerySet, person: Person) -> Iterator[Record]:
    return (table.record(row, person.numbers) for row in in_batches(rows))


def _changed(before: dict) -> str:
    """What a merge overwrote: each field with what it was and what it became."""
    fields = [
        f"{field_label(name)}: {value_shown(name, str(old or ''))} → {value_shown(name, str(new or ''))}"
        for name, (old, new) in before.get("fields", {}).items()
    ]
    addresses = [
        f"{Address.Kind(kind).label}: {_lines(old)} → {_lines(new)}"
        for kind, (old, new) in before.get("addresses", {}).items()
    ]
    return "; ".join([*fields, *addresses])


def _lines(address: dict | None) -> str:
    return ", ".join(Address(**address).lines()) if address else in_words(None)
