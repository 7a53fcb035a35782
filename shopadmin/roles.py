"""The roles of staff and what each may do. Nothing else knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff is to the shop."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    SUPPORT = "support", _("Support")
    READONLY = "readonly", _("Read-only")


class Right(models.TextChoices):
    """What one may be allowed to do; every backoffice view asks for one."""

    LOOK = "look", _("View everything")
    EDIT = "edit", _("Edit customers and orders")
    ERASE = "erase", _("Erase customers and answer privacy requests")
    EXPORT = "export", _("Export customers")
    IMPORT = "import", _("Import customers")
    MERGE = "merge", _("Merge customers")
    BULK = "bulk", _("Use bulk actions")
    CATALOGUE = "catalogue", _("Edit products")
    RESTRICTED = "restricted", _("View restricted customers, and personal details on orders kept by law")
    SETTINGS = "settings", _("Change settings")
    STAFF = "staff", _("Manage staff")
    STAFF_LOG = "staff_log", _("Read the staff log")


RIGHTS = {
    Role.OWNER: set(Right),
    Role.MANAGER: set(Right) - {Right.RESTRICTED, Right.SETTINGS, Right.STAFF, Right.STAFF_LOG},
    Role.SUPPORT: {Right.LOOK, Right.EDIT},
    Role.READONLY: {Right.LOOK},
}
