"""Why rows were refused and cells left out, counted by column and reason, with the first lines of each.

No cell stands among them: they are shown after the customers of a file are gone.
"""

from collections.abc import Iterable
from itertools import groupby

from customers.importing.batch import Reject

REFUSED, LEFT_OUT = "refused", "left out"
MOST, FIRST_LINES = 100, 5


def counted(reasons: list[dict], kind: str, rejects: Iterable[Reject]) -> list[dict]:
    """The reasons with those of more rows; what is beyond a hundred different ones is counted together."""
    found = {(one["kind"], one["column"], one["reason"]): one for one in map(dict, reasons)}
    for reject in rejects:
        key = (kind, reject.column, reject.reason)
        if key not in found and len(found) >= MOST:
            key = (kind, "", "")
        reason = found.setdefault(key, dict(zip(("kind", "column", "reason"), key, strict=True)) | {"count": 0})
        reason["count"] += 1
        reason["lines"] = [*reason.get("lines", ()), reject.line][:FIRST_LINES]
    return list(found.values())


def by_row(warnings: list[Reject]) -> list[Reject]:
    """One for each row, with all its columns and reasons."""
    rows = (list(cells) for _line, cells in groupby(sorted(warnings), key=lambda one: one.line))
    return [
        one[0]._replace(column=_joined(cell.column for cell in one), reason=_joined(cell.reason for cell in one))
        for one in rows
    ]


def _joined(words: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(words))
