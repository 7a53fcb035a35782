from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from shopadmin.models.store import has_catalogue
from shopadmin.shortcuts import single_keys


def page(request: HttpRequest) -> dict:
    """What every page needs to know of who asks."""
    return {
        "LANGUAGE_CODE": get_language(),
        "user": getattr(request, "user", None),
        "has_single_keys": single_keys.are_on(request),
    }


def store(request: HttpRequest) -> dict:
    """The shop's settings, and the languages that its storefront speaks, each by its own name."""
    if not hasattr(request, "store"):
        return {}
    return {"store": request.store, "store_languages": lambda: _spoken(request.store.languages)}


def _spoken(languages: list[str]) -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"]) for code in languages if has_catalogue(code)]
