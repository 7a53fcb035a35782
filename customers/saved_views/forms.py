from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from customers.models import Segment
from customers.saved_views import queries as saved_views_queries


class SegmentForm(forms.ModelForm):
    """A name for a view of a list; the view itself is what the address bar said."""

    query = forms.CharField(label=_("View"), required=False, max_length=1000, widget=forms.HiddenInput)

    list = forms.ChoiceField(choices=Segment.List, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Segment
        fields = ["name", "query", "list"]
        labels = {"name": _("View name")}
        error_messages = {"name": {"unique": _("A view with this name already exists.")}}

    def clean_list(self) -> str:
        """Without one, it is that of customers."""
        return self.cleaned_data["list"] or Segment.List.CUSTOMERS

    def clean(self) -> dict:
        """A view that the list can show, in the one way of writing it."""
        address = QueryDict(self.cleaned_data.get("query", "").removeprefix("?"))
        which = self.cleaned_data.get("list", Segment.List.CUSTOMERS)
        self.cleaned_data["query"] = query = saved_views_queries.query_of(address, which)
        if not query or not saved_views_queries.FILTERS[which](address).is_valid():
            raise forms.ValidationError(_("Search or filter the list before you save a view."))
        return super().clean()
