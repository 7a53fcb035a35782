"""People whose every value can be told from everybody else's, wherever it stands and however it is written."""

import re
from dataclasses import dataclass
from functools import cached_property

from customers.email_addresses import normalise_email


@dataclass(frozen=True)
class Person:
    """Somebody all of whose words begin with one stem that stands in no other text; `digits` are theirs alone too."""

    stem: str
    digits: str

    def word(self, what: str) -> str:
        return f"{self.stem}{what}".capitalize()

    @property
    def email(self) -> str:
        return f"{self.stem}mail@{self.stem}home.example"

    @property
    def past_email(self) -> str:
        """With letters that no mail server takes as they are: it is kept as `xn--…`."""
        return normalise_email(f"{self.stem}past@{self.stem}först.example")

    @property
    def pending_email(self) -> str:
        return f"{self.stem}pending@{self.stem}next.example"

    @property
    def full_name(self) -> str:
        return f"{self.word('first')} {self.word('last')}"

    @property
    def phone(self) -> str:
        return f"+3150{self.digits[1:]}"

    @property
    def mobile(self) -> str:
        return f"+316{self.digits}"

    @property
    def birth_date(self) -> str:
        return f"1931-07-{self.digits[-2:]}"

    @property
    def postcode(self) -> str:
        return f"97{self.digits[-2:]} QX"

    @cached_property
    def _pattern(self) -> re.Pattern:
        written = {
            "phone": _dialled(self.phone),
            "mobile": _dialled(self.mobile),
            "postcode": rf"\b{self.postcode[:4]}\s?qx\b",
            "birth": rf"{self.birth_date}|\b{self.digits[-2:]} jul[a-z]* 1931",
        }
        ways = [rf"(?P<{name}>{pattern})" for name, pattern in written.items()]
        return re.compile("|".join([f"{self.stem}[a-z0-9]*", *ways]))

    def words_in(self, text: str) -> set[str]:
        """Which of the person's values stand in a text in lower case, each written in one way."""
        if self.stem not in text and self.digits[-2:] not in text:
            return set()
        return {found.lastgroup or found[0] for found in self._pattern.finditer(text)}


def _dialled(number: str) -> str:
    """A number from abroad or from home, with whatever people write between its digits."""
    apart = r"[ ().-]*"
    return rf"(?<!\d)(?:31{apart}(?:\(?0\)?)?|0){apart}{apart.join(number.removeprefix('+31'))}(?!\d)"


# By what became of their orders; the last two are nobody's to erase.
OPEN = Person("quxopen", "21430011")
DONE = Person("quxdone", "21430012")
BACK = Person("quxback", "21430013")
NONE = Person("quxnone", "21430014")
ERASED = (OPEN, DONE, BACK, NONE)
OTTO = Person("wodotto", "21430021")
TWIN = Person("wodtwin", "21430022")
OTHERS = (OTTO, TWIN)
