"""What a browser calls itself, in words that its owner recognises."""

import re

from django.http import HttpRequest

# Order counts: every browser says that it is also the ones below it.
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome")]
BROWSERS += [("Chrom", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows")]
SYSTEMS += [("Mac OS X", "macOS"), ("Linux", "Linux")]


def client_of(request: HttpRequest) -> str:
    """Such as "Firefox, Windows"; empty when the browser does not say. Never the raw text that was sent."""
    sent = request.META.get("HTTP_USER_AGENT", "")
    return ", ".join(name for name in (_first(BROWSERS, sent), _first(SYSTEMS, sent)) if name)


def _first(names: list[tuple[str, str]], sent: str) -> str:
    return next((name for sign, name in names if re.search(rf"\b{sign}", sent)), "")
