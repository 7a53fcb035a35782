"""One cell with a whole name → first name and last name, or the name of a company."""

import re
from typing import NamedTuple

# What parts a name whatever its case, and what does in small letters only, since Le and Do are names.
IN_ANY_CASE = frozenset(["van", "von", "vom", "de", "den", "der", "ten", "ter", "te", "'t", "’t", "zu", "zum", "zur",
                         "du", "della", "dos", "vander", "vande"])  # fmt: skip
IN_SMALL = frozenset(["des", "tot", "'s", "’s", "op", "aan", "in", "het", "of", "del", "dello", "di", "da", "do", "das",
                      "la", "le", "las", "los", "el", "les", "af", "av", "ap", "d'", "l'", "y"])  # fmt: skip
PARTICLES = IN_ANY_CASE | IN_SMALL
TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "sir", "dhr", "mevr", "mw", "mevrouw", "meneer", "heer", "herr",
                    "herrn", "frau", "hr", "fr", "mme", "mlle", "sra", "srta"])  # fmt: skip
COMPANY = re.compile(
    r"^(?:Stichting|Vereniging|Fa\.|Firma)\s|(?<=\S)[\s,]+(?:GmbH|mbH|AG|KG|OHG|UG|eG|e\.\s?K\.?|e\.\s?V\.?|GbR|KGaA|"
    r"B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|C\.?V\.?|Ltd\.?|Limited|LLC|LLP|PLC|Inc\.?|Corp\.?|S\.?A\.?R\.?L\.?|SAS|SASU|EURL|"
    r"S\.?L\.?U?\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|BVBA|SPRL|ApS|Oy|Sp\.\s?z\s?o\.?\s?o\.?)(?=$|\s*[(&,]|\s+(?:in|i\.))"
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


class Name(NamedTuple):
    """A person's first and last name, or a company's."""

    first: str = ""
    last: str = ""
    company: str = ""


def name_of(text: str) -> Name:
    """`Jan van der Berg`, `Berg, Jan van der`, `Herr Jan Berg`; `Berg B.V.` is a company."""
    text = " ".join(text.split())
    if COMPANY.search(text):
        return Name(company=text)
    last, comma, first = text.partition(",")
    if comma and last.strip() and first.strip():
        return _last_first(last.strip(), _without_title(first.split()))
    words = _without_title(text.replace(",", " ").split())
    start = _where_the_last_name_begins(words)
    return Name(" ".join(words[:start]), " ".join(words[start:]))


def is_particles(text: str) -> bool:
    """Whether it is nothing but what stands before a last name: `van der`."""
    words = text.lower().split()
    return bool(words) and all(word in PARTICLES for word in words)


def _last_first(last: str, first: list[str]) -> Name:
    """`Berg, Jan van der`: what follows the first name goes in front of the last."""
    end = len(first)
    while end > 1 and first[end - 1].lower() in PARTICLES:
        end -= 1
    return Name(" ".join(first[:end]), " ".join([*first[end:], last]))


def _without_title(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0].rstrip(".").lower() in TITLES:
        words = words[1:]
    return words


def _where_the_last_name_begins(words: list[str]) -> int:
    if len(words) < 2:
        return len(words)
    if all(map(_is_particle, words[:-1])):
        return 0
    found = next((place for place in range(1, len(words) - 1) if _is_particle(words[place].split("-")[-1])), 0)
    if found and words[found] == "y":
        return max(1, found - 1)
    return found or len(words) - (2 if words[-1].lower() in SUFFIXES and len(words) > 2 else 1)


def _is_particle(word: str) -> bool:
    return word in PARTICLES or word.lower() in IN_ANY_CASE
