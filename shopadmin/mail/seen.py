from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from shopadmin.access import has_right
from shopadmin.models import Mail
from shopadmin.roles import Right


def mail_seen_by(staff, pk: int, **conditions) -> Mail:
    """The email of a page; PermissionDenied where it is about somebody whom owners alone may see."""
    found = get_object_or_404(Mail.objects.select_related("customer", "replaced_by"), pk=pk, **conditions)
    if found.customer and found.customer.is_restricted and not has_right(staff, Right.RESTRICTED):
        raise PermissionDenied(_("The use of this customer's data is restricted. Only owners of the shop can see it."))
    return found
