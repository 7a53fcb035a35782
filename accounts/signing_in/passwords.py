"""What makes a good password: long, not one that many take, and not one's own words."""

import re
import unicodedata
from collections.abc import Iterable

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from zxcvbn import matching, scoring

from accounts.signing_in.common_words import DUTCH, GERMAN
from customers.record.password_field import LONGEST, TOO_LONG
from shopadmin.models import StoreSettings

SHORTEST = 12
LONG = 64  # nobody tries repetitions of that length
LEFT_OVER = 8
# zxcvbn's time grows with the square of the length, and its own list of swapped letters takes seconds for some.
SCORED = 24
FEWEST_GUESSES = 10**8  # what zxcvbn calls "safely unguessable", its score of 3
ONE_WORD = 16
MATCHERS = (
    matching.dictionary_match, matching.reverse_dictionary_match, matching.spatial_match, matching.repeat_match,
    matching.sequence_match, matching.regex_match, matching.date_match,
)  # fmt: skip
WORDS = {**matching.RANKED_DICTIONARIES, "dutch": matching.build_ranked_dict(DUTCH.split())}
WORDS["german"] = matching.build_ranked_dict(GERMAN.split())
FOR_LETTERS = str.maketrans("@4301!$57", "aaeoiisst")
OTHER_KEYBOARDS = (
    str.maketrans("yzYZ", "zyZY"),  # German
    str.maketrans("aqzwAQZW", "qawzQAWZ"),  # French and Belgian
)


class LengthValidator:
    """At least SHORTEST characters; no more than LONGEST, which is said at once instead of hashed."""

    def validate(self, password: str, user=None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(TOO_LONG, params={"limit_value": LONGEST}, code="password_too_long")
        if len(password) < SHORTEST:
            message = ngettext("Use at least %(n)d character", "Use at least %(n)d characters", SHORTEST)
            raise ValidationError(message % {"n": SHORTEST}, code="password_too_short")

    def get_help_text(self) -> str:
        return _("At least %(n)d characters. A short sentence works well and is easy to remember.") % {"n": SHORTEST}


class EasyToGuessValidator(CommonPasswordValidator):
    """Not a common password, one word with digits behind, a repetition, or a run along the keyboard."""

    def validate(self, password: str, user=None) -> None:
        if SHORTEST <= len(password) < LONG and self._is_easy(password):
            message = _("This password is too easy to guess. Use several unrelated words or a short sentence.")
            raise ValidationError(message, code="password_easy_to_guess")

    def get_help_text(self) -> str:
        return _("Do not use a common password or a single word followed by digits.")

    def _is_easy(self, password: str) -> bool:
        is_common = password.lower().strip() in self.passwords
        return is_common or is_one_word(password) or guesses_for(password) < FEWEST_GUESSES


class OwnWordsValidator:
    """Not the person's name or address or the shop's name with a little added: a guesser tries those first."""

    def validate(self, password: str, user=None) -> None:
        rest = folded(password[:LONGEST])
        for word in sorted(own_words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != folded(password[:LONGEST]) and len(rest) < LEFT_OVER:
            message = _("Do not use your name, your email address or the name of the shop as your password")
            raise ValidationError(message, code="password_of_own_words")

    def get_help_text(self) -> str:
        return _("Do not use your name, your email address or the name of the shop.")


def is_one_word(password: str) -> bool:
    """Whether there is one short word in it, perhaps twice, and else digits and signs: `zomer2024`, `Haus-Haus-1`."""
    words = re.findall(r"[^\W\d_]+", password)
    is_typed = all(word.islower() or word.isupper() or word.istitle() for word in words)  # not drawn by a machine
    return is_typed and len({word.casefold() for word in words}) == 1 and len(words[0]) < ONE_WORD


def guesses_for(password: str) -> int:
    """About how many tries it takes to find the beginning of a password, by zxcvbn's figures."""
    text = unicodedata.normalize("NFKC", password)[:SCORED]
    if any(unicodedata.category(sign) == "So" for sign in text):
        return FEWEST_GUESSES  # zxcvbn takes a sign for one of ten, but there are thousands of emoji
    last_letter = max((at for at, sign in enumerate(text) if sign.isalpha()), default=-1)
    ways = {text, text[: last_letter + 1].translate(FOR_LETTERS) + text[last_letter + 1 :]}
    ways |= {text.translate(keyboard) for keyboard in OTHER_KEYBOARDS}
    # Where the blanks are has to be guessed, too.
    joined = _guesses(folded(password)[:SCORED] or text) * 100
    return min(joined, *(_guesses(way) for way in ways))


def _guesses(text: str) -> int:
    found = [match for matcher in MATCHERS for match in matcher(text, _ranked_dictionaries=WORDS)]
    return int(scoring.most_guessable_match_sequence(text, found)["guesses"])


def own_words(user) -> set[str]:
    """The shop's name, and name, company and address of `user` with their parts; folded, as passwords are."""
    address = getattr(user, "email", None) or ""
    local, _at, domain = address.partition("@")
    names = [getattr(user, name, None) or "" for name in ("first_name", "last_name", "company_name")]
    parts = [part for part in (StoreSettings.current().name, *names) for part in _spellings(part)]
    words = {folded(word) for word in (*parts, " ".join(names[:2]), address, local, domain.partition(".")[0])}
    return {word for word in words if len(word) > 2}


def _spellings(name: str) -> Iterable[str]:
    """A name, its words, and it with `&` written out."""
    return (name, *name.split(), *(name.replace("&", word) for word in ("en", "and", "und")))


def folded(text: str) -> str:
    """Letters and digits alone, in one case: blanks and dots between do not make a word another one."""
    return "".join(sign for sign in without_accents(text).casefold() if sign.isalnum())


def without_accents(text: str) -> str:
    """Every letter without its marks."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
