"""Whether a text of the shop's (a saved view, a file's name, a tag) names somebody, however they are spelled there."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from customers.field_rules import ADDRESS_FIELDS, CUSTOMER_FIELDS, Erasure, Search
from customers.models import Address, Customer, HistoryEntry
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


class Traces:
    """What those who are erased together are known by: now, before, and in the records merged into theirs."""

    def __init__(self, customers: Collection[Customer]) -> None:
        people = _read(customers)
        self.numbers = {number for person in people for number in person.numbers}
        self._phrases = {phrase for person in people for phrase in person.phrases}
        self._runs = {run for person in people for run in person.runs}
        self._phones = {end for person in people for end in person.ends_of_phones}
        self._shared = {name for person in people for name in person.shared_names}
        self._given_names: dict[str, set[str]] = defaultdict(set)  # by last name
        for person in people:
            for last in person.last_names:
                self._given_names[last] |= person.given_names

    def are_in(self, text: str) -> bool:
        """Whether the text names one of them, and could mean nobody else."""
        words = _Words(text)
        return self._are_surely_in(words) or any(
            words.hold(name) and not self._is_of_others(name) for name in self._shared
        )

    def _are_surely_in(self, words: "_Words") -> bool:
        return (
            any(words.hold(phrase) for phrase in self._phrases)
            or any(words.hold(last) and words.have_any(given) for last, given in self._given_names.items())
            or any(run in words.run for run in self._runs)
            or any(end in words.digits for end in self._phones)
            or not words.numbers.isdisjoint(self.numbers)
        )

    def _is_of_others(self, name: str) -> bool:
        return Customer.objects.exclude(pk__in=self.numbers).matching(name).exists()


@dataclass
class _Person:
    """One of them: the numbers of their records, their values by what those are searched as, and their homes."""

    numbers: set[int] = field(default_factory=set)
    values: dict[Search, set[str]] = field(default_factory=lambda: defaultdict(set))
    homes: set[str] = field(default_factory=set)

    def add(self, name: str, *values: str) -> None:
        """Add what a field holds or has held."""
        self.values[CUSTOMER_FIELDS[name].search] |= {*values} - {""}

    @property
    def phrases(self) -> set[str]:
        """What names them by itself, word by word."""
        return {_plain(text) for text in (*self.values[Search.EMAIL], *self.homes)} - {""}

    @property
    def given_names(self) -> set[str]:
        """Each given name, and the letters that stand for it."""
        whole = {word for name in self.values[Search.GIVEN_NAME] for word in _plain(name).split()}
        letters = {word for name in self.values[Search.INITIALS] for word in _plain(name).split()}
        return (whole | letters | {name[0] for name in whole}) - PARTICLES

    @property
    def last_names(self) -> set[str]:
        return _spellings(self.values[Search.LAST_NAME])

    @property
    def shared_names(self) -> set[str]:
        """Names that others may have too."""
        names = _spellings(self.values[Search.LAST_NAME] | self.values[Search.COMPANY])
        return {name for name in names if len(name) >= SHORTEST_NAME}

    @property
    def runs(self) -> set[str]:
        """First and last name in one word, either way round; and numbers of a company."""
        pairs = [(first, last) for first in self.values[Search.GIVEN_NAME] for last in self.values[Search.LAST_NAME]]
        names = {_run(*order) for first, last in pairs for order in ((first, last), (last, first))}
        codes = {_run(code) for code in self.values[Search.CODE]}
        return {run for run in names if len(run) >= SHORTEST_RUN} | {
            code for code in codes if len(code) >= SHORTEST_NUMBER
        }

    @property
    def ends_of_phones(self) -> set[str]:
        """The end of each number, which is the same dialled from home and from abroad."""
        digits = [re.sub(r"\D", "", number) for number in self.values[Search.PHONE]]
        return {number[-OF_A_PHONE:] for number in digits if len(number) >= OF_A_PHONE}


def _read(customers: Collection[Customer]) -> Collection[_Person]:
    """Read what is known of each, once for all of them."""
    people = {customer.pk: _Person() for customer in customers}
    merged = list(Customer.objects.filter(merged_into__in=people))
    owners = {record.pk: record.merged_into_id for record in merged} | {number: number for number in people}
    for record in (*customers, *merged):
        person = people[owners[record.pk]]
        person.numbers.add(record.pk)
        for name in NAMED:
            person.add(name, str(getattr(record, name) or ""))
    changes = HistoryEntry.objects.filter(customer__in=people, field__in=NAMED)
    for number, name, *texts in changes.values_list("customer", "field", "old", "new"):
        people[number].add(name, *texts)
    for number, *home in Address.objects.filter(customer__in=owners).values_list("customer", *HOME):
        if all(home):
            people[owners[number]].homes.add(" ".join(home))
    return people.values()


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

    @cached_property
    def numbers(self) -> set[int]:
        """Those of customers, as the search takes them: `#1024`."""
        return {int(number) for number in re.findall(r"#([1-9][0-9]{0,17})\b", self.text)}


def _plain(text: str) -> str:
    return UMLAUT.sub(r"\1", fold(text))


def _core(name: str) -> str:
    """A name without the words that are none; whole where there is nothing else."""
    words = _plain(name).split()
    return " ".join([word for word in words if word not in PARTICLES] or words)


def _spellings(names: Iterable[str]) -> set[str]:
    """Each without its particles, and in one word."""
    return {written for name in names for written in (_core(name), _run(name))} - {""}


def _run(*names: str) -> str:
    return "".join(_plain(name).replace(" ", "") for name in names)
