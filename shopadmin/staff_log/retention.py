from datetime import timedelta

from django.utils import timezone

from shopadmin.models import StaffLogEntry, StoreSettings
from shopadmin.staff_log.triggers import FLOOR

AT_ONCE = 2_000  # SQLite has one lock for writing, and pages wait for it


def forget_old_entries() -> None:
    """Delete the entries that are past the shop's term."""
    term = max(timedelta(days=StoreSettings.current().staff_log_days), FLOOR + timedelta(hours=1))
    old = StaffLogEntry.objects.filter(at__lt=timezone.now() - term).order_by("pk").values_list("pk", flat=True)
    while numbers := list(old[:AT_ONCE]):
        StaffLogEntry.objects.filter(pk__in=numbers).delete()
