"""Writing the staff log: one row a page, in one statement, before the page goes out. No row, no page.

`staff_required` writes it for every page of the backoffice. Whose data a page is about is asked by its address; what
a list shows, the list tells by `shown`. What was searched for is never written: it is somebody's name or address.
"""

import json
import logging
from collections.abc import Collection
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from django.db import connection
from django.http import HttpRequest, HttpResponse

from shopadmin.models import StaffLogEntry

Act = StaffLogEntry.Act
LARGEST = 2**63 - 1
READING = ("GET", "HEAD")
NOW = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"}
COLUMNS = ("actor", "act", "whom", "page", "detail", "address")

log = logging.getLogger(__name__)


class Whom(NamedTuple):
    """How the number of a customer is found: SQL with one gap, and the part of an address that fills it."""

    sql: str
    part: str = "pk"


# The number itself.
THIS_ONE = Whom("CAST(%s AS bigint)")
# The apps add theirs when they are ready. Whom a page is about, by the beginning of its route: the longest knows best.
people: dict[str, Whom] = {}
# What a form of a page does, by the page's name, where that is more than to change.
acts: dict[str, Act] = {}
# Pages that show nobody's data, by the beginning of their route or by the whole of it: reading them is not written.
nobodys: set[str] = {
    "backoffice/settings/", "backoffice/shortcuts/", "backoffice/security/", "backoffice/confirm/",
    "backoffice/mails/previews/",
}  # fmt: skip


def shown(request: HttpRequest, **detail: Any) -> None:
    """Tell what the page of this request shows: numbers of customers and orders, names of filters."""
    request.staff_log_detail = getattr(request, "staff_log_detail", {}) | detail


def about(request: HttpRequest, whom: int) -> None:
    """Tell whom the page of this request is about, where its address does not, or no longer will."""
    request.staff_log_whom = whom


def log_change(request: HttpRequest) -> None:
    """Write down, in the transaction of a view that has its own, what its form does; the guard adds nothing to it."""
    request.staff_log_is_written = True
    write(request, acts.get(request.resolver_match.url_name, Act.CHANGED), actor=request.user.pk)


def log_page(request: HttpRequest, response: HttpResponse, *, actor: int) -> None:
    """Write down that one of the staff gets this answer."""
    is_read = request.method in READING
    if getattr(request, "staff_log_is_written", False):
        return
    if response.status_code >= 400 or request.method == "HEAD" or (is_read and not _shows_somebody(request, response)):
        return
    write(request, _act(request, response, is_read=is_read), actor=actor)


def log_refusal(request: HttpRequest) -> None:
    """Write down that somebody was refused a page."""
    write(request, Act.REFUSED, actor=request.user.pk)


def write(
    request: HttpRequest | None,
    act: Act,
    *,
    actor: int | None,
    whom: Whom | None = None,
    value: Any = None,
    **detail: Any,
) -> None:
    """Write a row, and a line of the log; `whom` is asked for by `value`, else both by the address.

    Without a request it is the worker or a command that does it; `page` in `detail` says which.
    """
    if request and whom is None:
        whom, value = _whom(request)
    detail = _told(request) | detail
    page = detail.pop("page", "")
    address = get_adapter().get_client_ip(request) if request else ""
    sql = (
        f"INSERT INTO {StaffLogEntry._meta.db_table} (at, {', '.join(COLUMNS)}) "
        f"VALUES ({NOW[connection.vendor]}, %s, %s, ({(whom or THIS_ONE).sql}), %s, %s, %s) RETURNING id, whom"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [actor, act.value, value, page, json.dumps(detail), address])
        number, found = cursor.fetchone()
    line = {"entry": number, "actor": actor, "act": act.value, "whom": found, "page": page, "address": address}
    log.info("%s", json.dumps(line | detail))


def _told(request: HttpRequest | None) -> dict[str, Any]:
    """The page, the numbers in its address, and what it tells itself."""
    match = request and request.resolver_match
    if not match:
        return {}
    at = {"at": match.kwargs} if match.kwargs else {}
    return {"page": match.url_name, **at, **getattr(request, "staff_log_detail", {})}


def _whom(request: HttpRequest) -> tuple[Whom, Any]:
    if told := getattr(request, "staff_log_whom", None):
        return THIS_ONE, told
    match = request.resolver_match
    route, kwargs = (match.route, match.kwargs) if match else ("", {})
    found = max((begin for begin in people if route.startswith(begin)), key=len, default="")
    value = kwargs.get(people[found].part) if found else None
    if value is None or (isinstance(value, int) and value > LARGEST):
        return THIS_ONE, None
    return people[found], value


def _shows_somebody(request: HttpRequest, response: HttpResponse) -> bool:
    route = request.resolver_match.route
    return response.status_code == 200 and not any(route.startswith(begin) for begin in nobodys)


def _act(request: HttpRequest, response: HttpResponse, *, is_read: bool) -> Act:
    if response.get("Content-Disposition", "").startswith("attachment"):
        return Act.EXPORTED
    if is_read or response.status_code == 200:  # a form that comes back has changed nothing
        return Act.SEARCHED if "filters" in getattr(request, "staff_log_detail", {}) else Act.LOOKED
    return acts.get(request.resolver_match.url_name, Act.CHANGED)


def numbers(rows: Collection, name: str) -> list[int]:
    """The values of a column in the rows of a list, where they have it."""
    found = (row.get(name) if isinstance(row, dict) else getattr(row, name, None) for row in rows)
    return sorted({number for number in found if number is not None})
