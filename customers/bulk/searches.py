"""What bulk actions that no worker has come to yet were asked to look for."""

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from customers.models import BulkAction
from customers.privacy.erasure.names_in_text import Traces
from shopadmin.models.bulk_job import BulkJob

# Upper apps add theirs.
MODELS: list[type[BulkJob]] = [BulkAction]


def forget(traces: Traces) -> None:
    """Before an erasure: stop those that look for these very people; one that runs forgets its search at its end.

    Without its search such an action would be done to everybody.
    """
    for model in MODELS:
        waiting = model.objects.filter(state=model.State.WAITING).exclude(query="")
        for action in waiting.select_for_update(of=["self"]).order_by("pk"):
            if traces.are_in(QueryDict(action.query).get("q", "")):
                with translation.override(action.language):
                    action.finish(model.State.STOPPED, _("Stopped because a customer it searched for was erased."))
