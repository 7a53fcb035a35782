from functools import partial

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers.models import Customer, StaffInvitation
from customers.privacy.erasure import erasure_log
from customers.staff import colleagues, section
from customers.staff.forms import RoleForm
from shopadmin.access import staff_required
from shopadmin.edit_conflicts import caught_up
from shopadmin.rendering.pages import render
from shopadmin.roles import Right
from shopadmin.staff_log.writing import log_change
from shopadmin.store.sections import index


@staff_required(Right.STAFF)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Who works in the backoffice, and who is invited to."""
    context = {
        "section": "settings",
        "part": section.SECTION,
        "groups": index(request.store),
        "people": _with_factors(Customer.objects.staff()).order_by(Lower("first_name"), Lower("last_name"), "pk"),
        "invitations": StaffInvitation.objects.select_related("invited_by"),
    }
    return render(request, "customers/staff/staff.jinja", context)


@staff_required(Right.STAFF, again=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a colleague another role."""
    colleague = _colleague(request, pk)
    form, is_saved = _edit_role(request, colleague)
    if is_saved:
        messages.success(request, _("Role of %(name)s saved") % {"name": colleague})
        return redirect("staff")
    return render(request, "customers/staff/role.jinja", {"section": "settings", "colleague": colleague, "form": form})


def _edit_role(request: HttpRequest, colleague: Customer) -> tuple[RoleForm, bool]:
    """The form, and whether it was saved: never over what another owner saved meanwhile."""
    if request.method != "POST":
        return caught_up(partial(RoleForm, initial={"role": colleague.role}), None), False
    with transaction.atomic():
        locked = Customer.objects.locked_colleague(colleague.pk, by=request.user)
        form = caught_up(partial(RoleForm, initial={"role": locked.role}), request.POST)
        if is_right := form.is_valid() and not form.conflicts:
            colleagues.change_role(locked, form.cleaned_data["role"], by=request.user)
    return form, is_right


@staff_required(Right.STAFF)
@require_POST
def staff_sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a colleague out on all devices."""
    colleague = _colleague(request, pk)
    colleagues.end_sessions(colleague, by=request.user)
    messages.success(request, _("%(name)s is signed out on all devices") % {"name": colleague})
    return redirect("staff")


@staff_required(Right.STAFF, again=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_second_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a colleague's second factor away, after asking: they lost what they had, and set up another."""
    colleague = _colleague(request, pk)
    if request.method == "POST":
        colleagues.reset_second_factor(colleague, by=request.user)
        messages.success(request, _("Second factor of %(name)s reset") % {"name": colleague})
        return redirect("staff")
    context = {"section": "settings", "colleague": colleague}
    return render(request, "customers/staff/second_factor_reset.jinja", context)


@staff_required(Right.STAFF, again=True, own_transaction=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a colleague's rights away, after asking."""
    colleague = _colleague(request, pk)
    if request.method == "POST":
        with erasure_log.erasing():  # who is nothing else is erased
            log_change(request)
            colleagues.remove(colleague, by=request.user)
        messages.success(request, _("%(name)s is no longer a member of staff") % {"name": colleague})
        return redirect("staff")
    return render(request, "customers/staff/remove.jinja", {"section": "settings", "colleague": colleague})


def _with_factors(people: QuerySet) -> QuerySet:
    """Each with `has_factor`: whether a password alone does not let them in."""
    real = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return people.annotate(has_factor=Exists(real))


def _colleague(request: HttpRequest, pk: int) -> Customer:
    """Somebody else of the staff: nobody changes or removes themselves."""
    if pk == request.user.pk:
        raise PermissionDenied(_("You cannot change or remove yourself. Ask another owner."))
    return get_object_or_404(Customer.objects.staff(), pk=pk)
