"""A batch of checked rows → customers, addresses, consents and tags: new ones added, those that differ changed.

Nothing is written for a row that says what is there already, so that a file can be imported again and again.
The access of a customer who is there, whether they are registered, members of staff and merged records are left
alone.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import compress

from django.db import connection
from django.db.models import GeneratedField
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from customers.history import acting
from customers.importing.batch import Batch, Reject
from customers.importing.bulk_writing import database
from customers.importing.columns import NEW_ONLY, OF_CUSTOMERS
from customers.importing.doubles import refuse_doubles
from customers.importing.known_customers import KnownCustomer, known_customers
from customers.models import Address, Consent, Customer, CustomerTag, FileImport, Tag
from customers.models.tag import folded_tag
from customers.privacy.fingerprints import fingerprint
from customers.search.text import SEARCHED, SEARCHED_OF_ADDRESS, text_of_customer

ASIDE = frozenset({"email", "tags", *NEW_ONLY})
KINDS = (Address.Kind.BILLING.value, Address.Kind.SHIPPING.value)


@dataclass
class Proof:
    """What is kept as proof of a consent that a file brings."""

    text: str
    by: Customer | None


def write(batch: Batch, *, job: FileImport, proof: Proof, erased: frozenset[str]) -> Counter:
    """Write a batch, in the caller's transaction; how many were created, updated and unchanged.

    Rows that turn out to be another's, or of somebody who was erased meanwhile, join the rejects of the batch.
    """
    if erased:
        _refuse_the_erased(batch, erased)
    reason = _("This email address occurs more than once. The first row in the file is used.")
    refuse_doubles(batch, batch.values["email"], job=job, title=batch.email_title, reason=reason)
    known = known_customers(database().ids_of(batch.values["email"]), with_tags="tags" in batch.values)
    _refuse_what_is_not_the_files(batch, known)
    is_new = [email not in known for email in batch.values["email"]]
    changed = _changes(batch, known)
    counts = Counter(created=sum(is_new), updated=len(changed))
    counts["unchanged"] = len(is_new) - counts["created"] - counts["updated"]
    if not job.dry_run and (counts["created"] or changed):
        tags = _tags(batch)
        if counts["created"]:
            with acting.adding():
                _add({name: list(compress(column, is_new)) for name, column in batch.values.items()}, tags, proof)
        if changed:
            _change(batch, {known[email].pk: email for email in changed}, tags, proof)
    return counts


# --- What is refused once the database is asked


def _refuse_the_erased(batch: Batch, erased: frozenset[str]) -> None:
    """Forget what their rows hold, those too that are refused for something else."""
    reason = _("The customer with this email address was erased during the import.")
    emails = enumerate(batch.values["email"])
    batch.leave_out({place: [(batch.email_title, reason)] for place, email in emails if fingerprint(email) in erased})
    for rows in (batch.rejects, batch.warnings):
        rows[:] = [_bare(row) if _names_one_of(erased, row) else row for row in rows]


def _names_one_of(erased: frozenset[str], reject: Reject) -> bool:
    return any(fingerprint(cell) in erased for cell in reject.cells if "@" in cell)


def _bare(reject: Reject) -> Reject:
    return reject._replace(cells=[""] * len(reject.cells))


def _refuse_what_is_not_the_files(batch: Batch, known: dict[str, KnownCustomer]) -> None:
    problems = {}
    for place, email in enumerate(batch.values["email"]):
        there = known.get(email)
        if there and there.is_staff:
            problems[place] = [
                (
                    batch.email_title,
                    _("This email address belongs to a staff member. Staff cannot be changed by an import."),
                )
            ]
        elif there and there.restricted_at:
            reason = _("The use of this customer's data is restricted. An import cannot change it.")
            problems[place] = [(batch.email_title, reason)]
        elif there and there.merged_into:
            words = {"number": there.merged_into}
            problems[place] = [(batch.email_title, _("This customer was merged into customer #%(number)s.") % words)]
    batch.leave_out(problems)


# --- What is new


def _add(values: dict[str, list], tags: dict[str, int], proof: Proof) -> None:
    count = len(values["email"])
    ids = database().new_ids(Customer, count)
    columns = {name: _filled(values.get(name), default, count) for name, default in _defaults().items()}
    columns |= {"id": ids, "email": values["email"], "customer_type": _types(values, count)}
    columns["created_at"] = _filled(values.get("created_at"), timezone.now(), count)
    columns["country"] = _filled(values.get("billing_country"), "", count)
    columns["ship_elsewhere"] = _elsewhere(columns["ship_elsewhere"], values.get("shipping_country"))
    columns["search_text"] = _search_texts(columns, values)
    database().insert(Customer, list(columns), zip(*columns.values(), strict=True))
    _add_addresses(ids, values)
    _keep_proof([(pk, True) for pk in compress(ids, columns["marketing_consent"])], proof)
    if "tags" in values:
        named = zip(ids, values["tags"], strict=True)
        _stick([(pk, tags[folded_tag(name)]) for pk, names in named for name in names or ()])


def _defaults() -> dict:
    """What a new row holds where the file says nothing."""
    fields = [field for field in Customer._meta.concrete_fields if not isinstance(field, GeneratedField)]
    values = {field.name: field.get_db_prep_save(field.get_default(), connection) for field in fields}
    return values | {"origin": Customer.Origin.IMPORT.value}


def _filled(column: list | None, default, count: int) -> list:
    if column is None:
        return [default] * count
    return column if None not in column else [default if value is None else value for value in column]


def _types(values: dict[str, list], count: int) -> list[str]:
    """The customer types; where the file has none, a company makes a business."""
    companies = values.get("company_name") or [None] * count
    by_company = [Customer.Type.BUSINESS.value if company else Customer.Type.PRIVATE.value for company in companies]
    return [of or guess for of, guess in zip(values.get("customer_type") or [None] * count, by_company, strict=True)]


def _elsewhere(wanted: list[bool], shipping: list | None) -> list[bool]:
    """Nobody's parcels go to an address that there is not."""
    return [yes and bool(to) for yes, to in zip(wanted, shipping or [None] * len(wanted), strict=True)]


def _search_texts(columns: dict[str, list], values: dict[str, list]) -> list[str]:
    rows = zip(*(columns[name] for name in SEARCHED), strict=True)
    nowhere = [None] * len(columns["id"])
    kinds = [kind for kind in KINDS if f"{kind}_country" in values]
    place_names = [f"{kind}_{name}" for kind in kinds for name in SEARCHED_OF_ADDRESS]
    places = list(zip(*(values.get(name) or nowhere for name in place_names), strict=True)) or [()] * len(nowhere)
    return [text_of_customer(row, [place or "" for place in where]) for row, where in zip(rows, places, strict=True)]


def _add_addresses(ids: list[int], values: dict[str, list]) -> None:
    rows = []
    for kind in KINDS:
        if f"{kind}_country" in values:
            columns = [_filled(values.get(f"{kind}_{name}"), "", len(ids)) for name in Address.FIELDS]
            rows += [(pk, kind, *fields) for pk, *fields in zip(ids, *columns, strict=True) if fields[0]]
    if rows:
        database().insert(Address, ["customer", "kind", *Address.FIELDS], rows)


def _keep_proof(given: list[tuple[int, bool]], proof: Proof) -> None:
    """The consents that changed, with what there is as proof."""
    if given:
        by, now, language = proof.by and proof.by.pk, timezone.now(), get_language() or ""
        rows = [(pk, yes, now, by, "import", proof.text, language) for pk, yes in given]
        database().insert(Consent, ["customer", "given", "at", "by", "source", "text", "language"], rows)


# --- Tags


def _tags(batch: Batch) -> dict[str, int]:
    """The tags that the batch names, by their folded names; those that there were not are made."""
    names = {folded_tag(name): name for names in batch.values.get("tags", ()) for name in names or ()}
    found = dict(Tag.objects.filter(folded__in=names).values_list("folded", "pk")) if names else {}
    return found | {folded: Tag.objects.named(name).pk for folded, name in names.items() if folded not in found}


def _stick(pairs: list[tuple[int, int]]) -> None:
    if pairs:
        database().insert(CustomerTag, ["customer", "tag"], list(dict.fromkeys(pairs)))


# --- What is there already


def _changes(batch: Batch, known: dict[str, KnownCustomer]) -> dict[str, dict]:
    """By address, what the file says otherwise than the database; those that agree are left out."""
    values = batch.values
    names = [name for name in values if name not in ASIDE]
    tags = values.get("tags") or [None] * len(batch.rows)
    rows = list(zip(*(values[name] for name in names), strict=True)) or [()] * len(batch.rows)
    found = {}
    for email, wanted, own_tags in zip(values["email"], rows, tags, strict=True):
        if there := known.get(email):
            changes = there.differences(names, wanted)
            missing = {name for name in own_tags or () if folded_tag(name) not in there.tags}
            if changes or missing:
                found[email] = {**changes, **({"tags": missing} if missing else {})}
    return found


def _change(batch: Batch, changed: dict[int, str], tags: dict[str, int], proof: Proof) -> None:
    """Write what differs, looked at once more under a lock: somebody may have been quicker."""
    known = known_customers(list(changed), with_tags="tags" in batch.values, lock=True)
    keep = [place for place, email in enumerate(batch.values["email"]) if email in known]
    rows = Batch(
        [batch.rows[place] for place in keep],
        {name: [column[place] for place in keep] for name, column in batch.values.items()},
    )
    changes = _changes(rows, known)
    consents = [
        (known[email].pk, new["marketing_consent"]) for email, new in changes.items() if "marketing_consent" in new
    ]
    pairs = [
        (known[email].pk, tags[folded_tag(name)]) for email, new in changes.items() for name in new.get("tags", ())
    ]
    _update(changes, known, list(batch.values))
    _keep_proof(consents, proof)
    _stick(pairs)


def _update(changes: dict[str, dict], known: dict[str, KnownCustomer], names: list[str]) -> None:
    of_customers = [name for name in names if name in OF_CUSTOMERS]
    rows, addresses = [], defaultdict(list)
    for email, new in changes.items():
        there = known[email]
        there.take_over(new)
        rows.append((there.pk, *(there.values[name] for name in of_customers), there.country, there.search_text()))
        for kind in KINDS:
            if any(name.startswith(f"{kind}_") for name in new):
                addresses[kind in there.address_ids].append(there.address(kind))
    database().update(Customer, [*of_customers, "country", "search_text"], rows)
    if addresses[True]:
        database().update(Address, list(Address.FIELDS), [(pk, *fields) for pk, _of, _kind, fields in addresses[True]])
    if addresses[False]:
        database().insert(
            Address,
            ["customer", "kind", *Address.FIELDS],
            [(of, kind, *fields) for _pk, of, kind, fields in addresses[False]],
        )
