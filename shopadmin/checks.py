"""What `manage.py check --deploy` refuses beyond Django's own checks."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def limits_are_kept(**kwargs) -> list[CheckMessage]:
    """Without limits, passwords can be guessed and mailboxes flooded."""
    if settings.RATE_LIMITS:
        return []
    return [Error("RATE_LIMITS is 0: that is for load runs only.", hint="Unset RATE_LIMITS.", id="shopadmin.E001")]


@register(Tags.security, deploy=True)
def site_is_served_over_https(**kwargs) -> list[CheckMessage]:
    """Links in mails, cookies and HSTS all follow from SITE_URL."""
    if settings.OVER_HTTPS:
        return []
    return [
        Error(
            "SITE_URL does not begin with https://.",
            hint="Set SITE_URL to the address of the shop.",
            id="shopadmin.E002",
        )
    ]
