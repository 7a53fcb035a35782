"""Customers at random, written as programs write them, come back unchanged."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.importing.checking import Checker
from customers.importing.reading import examine

pytestmark = pytest.mark.django_db
LETTERS = "abcdefghijklmnoprstuvwz"
NAMES = st.text(f"{LETTERS}éèëïöüäßçñáíó", min_size=3, max_size=12).map(lambda name: f"Q{name}")
TEXTS = st.lists(st.text(f"{LETTERS}0123456789 ,;\t|\"'", max_size=12), min_size=1, max_size=3).map(
    lambda words: f"Q{' '.join(words)}Q"
)
DAYS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
PEOPLE = st.fixed_dictionaries(
    {
        "first_name": NAMES,
        "last_name": NAMES,
        "notes": TEXTS,
        "birth_date": st.none() | DAYS,
        "marketing_consent": st.booleans(),
    }
)
TITLES = {
    "email": ["email", "E-mailadres", "E-Mail-Adresse", "Email *", "user_email"],
    "first_name": ["first_name", "Voornaam", "Vorname", "Prénom", "Nombre de pila", "First Name (given)"],
    "last_name": ["last_name", "Achternaam", "Nachname", "Nom de famille", "Apellidos"],
    "notes": ["notes", "Opmerkingen", "Bemerkung", "Remarques", "Note"],
    "birth_date": ["birth_date", "Geb.datum", "Geburtstag", "Birthday (yyyy-mm-dd)", "Date de naissance"],
    "marketing_consent": ["marketing_consent", "Nieuwsbrief", "Newsletter (0/1)", "Accepts Email Marketing"],
}
DATES = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d 00:00:00", "%d %B %Y", "%b %d, %Y"]
NO_DATES = ["", "NULL", r"\N", "0000-00-00", "0/0/00", "-", "#N/A"]
YES_NO = [("yes", "no"), ("1", "0"), ("WAAR", "ONWAAR"), ("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERDADERO", "FALSO"),
          ("ja", "nee"), ("oui", "non"), ("sí", "no"), ("TRUE", "FALSE"), ("x", "-")]  # fmt: skip
SHAPES = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac-roman",
        "cp850"]),
        "end": st.sampled_from(["\n", "\r\n", "\r"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "hint": st.booleans(),
        "tail": st.sampled_from(["", "\x1a", "   ", "{d}{d}{d}"]),
        "titles": st.fixed_dictionaries({name: st.sampled_from(titles) for name, titles in TITLES.items()}),
        "order": st.permutations(list(TITLES)),
        "date": st.sampled_from(DATES),
        "no_date": st.sampled_from(NO_DATES),
        "yes_no": st.sampled_from(YES_NO),
    }
)  # fmt: skip


def written(people: list[dict], shape: dict) -> bytes:
    """A file of these people, as some program would write it."""
    file = io.StringIO()
    file.write(f"sep={shape['delimiter']}{shape['end']}" if shape["hint"] else "")
    writer = csv.writer(file, delimiter=shape["delimiter"], lineterminator=shape["end"], quoting=shape["quoting"])
    writer.writerow(shape["titles"][name] for name in shape["order"])
    for number, person in enumerate(people):
        cells = person | {"email": f"p{number}@post.example"}
        cells["marketing_consent"] = shape["yes_no"][not person["marketing_consent"]]
        day = person["birth_date"]
        cells["birth_date"] = day.strftime(shape["date"]) if day else shape["no_date"]
        writer.writerow(cells[name] for name in shape["order"])
    file.write(shape["tail"].replace("{d}", shape["delimiter"]))
    return file.getvalue().encode(shape["encoding"])


@settings(max_examples=25)
@given(people=st.lists(PEOPLE, min_size=6, max_size=12), shape=SHAPES)
def test_customers_come_back_as_they_were_written(tmp_path, people, shape):
    people[0]["first_name"] = "Zoë Müllerè"  # so that there is something to tell the encoding by
    path = tmp_path / "customers.csv"
    path.write_bytes(written(people, shape))
    source = examine(path)
    batch = Checker(source, home="NL").check(list(source.rows()))
    assert (batch.rejects, batch.warnings) == ([], [])
    for name in ("first_name", "last_name", "birth_date"):
        assert batch.values[name] == [person[name] for person in people]
    wanted = [person["marketing_consent"] for person in people]
    assert [bool(yes) for yes in batch.values["marketing_consent"]] == wanted
    assert [text or "" for text in batch.values["notes"]] == [person["notes"] for person in people]
