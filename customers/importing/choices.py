"""Cells that hold one of a few answers: yes or no, a gender, a kind of customer."""

import re

from django.utils.translation import gettext as _

from customers.importing.outcome import Refusal
from customers.models import Customer
from customers.search.text import fold

YES_WORDS = """
    yes y true t 1 1.0 -1 on x ja j jawel waar wahr an aan oui o vrai si s verdadero v sim vero tak
    subscribed optin opted_in opt_in agreed active enabled ✓ ✔ ☑ ✅
"""
NO_WORDS = """
    no n false f 0 0.0 off nee nein onwaar falsch aus uit non faux falso nao nie unsubscribed not_subscribed
    never_subscribed never optout opted_out opt_out not_agreed pending cleaned inactive disabled ✗ ✘ ☐ ❌
"""
YES, NO = frozenset(YES_WORDS.split()), frozenset(NO_WORDS.split())
FEMALE = "f v w 2 female woman women girl vrouw frau weiblich vrouwelijk mevrouw mevr mw mrs ms miss femme feminin mme"
MALE = "m 1 h male man men boy mann männlich mannelijk heer dhr meneer herr herrn mr homme masculin monsieur hombre"
GENDERS = {
    Customer.Gender.FEMALE: f"{FEMALE} madame mademoiselle mlle mujer femenino sra srta señora señorita juffrouw fr d2",
    Customer.Gender.MALE: f"{MALE} masculino sr señor hr",
    Customer.Gender.OTHER: "x o d divers anders neutral nonbinary non_binary enby mx autre otro andere other",
    Customer.Gender.UNSPECIFIED: "u 0 3 9 unknown onbekend unbekannt none - not_stated not_specified niet_opgegeven "
    "keine_angabe k_a nicht_angegeben no_especificado non_precise not_given prefer_not_to_say",
}
TYPES = {
    Customer.Type.PRIVATE: "consumer individual particulier privat privatkunde b2c person particulier particular",
    Customer.Type.BUSINESS: "company zakelijk bedrijf firma geschäftlich geschäftskunde gewerblich gewerbe b2b "
    "commercial corporate professionnel entreprise empresa",
}
ACCESS = {
    Customer.Access.OPEN: "active enabled 1 yes actief aktiv offen",
    Customer.Access.AWAITING: "pending wartend wachtend",
    Customer.Access.REFUSED: "declined rejected geweigerd abgelehnt",
    Customer.Access.BLOCKED: "disabled inactive locked banned 0 no geblokkeerd gesperrt inactief inaktiv",
}
# They stand before a name, and tell no gender.
DEGREES = re.compile(r"(?:dr|prof|ir|ing|drs|mag|dipl|med|phil|rer|nat|h c|em|professor|doktor|jur)\b")


def yes_or_no(cell: str) -> bool | Refusal:
    """Yes or no in five languages, as spreadsheets and databases write them too."""
    word = cell.lower().replace(" ", "_").replace("-", "_").rstrip(".!") if len(cell) > 2 else cell.lower()
    word = word if word in YES or word in NO else fold(cell).replace(" ", "_")
    if word in YES or word in NO:
        return word in YES
    return Refusal(_("Enter yes or no."))


def gender(cell: str) -> str | Refusal:
    """By its name, by a title, or by the number of ISO 5218 and of other shop systems."""
    return _choice(cell, Customer.Gender, GENDERS) or Refusal(_("Enter female, male, other or unspecified."))


def salutation(cell: str) -> str | Refusal:
    """The gender that a title tells; none for Dr. alone."""
    words = DEGREES.sub("", fold(cell)).split()
    found = {_choice(word, Customer.Gender, GENDERS) for word in words} - {""}
    if len(found) == 1:
        return found.pop()
    return _choice(cell, Customer.Gender, GENDERS) or Refusal(
        _("This salutation does not indicate a gender and is not saved.")
    )


def customer_type(cell: str) -> str | Refusal:
    return _choice(cell, Customer.Type, TYPES) or Refusal(_("Enter private or business."))


def access(cell: str) -> str | Refusal:
    return _choice(cell, Customer.Access, ACCESS) or Refusal(_("Enter open, awaiting, refused or blocked."))


def _choice(cell: str, choices: type, others: dict) -> str:
    word = cell.lower().replace(" ", "_").rstrip(".").removesuffix(".0")
    if word in choices:
        return choices(word).value
    folded = fold(cell).replace(" ", "_")
    return next((choice.value for choice, words in others.items() if {word, folded} & _folded(words)), "")


def _folded(words: str) -> set[str]:
    return {form for word in words.split() for form in (word, fold(word).replace(" ", "_"))} - {""}
