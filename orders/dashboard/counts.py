"""All that the dashboard counts, in one query: what waits for attention, what is left to set up, what is broken."""

from datetime import date
from functools import lru_cache

from django.db.models import Count, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from customers.history.triggers import TRIGGERS
from customers.models import UnwrittenErasure
from orders.dashboard import needs_attention
from orders.setting_up import steps
from shopadmin.lists.precompiled_query import PrecompiledQuery
from shopadmin.models import StoreSettings


def read_counts(store: StoreSettings, *, for_owner: bool, sees_restricted: bool) -> dict:
    """Return everything by name; what only owners are told is counted for them alone.

    The names are those of `needs_attention`, and `guide_…` of `setting_up.steps`.
    """
    has_guide = for_owner and not store.guide_hidden
    [found] = _query(for_owner, has_guide, sees_restricted, timezone.localdate()).row() or [{}]
    return found | (needs_attention.kept_too_long(found, store) if for_owner else {})


@lru_cache(maxsize=16)
def _query(for_owner: bool, with_guide: bool, sees_restricted: bool, _today: date) -> PrecompiledQuery:
    """The query of one day, by which goes what is overdue."""
    unwritten = UnwrittenErasure.objects.annotate(one=Value(1)).values("one").annotate(many=Count("pk")).values("many")
    asked = needs_attention.subqueries(sees_restricted=sees_restricted) | {"erasures_unwritten": Subquery(unwritten)}
    if for_owner:
        asked |= {"triggers": TRIGGERS.number_standing(), "oldest_document": needs_attention.oldest_document()}
    if with_guide:
        asked |= steps.subqueries()
    return PrecompiledQuery(lambda: StoreSettings.objects.values_list(JSONObject(**asked))[:1])
