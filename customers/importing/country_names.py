"""Countries as files name them: codes, names in a dozen languages, and what people call them."""

import re
from functools import cache

from babel import Locale
from django.utils import translation
from django_countries import countries

from customers.search.text import fold

OURS = ("en", "nl", "de")
SPOKEN = (*OURS, "fr", "es", "it", "pt", "pl", "da", "sv", "nb", "fi", "cs")
IN_USE = """
    AE: UAE, Emirates, Emiraten, Emirate, VAE
    AT: A
    BA: Bosnia, Bosnië, Bosnien, Bosnien-Herzegowina
    BE: B, Vlaanderen, Flanders, Flandern, Wallonie, Wallonië, Belgien/Belgique
    BG: BUL
    CH: CH, SUI, Helvetia, Confoederatio Helvetica, Suisse/Schweiz
    CD: Democratic Republic of the Congo, DR Congo, DRC, Zaire
    CG: Republic of the Congo, Congo-Brazzaville
    CI: Ivory Coast, Ivoorkust, Elfenbeinküste
    CV: Cape Verde, Kaapverdië, Kapverden, Kap Verde
    CZ: Czech Republic, Czech Rep., Tschechische Republik, Tsjechische Republiek, République tchèque, República Checa
    DE: D, GER, BRD, FRG, Bundesrepublik, Bundesrepublik Deutschland, Federal Republic of Germany, West Germany
    DK: DEN
    ES: E, Mainland Spain, Canary Islands, Canarische Eilanden, Kanarische Inseln, Kanaren
    ES: Islas Canarias, Balearic Islands
    FI: FIN
    FR: F, Metropolitan France, France métropolitaine, Corsica, Corse, Korsika
    GB: UK, Great Britain, Britain, Groot-Brittannië, Grossbritannien, Grande-Bretagne, Gran Bretaña, Gran Bretagna, GBR
    GB: England, Scotland, Wales, Northern Ireland, Engeland, Schotland, Noord-Ierland, Schottland, Nordirland
    GB: Angleterre
    GB: Écosse, Pays de Galles, Irlande du Nord, Inglaterra, Escocia, Gales, Irlanda del Norte, Inghilterra, Scozia
    GB: United Kingdom of Great Britain and Northern Ireland, Verenigd Koninkrijk (Noord-Ierland)
    GR: EL, GRE, Hellas, Hellenic Republic
    HK: Hong Kong, Hongkong
    HR: CRO
    HU: H
    IE: Eire, Éire, Republic of Ireland, Ireland Republic of, Irish Republic, Ireland (Republic)
    IE: Republik Irland, Southern Ireland
    IR: Islamic Republic of Iran, Iran Islamic Republic of
    IT: I, Südtirol, Alto Adige, Sardinia, Sicily
    KP: North Korea, Noord-Korea, Nordkorea
    KR: South Korea, Republic of Korea, Korea Republic of, Zuid-Korea, Südkorea, Korea South
    LA: Laos
    LI: FL
    LU: L, Grand Duchy of Luxembourg
    LV: LAT
    MD: Moldova Republic of, Republic of Moldova, Moldawien
    MK: Macedonia, Macedonië, Mazedonien, FYROM, Republic of Macedonia
    MM: Burma, Birma
    NL: Holland, NED, HOL, Hollande, Holanda, Olanda, Kingdom of the Netherlands, Pays-Bas, NLD
    PS: Palestine, Palestina, Palästina
    PT: P, POR, Madeira, Azores, Azoren, Açores
    RU: Russian Federation, Russische Föderation, Russische Federatie
    SE: S
    SI: SLO
    SK: Slovak Republic, Slowakische Republik, Slowaakse Republiek
    SY: Syria, Syrian Arab Republic
    SZ: Swaziland
    TL: East Timor
    TR: Turkey, Turkiye, Republic of Turkey
    TW: Taiwan, Taiwan Province of China
    TZ: Tanzania, United Republic of Tanzania
    US: USA, America, United States of America, Amerika, VS, Vereinigte Staaten von Amerika
    US: Verenigde Staten van Amerika, États-Unis d'Amérique, EE UU, EEUU, Estados Unidos de América, EUA, U.S.
    VA: Vatican, Vatican City, Vaticaanstad, Vatikan
    VE: Bolivarian Republic of Venezuela, Venezuela Bolivarian Republic of
    VN: Vietnam, Viet Nam
    XK: Kosovo, KSV, RKS, XKX, Republic of Kosovo, Kosova
"""
AND, ARTICLES = (
    frozenset({"and", "und", "en", "et", "y", "e"}),
    frozenset({"the", "de", "het", "die", "la", "le", "les", "los"}),
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
TWO_COUNTRIES = frozenset({"congo", "kongo", "korea", "coree", "corea"})
PARTS = re.compile(r"\s+[-–—]\s+|[:/|;()\[\]]")


def country_code(cell: str) -> str:
    """The code of the country that a cell names; empty where it names none, or two."""
    if found := _found(cell):
        return found
    codes = {_found(part) for part in PARTS.split(cell) if _plain(fold(part))}
    return codes.pop() if len(codes) == 1 else ""


def _found(cell: str) -> str:
    folded = fold(cell)
    names = _names()
    return names.get(folded) or names.get(folded.replace(" ", "")) or names.get(_plain(folded), "")


def _plain(folded: str) -> str:
    """A name without *and*, and without an article in front."""
    words = [word for word in folded.split() if word not in AND]
    return " ".join(words[1:] if words and words[0] in ARTICLES else words)


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, _name in countries:
        found |= {code.lower(): code, countries.alpha3(code).lower(): code}
    found.pop("", None)
    for line in IN_USE.strip().splitlines():
        code, _colon, names = line.strip().partition(": ")
        found |= {form: code for name in names.split(", ") for form in _forms(name)}
    for spoken in OURS:
        with translation.override(spoken):
            found = {fold(str(name)): code for code, name in countries} | found
    for spoken in SPOKEN:
        names = {code: name for code, name in Locale(spoken).territories.items() if code in countries}
        found = {form: code for code, name in names.items() for form in _forms(name)} | found
    found = {name: code for name, code in found.items() if name not in TWO_COUNTRIES}
    return {_plain(name): code for name, code in found.items() if len(name) > 3} | found


def _forms(name: str) -> set[str]:
    """A name without accents, and with umlauts in two letters."""
    return {fold(name), fold(name.lower().translate(UMLAUTS))}
