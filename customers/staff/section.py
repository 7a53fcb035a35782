"""Staff as a section of the settings."""

from django.utils.translation import gettext_lazy as _

from shopadmin.store.sections import Group, Section

SECTION = Section(
    "staff",
    Group.TEAM,
    _("Staff"),
    _("Who can sign in to the backoffice, and what they may do."),
    url_name="staff",
    words=_("employees, users, roles, rights, colleagues"),
)
