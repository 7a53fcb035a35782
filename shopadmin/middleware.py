"""What happens to every request and every answer."""

import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.functional import SimpleLazyObject

from shopadmin.access import has_right
from shopadmin.models import StoreSettings
from shopadmin.models.store import close_request, open_request
from shopadmin.rendering.error_pages import bad_request, not_allowed, too_large
from shopadmin.roles import Right

PRIVATE = (
    "/account/", "/backoffice/", "/cart/", "/checkout/", "/order/", "/payments/",
    "/privacy/copy/", "/unsubscribe/", "/withdrawal/",
)  # fmt: skip
BACKOFFICE = "/backoffice/"
# What everybody may see and caches keep: in nobody's language, for nobody's eyes alone.
PUBLIC_FILES = "/media/"
# Where files come in, the right that it takes, and the setting of their size together.
UPLOADS = [
    (re.compile(r"/backoffice/(customers|orders)/import/"), Right.IMPORT, "UPLOAD_MAX_SIZE"),
    (re.compile(r"/backoffice/products/import/"), Right.CATALOGUE, "UPLOAD_MAX_SIZE"),
    (re.compile(r"/backoffice/products/[0-9]+/pictures/"), Right.CATALOGUE, "PICTURES_MAX_SIZE"),
    (re.compile(r"/backoffice/settings/details/"), Right.SETTINGS, "PICTURES_MAX_SIZE"),
]
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
# Not the joiners: emoji and several alphabets are written with them.
MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
Answer = Callable[[HttpRequest], HttpResponse]


def headers_of_every_answer(get_response: Answer) -> Answer:
    """Let no page use a device, and protect the answers that Django's own middleware does not see.

    It sees none to a wrong host over http, which it refuses itself.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        return response

    return middleware


def refuse_what_is_too_large(get_response: Answer) -> Answer:
    """Read no body that is larger than any form of ours, but for those of pages that take files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_large(request) and _upload_at(request.path) is None:
            return too_large(request)
        return get_response(request)

    return middleware


def take_large_files_of_staff_alone(get_response: Answer) -> Answer:
    """Read no large file of anybody who may not send one, and keep none that is larger than those we take."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_large(request):
            right, most = _upload_at(request.path)
            if not has_right(request.user, right):
                return too_large(request)
            if _is_large(request, most=most + settings.BODY_MAX_SIZE):
                _let_finish(request)
                return HttpResponseRedirect(f"{request.path}?too_large=1")
        return get_response(request)

    return middleware


def _upload_at(path: str) -> tuple[Right, int] | None:
    """The right that it takes to send files to a page, and how large they may be; None for a page that takes none."""
    found = ((right, getattr(settings, most)) for pattern, right, most in UPLOADS if pattern.fullmatch(path))
    return next(found, None)


def _let_finish(request: HttpRequest) -> None:
    """Read on and forget: a browser that is not done sending shows no answer, but that the connection broke."""
    while request.read(1024 * 1024):
        pass


def _is_large(request: HttpRequest, most: int | None = None) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > (most or settings.BODY_MAX_SIZE)


def refuse_nul_bytes(get_response: Answer) -> Answer:
    """A NUL byte means a script at work; PostgreSQL would answer it with an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = [request.path, *_items(request.GET), *request.COOKIES.values()]
        # A large file is read once it is known who sends it.
        sent += [] if _is_large(request) else _items(request.POST)
        if any("\0" in text for text in sent):
            return bad_request(request)
        return get_response(request)

    return middleware


def strip_invisible_marks(get_response: Answer) -> Answer:
    """Take out what was pasted along and nobody sees: marks that steer the direction of writing, of no width.

    A password stays as it was typed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        for query in ("GET", "POST"):
            if query == "GET" or not _is_large(request):
                _strip(request, query)
        return get_response(request)

    return middleware


def _strip(request: HttpRequest, name: str) -> None:
    query = getattr(request, name)
    marked = [key for key, values in query.lists() if "password" not in key and MARKS.search("".join(values))]
    if marked:
        query = query.copy()
        for key in marked:
            query.setlist(key, [MARKS.sub("", value) for value in query.getlist(key)])
        setattr(request, name, query)


def _items(query: QueryDict) -> Iterator[str]:
    for name, values in query.lists():
        yield name
        yield from values


def store_of_the_request(get_response: Answer) -> Answer:
    """`request.store`: the settings of the store, read at most once a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        open_request()
        request.store = SimpleLazyObject(StoreSettings.current)
        try:
            return get_response(request)
        finally:
            close_request()

    return middleware


def language_of_the_request(get_response: Answer) -> Answer:
    """Speak the language chosen by cookie, else the signed-in person's, else the browser's, else the shop's first.

    Times are the shop's, whoever reads them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC_FILES):
            return get_response(request)
        language = chosen_language(request)
        with translation.override(language), timezone.override(request.store.time_zone):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware


def chosen_language(request: HttpRequest, person=None) -> str:
    """The language of this request, or of the next one by `person`: always one that the product speaks.

    A language that the shop has switched off is spoken to staff, and to customers who have it on their record. So
    whoever sets a shop up in another country than it first stands in reads the backoffice in their own.
    """
    person, spoken = person or request.user, dict(settings.LANGUAGES)
    offered = spoken if request.path.startswith(BACKOFFICE) else request.store.languages
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie in spoken and (cookie in request.store.languages or getattr(person, "is_staff", False)):
        return cookie
    if person.is_authenticated and person.language in spoken:
        return person.language
    for wanted, _weight in translation.trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted[:2] in spoken and wanted[:2] in offered:
            return wanted[:2]
    return request.store.first_language


def refused_methods_get_a_page(get_response: Answer) -> Answer:
    """Show a page where Django answers nothing but 405: whoever reloads after a form has no form to send."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            return not_allowed(request, allowed=response["Allow"])
        return response

    return middleware


def private_pages_are_not_stored(get_response: Answer) -> Answer:
    """`no-store` on every answer to a signed-in person, and on every page that is about one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(PUBLIC_FILES):
            return response
        if request.path.startswith(PRIVATE) or request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
