"""What a merge would do, in sentences for whoever is about to."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.merging.fields import may_be_mailed, stricter_access
from customers.models import Customer, Merge
from shopadmin.rendering import formats


def consequences(kept: Customer, merged: Customer) -> list[str]:
    """Everything that merging these two would do beside what is chosen by field."""
    return [
        *_moving(merged),
        _("%(merged)s can no longer be used to sign in. Orders placed with it go to the customer you keep.")
        % {"merged": merged.email},
        *_access(kept, merged),
        *_marketing(kept, merged),
        _telling([customer.email for customer in (kept, merged) if customer.is_registered]),
        _("You can undo this until %s.") % formats.long_day(Merge().last_day),
    ]


def doubt(kept: Customer, merged: Customer) -> str:
    """What speaks for keeping the other record instead; empty when nothing does."""
    if merged.is_registered and not kept.is_registered:
        words = _(
            "%(merged)s has an account, but %(kept)s does not. After merging, the customer cannot sign "
            "in. Keep the other customer instead?"
        )
        return words % {"kept": kept.email, "merged": merged.email}
    return ""


def _moving(merged: Customer) -> list[str]:
    orders, changes, mails = merged.orders_count, merged.history.count(), merged.mails.count()
    notes, tags, consents = merged.dated_notes.count(), merged.customer_tags.count(), merged.consents.count()
    moving = [
        (orders, ngettext("%s order", "%s orders", orders)),
        (changes, ngettext("%s history entry", "%s history entries", changes)),
        (notes, ngettext("%s note", "%s notes", notes)),
        (tags, ngettext("%s tag", "%s tags", tags)),
        (consents, ngettext("%s consent with proof", "%s consents with proof", consents)),
        (mails, ngettext("%s email", "%s emails", mails)),
    ]
    return [_("Moved to the customer you keep: %s.") % ", ".join(words % count for count, words in moving if count)]


def _access(kept: Customer, merged: Customer) -> list[str]:
    if kept.access == merged.access:
        return []
    access = Customer.Access(stricter_access(kept, merged)).label
    return [_("Access: %s, the stricter of the two. You can change it afterwards.") % access]


def _marketing(kept: Customer, merged: Customer) -> list[str]:
    if kept.marketing_consent and not may_be_mailed(kept, merged):
        return [_("No more marketing emails, because consent was most recently withdrawn.")]
    if merged.marketing_consent and not kept.marketing_consent:
        return [_("Consent to marketing emails is not transferred, because it was given for the other email address.")]
    return []


def _telling(addresses: list[str]) -> str:
    if not addresses:
        return _("No email is sent, because neither customer has an account.")
    return _("An email is sent to: %s.") % ", ".join(addresses)
