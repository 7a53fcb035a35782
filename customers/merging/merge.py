"""Two records become one, and are parted again.

The merged record stays as a row that points to the kept one (`merged_into`): its address is nobody else's, opens no
account, and orders placed with it are the kept one's. What it held moves; what moved is written down for thirty days.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from customers import signals
from customers.field_rules import CUSTOMER_FIELDS
from customers.history import acting
from customers.lock_sequence import lock_what_comes_first
from customers.merging import fields as merging_fields
from customers.models import Customer, HistoryEntry, Merge
from customers.models.history import ActorKind
from customers.models.merge import UNDO

FORGOTTEN_AT_ONCE = 200
# Where a change came from, as the history says it, with the number of the merge.
MERGE, UNDONE = "merge", "undo of merge"
Moved = dict[str, list[int]]


class MergeError(Exception):
    """Why two records cannot become one, or not be parted, said to whoever tried."""


@dataclass(frozen=True)
class Section:
    """What one part of the product moves when records become one, and how it puts that back."""

    move: Callable[[Customer, Customer], Moved]
    put_back: Callable[[Merge], None]


# Each part that holds something on customers adds its own; they run in order, the history first.
sections: list[Section] = []


@transaction.atomic
def merge(kept: Customer, merged: Customer, *, choices: Mapping[str, str], by: Customer | None) -> Merge:
    """Make one record of two: `kept` stays, with what `choices` says by field (`kept`, `merged`, for notes `both`).

    `by` None is a command. PermissionDenied where only an owner may; MergeError where it cannot be done (any more).
    """
    lock_what_comes_first([merged.pk])
    kept, merged = _locked(kept, merged)
    _must_be_mergeable(kept, merged, by)
    done = Merge.objects.create(kept=kept, merged=merged, by=by)
    with _acting(done, by, MERGE):
        done.before = merging_fields.take(kept, merged, choices)
        for section in sections:
            done.moved |= section.move(kept, merged)
        done.save(update_fields=["before", "moved"])
        Customer.objects.filter(pk=merged.pk).update(merged_into=kept)
        _know_merged_emails(kept)
        _write_down(done, by, MERGE, old="", new=str(merged.pk))
    signals.customers_merged.send(Customer, kept=kept, merged=merged)
    return done


@transaction.atomic
def undo(merge: Merge, *, by: Customer | None) -> None:
    """Part two records again: what moved goes back, and so do orders placed since with the address merged away.

    What the merge overwrote comes back wherever nobody has changed it since; all else that came later stays.
    """
    lock_what_comes_first([merge.kept_id])
    kept, merged = _locked(merge.kept, merge.merged)
    merge.refresh_from_db()
    _must_be_undoable(merge, kept, merged, by)
    with _acting(merge, by, UNDONE):
        Customer.objects.filter(pk=merged.pk).update(merged_into=None)
        merging_fields.put_back(merge, kept)
        for section in sections:
            section.put_back(merge)
        _know_merged_emails(kept, merged)
        _write_down(merge, by, UNDONE, old=str(merged.pk), new="")
    merge.undone_at, merge.moved, merge.before = timezone.now(), {}, {}
    merge.save(update_fields=["undone_at", "moved", "before"])


def why_not(kept: Customer, merged: Customer) -> str:
    """Why two records cannot become one; empty when they can."""
    if kept.pk == merged.pk:
        return _("A customer cannot be merged with themselves.")
    if merged.is_staff:
        return _(
            "%(name)s is a staff member and cannot be merged into another customer. Keep this customer instead."
        ) % {"name": merged}
    for customer in (kept, merged):
        if customer.is_restricted:
            return _restricted(customer)
        if customer.merged_into_id:
            return _("Customer %(number)s has been merged with another customer in the meantime.") % {
                "number": customer.pk
            }
    return ""


def _restricted(customer: Customer) -> str:
    words = _("The use of the data of customer %(number)s is restricted. Lift the restriction first.")
    return words % {"number": customer.pk}


def why_not_undone(merge: Merge) -> str:
    """Why a merge cannot be undone; empty when it can. Reads `merge.kept`."""
    if merge.undone_at:
        return _("This merge has already been undone.")
    if not merge.can_be_undone:
        return _("A merge can only be undone within 30 days.")
    if merge.kept.is_restricted:
        return _restricted(merge.kept)
    if merge.kept.merged_into_id:
        words = _("Customer %(number)s has since been merged into customer %(into)s. Undo that merge first.")
        return words % {"number": merge.kept_id, "into": merge.kept.merged_into_id}
    return ""


def forget_old_merges() -> None:
    """After thirty days forget what an undo would need: of the merged record stays its address, and whose it is."""
    over = Merge.objects.filter(at__lt=timezone.now() - UNDO, undone_at=None).exclude(before={})
    for done in over.select_related("merged")[:FORGOTTEN_AT_ONCE]:
        with transaction.atomic():
            _strip(done.merged)
            Merge.objects.filter(pk=done.pk).update(moved={}, before={})


def forget_traces(customers: Collection[Customer]) -> None:
    """Before an erasure: take what merges brought from these records out of the history of others, and back."""
    merges = Merge.objects.filter(Q(kept__in=customers) | Q(merged__in=customers))
    sides, sources = set(), []
    for number, kept, merged in merges.values_list("pk", "kept", "merged"):
        sides |= {kept, merged}
        sources += [f"{MERGE} {number}", f"{UNDONE} {number}"]
    rows = HistoryEntry.objects.filter(customer__in=sides, source__in=sources)
    rows.exclude(field__in=["merged", "merged_into_id"]).update(old="", new="")


def _locked(kept: Customer, merged: Customer) -> tuple[Customer, Customer]:
    """Both rows, locked in the order of their ids: two who merge at once wait for each other, and never for ever."""
    rows = Customer.objects.select_for_update(no_key=True).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if kept.pk not in found or merged.pk not in found:
        raise MergeError(_("One of the customers has been erased in the meantime."))
    return found[kept.pk], found[merged.pk]


def _must_be_mergeable(kept: Customer, merged: Customer, by: Customer | None) -> None:
    kept.must_be_open_to(by)
    if reason := why_not(kept, merged):
        raise MergeError(reason)


def _must_be_undoable(merge: Merge, kept: Customer, merged: Customer, by: Customer | None) -> None:
    kept.must_be_open_to(by)
    merge.kept, merge.merged = kept, merged
    if reason := why_not_undone(merge):
        raise MergeError(reason)


def _know_merged_emails(*customers: Customer) -> None:
    """Let the search find a record by the addresses that were merged into it."""
    for customer in Customer.objects.filter(pk__in=[customer.pk for customer in customers]):
        customer.merged_emails = " ".join(customer.emails[1:])
        customer.save(update_fields=["merged_emails"])


def _acting(done: Merge, by: Customer | None, words: str) -> AbstractContextManager:
    kind = ActorKind.MERCHANT if by else ActorKind.COMMAND
    return acting.acting_meanwhile(kind, by=by, source=f"{words} {done.pk}")


def _write_down(done: Merge, by: Customer | None, words: str, *, old: str, new: str) -> None:
    """The kept record's side of it; that of the merged one is its `merged_into`, which the database writes down.

    Numbers alone: either may be parted from the other and erased later.
    """
    HistoryEntry.objects.create(
        customer_id=done.kept_id,
        actor_kind=ActorKind.MERCHANT if by else ActorKind.COMMAND,
        actor=by,
        source=f"{words} {done.pk}",
        field="merged",
        old=old,
        new=new,
        seen=True,
    )


def _strip(merged: Customer) -> None:
    """Leave nothing of a merged record but its address and whose it is."""
    merged.addresses.all().delete()
    Customer.objects.filter(pk=merged.pk).update(**_blank())
    merged.history.all().delete()


def _blank() -> dict:
    """An empty record's value of every field that is not said to stay."""
    fresh = Customer()
    goes = [field for field in Customer._meta.concrete_fields if not field.generated]
    return {field.attname: getattr(fresh, field.attname) for field in goes if not CUSTOMER_FIELDS[field.name].stays}
