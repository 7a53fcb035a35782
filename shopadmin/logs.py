"""The log: a line of JSON a record, and what is left out of it.

Left out are keys that open something, paths (they hold keys and names), addresses of people, values of rows, and
tracebacks where a sentence says it all.
"""

import json
import logging
import re
from datetime import UTC, datetime
from functools import cache

from django.http import HttpRequest
from django.urls import get_resolver

from shopadmin import request_ids
from shopadmin.database_state import is_away, is_full, is_not_migrated, is_read_only, trouble

# In an address: whoever has the rest of it sees an order, ends a subscription, sets a password or joins the staff.
BEFORE_KEYS = [
    "order", "payments/test", "unsubscribe", "privacy/copy", "account/email/undo", "account/password/reset/key",
    "sign-in/invitation",
]  # fmt: skip
KEYS = re.compile(rf"(/(?:{'|'.join(BEFORE_KEYS)})/)[^/\s'\"]+")
EMAILS = re.compile(r"[^\s@'\"<>(),;:=]{1,64}@[^\s@'\"<>(),;:=]+")
# With an error PostgreSQL says which row it met, up to a blank line or the end.
OF_A_ROW = re.compile(r"^(DETAIL|CONTEXT): .*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE)
# What gunicorn says of a request that it could not read or hand on: its path, who sent it, what it held.
OF_GUNICORN = re.compile(r"(?<=Error handling request )(\w+ )?/.*|(?<=Invalid request from )ip=.*")

NOT_MIGRATED = "The database is not migrated"


class Discreet(logging.Filter):
    """Rewrites a record before it is written, and adds which request it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.about = about(request) if isinstance(request, HttpRequest) else {}
        # Django logs an answer when every middleware is done with it, so that nothing but the request is left to ask.
        record.about |= {"request": record.about.get("request") or request_ids.current.get()}
        message = discreet(record.getMessage(), request)
        error = record.exc_info[1] if record.exc_info else None
        if reason := error and reason_of(error):
            message, record.exc_info, record.exc_text = f"{reason} ({message})", None, None
        elif error:
            record.exc_text = discreet(logging.Formatter().formatException(record.exc_info), request)
        record.msg, record.args = message, ()
        return True


class JsonLine(logging.Formatter):
    """One record in one line, its traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
            "status": getattr(record, "status_code", None),
            "trace": record.exc_text,
        }
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False, default=str)


def about(request: HttpRequest) -> dict[str, str]:
    """Which request it was: its id, and where it went."""
    return {"request": getattr(request, "id", ""), "method": request.method or "", "route": route_of(request)}


def discreet(text: str, request: HttpRequest | None = None) -> str:
    """What may be written down of a text; the path of the request that it is about becomes a route."""
    if isinstance(request, HttpRequest) and len(request.path) > 1:
        route = route_of(request)
        # As Django writes a path into its messages, and as it is.
        for path in (request.path.encode("unicode_escape").decode("ascii"), request.path):
            text = text.replace(path, route)
    text = OF_GUNICORN.sub("…", KEYS.sub(r"\1…", text))
    return OF_A_ROW.sub(r"\1: …", EMAILS.sub("…@…", text))


def route_of(request: HttpRequest) -> str:
    """The path as it stands in the list of routes; of one that leads nowhere, the words that stand in some route."""
    if match := request.resolver_match:
        return f"/{match.route}"
    return "/".join(part if part in _words_of_routes() else "…" for part in request.path.split("/"))


@cache
def _words_of_routes() -> frozenset[str]:
    try:
        patterns, words = [*get_resolver().url_patterns], {""}
        while patterns:
            pattern = patterns.pop()
            words.update(re.findall(r"[\w.-]+", str(pattern.pattern)))
            patterns += getattr(pattern, "url_patterns", [])
        return frozenset(words)
    except Exception:  # whatever happens while an error is written down must not take its place
        return frozenset({""})


def reason_of(error: BaseException) -> str:
    """Why a request failed, where the code is not to blame; else nothing."""
    if is_read_only(error) or is_full(error) or is_away(error):
        return trouble(error)
    try:
        return NOT_MIGRATED if is_not_migrated(error) else ""
    except Exception:  # whatever happens while an error is written down must not take its place
        return ""
