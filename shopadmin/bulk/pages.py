from django.db.models import Count, QuerySet
from django.http import HttpRequest

from shopadmin.models.bulk_job import BulkJob
from shopadmin.row_ids import is_row_id

PAGE = 50


def page_of(rows: QuerySet, request: HttpRequest) -> tuple[list, int | None]:
    """The newest rows, or those older than `?older=`; and the mark of the page after."""
    mark = request.GET.get("older", "")
    if is_row_id(mark):
        rows = rows.filter(pk__lt=int(mark))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def reasons_of(action: BulkJob) -> list[tuple[str, int]]:
    """Why how many were left alone, the commonest reason first."""
    reasons = action.skips.order_by().values_list("reason").annotate(count=Count("pk")).order_by("-count")
    return in_words(action, reasons)


def in_words(action: BulkJob, counts) -> list[tuple[str, int]]:
    """Reasons by name and their numbers, in words; without those to whom it is done, whose reason is empty."""
    reasons = action.skips.model.Reason
    return [(reasons(reason).label, count) for reason, count in counts if reason]
