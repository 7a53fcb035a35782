"""What people and programs write into a cell that is empty: `NULL`, `\\N`, `#N/A`, `-`, `geen`."""

# Of databases, spreadsheets and scripts; letter by letter, since Null and Nan are names.
PROGRAMS = r"""
    NULL null \N (null) (NULL) <null> <NULL> [NULL] [null] {null} nil NIL NA #N/A #N/A! #N/B #NB #NV #N/D #ND #ND! NaN
    nan NaT None undefined (blank) (empty) (none) (leer) (leeg) (vide) ''
"""
# Nobody and no town is called so.
WORDS = """
    none; unknown; n/a; n.a.; n.a; not available; not applicable; not set; not given; not provided; not specified; tbd
    geen; onbekend; n.v.t.; nvt; n.v.t; niet van toepassing; niet bekend; niet ingevuld; niet opgegeven; n.b.
    kein; keine; keiner; keines; unbekannt; nicht bekannt; nicht angegeben; keine angabe; keine Angabe; Keine Angabe
    k.a.; k. a.; k.a; k.A.; k. A.; entfällt
    aucun; aucune; inconnu; inconnue; néant; non renseigné; non renseignée; non applicable; s.o.; n.c.; n/c; n.d.; n/d
    ninguno; ninguna; desconocido; desconocida; no disponible; no aplica; sin datos; sin especificar; s/d; s.d.
    nessuno; nessuna; sconosciuto; nenhum; nenhuma; desconhecido; brak; nieznany; nie dotyczy
"""
# Names of people and towns too, but no phone numbers or dates.
ALSO_NAMES = (
    "null; nan; nil; na; empty; blank; nothing; leer; ohne; leeg; niets; vide; nada; vacío; vacio; vuoto; nd; nc; ka"
)
SIGNS = "-–—_.?/*~,;:\\"
_MARKS = {sign * count for sign in SIGNS for count in range(1, 9)} | {
    "- -",
    "-/-",
    "./.",
    "-.-",
    "–/–",
    "--/--",
    "- - -",
}
ZEROS = frozenset(
    {"0" * count for count in range(1, 16)} | {"0.0", "0,0", "0.00", "0,00", "+0", "-0", "00 00 00 00 00"}
)
_BEGINNINGS = "0(+-"


def _in_any_case(words: str) -> set[str]:
    found = {word.strip() for line in words.splitlines() for word in line.split(";")} - {""}
    return {form for word in found for form in (word, word.upper(), word.capitalize(), word.title())}


IN_TEXTS = frozenset(PROGRAMS.split()) | _MARKS | _in_any_case(WORDS)
IN_OTHERS = IN_TEXTS | _in_any_case(ALSO_NAMES)
# NA is Namibia, and Naples among provinces.
IN_PLACES = IN_TEXTS - {"NA"}


def is_zero(cell: str) -> bool:
    """Whether a cell holds nothing but noughts, as a phone number or a date of none."""
    return cell[:1] in _BEGINNINGS and "0" in cell and not cell.strip("0 -./+()")
