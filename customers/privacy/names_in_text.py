"""Whether a text of the shop's (a saved view, a file's name, a tag) names one person, however it is spelled there."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from customers.field_rules import ADDRESS_FIELDS, CUSTOMER_FIELDS, Erasure, Search
from customers.models import Address, Customer
from customers.search.text import fold

# Words that are no name by themselves: of surnames, and of companies.
PARTICLES = frozenset(
    ("van", "von", "vom", "zu", "zum", "zur", "de", "der", "den", "des", "del", "della", "di", "da", "do", "dos", "du",
     "d", "la", "le", "les", "te", "ten", "ter", "t", "v", "vd", "vander", "vanden", "op", "in", "und", "en", "et",
     "and", "bv", "nv", "b", "n", "vof", "gmbh", "ug", "kg", "ag", "ltd", "llc", "inc", "co", "sa", "sarl", "srl")
)  # fmt: skip
# ü is written ue, u or ü.
UMLAUT = re.compile("([aou])e")
SHORTEST_NAME, SHORTEST_RUN, SHORTEST_NUMBER, OF_A_PHONE = 3, 8, 6, 8
NAMED = tuple(name for name, rule in CUSTOMER_FIELDS.items() if rule.erasure is Erasure.TRACES)
# Street and house number: together they are somebody's home.
HOME = tuple(name for name, rule in ADDRESS_FIELDS.items() if rule.erasure is Erasure.TRACES)


@dataclass
class Traces:
    """What one person is known by: now, before, and in the records that were merged into theirs."""

    numbers: list[int]
    values: dict[Search, set[str]]
    homes: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, customer: Customer) -> "Traces":
        """Read what is known of a customer."""
        records = [customer, *customer.merged.order_by("pk")]
        values = {name: {str(getattr(record, name) or "") for record in records} for name in NAMED}
        for name, *texts in customer.history.filter(field__in=NAMED).values_list("field", "old", "new"):
            values[name].update(texts)
        homes = Address.objects.filter(customer__in=records).values_list(*HOME)
        return cls(
            numbers=[record.pk for record in records],
            values=_by_kind(values),
            homes={home for home in homes if all(home)},
        )

    def are_in(self, text: str) -> bool:
        """Whether the text names this person, and could mean nobody else."""
        words = _Words(text)
        return self._are_surely_in(words) or any(
            name and words.hold(name) and not self._is_of_others(name) for name in self._shared
        )

    def _are_surely_in(self, words: "_Words") -> bool:
        return (
            any(words.hold(_plain(email)) for email in self.values[Search.EMAIL])
            or any(words.hold(last) and words.have_any(given) for last, given in self._names)
            or any(whole in words.run for whole in self._runs)
            or any(number in words.run for number in self._company_numbers)
            or any(digits in words.digits for digits in self._phones)
            or any(words.hold(_plain(" ".join(home))) for home in self.homes)
            or any(re.search(rf"#{number}\b", words.text) for number in self.numbers)
        )

    @cached_property
    def _given(self) -> set[str]:
        """Each given name, and the letters that stand for it."""
        whole = {word for name in self.values[Search.GIVEN_NAME] for word in _plain(name).split()}
        letters = {word for name in self.values[Search.INITIALS] for word in _plain(name).split()}
        return (whole | letters | {name[0] for name in whole}) - PARTICLES

    @cached_property
    def _names(self) -> list[tuple[str, set[str]]]:
        lasts = [last for name in self.values[Search.LAST_NAME] for last in (_core(name), _run(name))]
        return [(last, self._given) for last in lasts if last]

    @cached_property
    def _runs(self) -> list[str]:
        """First and last name in one word, either way round."""
        pairs = [(first, last) for first in self.values[Search.GIVEN_NAME] for last in self.values[Search.LAST_NAME]]
        runs = {_run(*order) for first, last in pairs for order in ((first, last), (last, first))}
        return [run for run in runs if len(run) >= SHORTEST_RUN]

    @cached_property
    def _shared(self) -> list[str]:
        """Names that others may have too."""
        names = (*self.values[Search.LAST_NAME], *self.values[Search.COMPANY])
        alone = {written for name in names for written in (_core(name), _run(name))}
        return sorted(name for name in alone if len(name) >= SHORTEST_NAME)

    @cached_property
    def _company_numbers(self) -> list[str]:
        numbers = [_run(number) for number in self.values[Search.CODE]]
        return [number for number in numbers if len(number) >= SHORTEST_NUMBER]

    @cached_property
    def _phones(self) -> list[str]:
        """The end of each number, which is the same dialled from home and from abroad."""
        digits = [re.sub(r"\D", "", number) for number in self.values[Search.PHONE]]
        return [number[-OF_A_PHONE:] for number in digits if len(number) >= OF_A_PHONE]

    def _is_of_others(self, name: str) -> bool:
        return Customer.objects.exclude(pk__in=self.numbers).matching(name).exists()


def _by_kind(values: dict[str, set[str]]) -> dict[Search, set[str]]:
    """The values of the fields, put together by what they are searched as."""
    found: dict[Search, set[str]] = defaultdict(set)
    for name, texts in values.items():
        found[CUSTOMER_FIELDS[name].search] |= texts - {""}
    return found


class _Words:
    """A text in the ways in which it is looked through."""

    def __init__(self, text: str) -> None:
        self.text, self.plain = text, f" {_plain(text)} "
        self.words = set(self.plain.split())
        self.core = f" {_core(text)} "

    def hold(self, name: str) -> bool:
        """Whether these words stand in it, next to each other."""
        return bool(name) and (f" {name} " in self.plain or f" {name} " in self.core)

    def have_any(self, words: Iterable[str]) -> bool:
        return not self.words.isdisjoint(words)

    @cached_property
    def run(self) -> str:
        return self.plain.replace(" ", "")

    @cached_property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.text)


def _plain(text: str) -> str:
    return UMLAUT.sub(r"\1", fold(text))


def _core(name: str) -> str:
    """A name without the words that are none; whole where there is nothing else."""
    words = _plain(name).split()
    return " ".join([word for word in words if word not in PARTICLES] or words)


def _run(*names: str) -> str:
    return "".join(_plain(name).replace(" ", "") for name in names)
