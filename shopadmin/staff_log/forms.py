from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopadmin.models import StaffLogEntry


class StaffLogFilter(forms.Form):
    """Which entries to show; what makes no sense shows none."""

    actor = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    whom = forms.IntegerField(label=_("Customer number"), required=False, min_value=1, max_value=2**63 - 1)
    act = forms.ChoiceField(label=_("What"), required=False, choices=[("", _("Any")), *StaffLogEntry.Act.choices])
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.staff().order_by("first_name", "pk")
        self.fields["actor"].choices = [("", _("Everyone")), *((str(one.pk), str(one)) for one in staff)]

    def entries(self) -> QuerySet[StaffLogEntry]:
        """What the filters let through."""
        if not self.is_valid():
            return StaffLogEntry.objects.none()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        if day := wanted.pop("day", None):
            begin = timezone.make_aware(datetime.combine(day, time.min))
            wanted |= {"at__gte": begin, "at__lt": begin + timedelta(days=1)}
        return StaffLogEntry.objects.filter(**wanted)
