from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from customers.browse.filters import CustomerFilter
from customers.exporting.csv_file import SEPARATORS, export, separator_of
from customers.models import Customer
from shopadmin.access import staff_required
from shopadmin.roles import Right


@staff_required(Right.EXPORT)
@require_GET  # HEAD would write the whole file for nobody
def customer_export(request: HttpRequest) -> StreamingHttpResponse:
    """The customers of a view of the list, by its query string, as a file; nobody where a filter makes no sense."""
    view, shoppers = CustomerFilter(request.GET), Customer.objects.shoppers().unrestricted()
    customers = view.apply(shoppers) if view.is_valid() else shoppers.none()
    separator = SEPARATORS.get(request.GET.get("separator", ""), separator_of(request.LANGUAGE_CODE))
    response = StreamingHttpResponse(export(customers, separator=separator), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="customers-{timezone.localdate()}.csv"'
    return response
