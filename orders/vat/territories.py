"""Where goods go, as VAT law draws the map: member states, and the places that are not where their address says.

Directive 2006/112/EC: article 5 says what a member state is, article 6 which of their territories it leaves out,
article 7 that Monaco counts as France. Northern Ireland counts as a member state for goods (Windsor Framework,
article 8).
"""

import re

from stdnum.eu import vat

MEMBER_STATES = frozenset(code.upper() for code in vat.MEMBER_STATES) - {"XI"}
NORTHERN_IRELAND = "XI"
FOR_GOODS = MEMBER_STATES | {NORTHERN_IRELAND}
NOWHERE = ""  # a part of a member state where no VAT of the EU is charged
# By postcode: Canary Islands, Ceuta and Melilla; Åland; Heligoland and Büsingen; Livigno and Campione d'Italia; the
# overseas departments and collectivities of France; Mount Athos.
LEFT_OUT = {
    "DE": re.compile("27498|78266"),
    "ES": re.compile("35|38|51|52"),
    "FI": re.compile("22"),
    "FR": re.compile("97|98[678]"),
    "GR": re.compile("6308[67]"),
    "IT": re.compile("23041|23030|22061"),
}


def territory_of(country: str, postcode: str) -> str:
    """The country whose VAT law holds at an address: XI for Northern Ireland, FR for Monaco, `NOWHERE`, or its own."""
    if country == "MC":
        return "FR"
    if country == "GB" and postcode.strip().upper().startswith("BT"):
        return NORTHERN_IRELAND
    left_out = LEFT_OUT.get(country)
    return NOWHERE if left_out and left_out.match(re.sub("[^0-9]", "", postcode)) else country
