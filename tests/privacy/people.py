"""People whose every value can be told from everybody else's, wherever it stands and however it is written."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
    def _named(self) -> re.Pattern:
        return re.compile(f"{self.stem}[a-z0-9]*")

    @cached_property
    def _written(self) -> re.Pattern:
        written = {
            "phone": _dialled(self.phone),
            "mobile": _dialled(self.mobile),
            "postcode": rf"\b{self.postcode[:4]}\s?qx\b",
            "birth": rf"{self.birth_date}|\b{self.digits[-2:]} jul[a-z]* {self.birth_date[:4]}",
        }
        return re.compile("|".join(rf"(?P<{name}>{pattern})" for name, pattern in written.items()))

    def words_in(self, text: str) -> set[str]:
        """Which of the person's values stand in a text in lower case, each written in one way."""
        words = set(self._named.findall(text)) if self.stem in text else set()
        if self.postcode[:4] in text or self.birth_date[:4] in text or self.digits[1:] in _without_marks(text):
            words |= {found.lastgroup for found in self._written.finditer(text)}
        return words


APART = " ().-"


@lru_cache(maxsize=1)  # several people are looked for in one text
def _without_marks(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, APART)))


def _dialled(number: str) -> str:
    """A number from abroad or from home, with whatever people write between its digits."""
    apart = f"[{APART}]*"
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
