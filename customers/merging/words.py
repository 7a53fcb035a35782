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
        _("%(merged)s opens no account any more. Who orders with it orders as the customer who is kept.")
        % {"merged": merged.email},
        *_access(kept, merged),
        *_marketing(kept, merged),
        _telling([customer.email for customer in (kept, merged) if customer.is_registered]),
        _("It can be undone until %s.") % formats.long_day(Merge().last_day),
    ]


def doubt(kept: Customer, merged: Customer) -> str:
    """What speaks for keeping the other record instead; empty when nothing does."""
    if merged.is_registered and not kept.is_registered:
        words = _(
            "%(merged)s has an account and %(kept)s has none: after this, nobody can sign in. Keep the other one?"
        )
        return words % {"kept": kept.email, "merged": merged.email}
    return ""


def _moving(merged: Customer) -> list[str]:
    orders, changes, mails = merged.orders_count, merged.history.count(), merged.mails.count()
    notes, tags, consents = merged.dated_notes.count(), merged.customer_tags.count(), merged.consents.count()
    moving = [
        (orders, ngettext("%s order", "%s orders", orders)),
        (changes, ngettext("%s entry of the history", "%s entries of the history", changes)),
        (notes, ngettext("%s note", "%s notes", notes)),
        (tags, ngettext("%s tag", "%s tags", tags)),
        (consents, ngettext("%s consent with its proof", "%s consents with their proofs", consents)),
        (mails, ngettext("%s mail", "%s mails", mails)),
    ]
    return [_("To the record that is kept move: %s.") % ", ".join(words % count for count, words in moving if count)]


def _access(kept: Customer, merged: Customer) -> list[str]:
    if kept.access == merged.access:
        return []
    access = Customer.Access(stricter_access(kept, merged)).label
    return [_("Access: %s, the stricter of both. It can be changed afterwards.") % access]


def _marketing(kept: Customer, merged: Customer) -> list[str]:
    if kept.marketing_consent and not may_be_mailed(kept, merged):
        return [_("No marketing e-mails any more: the newest proof is a withdrawal.")]
    if merged.marketing_consent and not kept.marketing_consent:
        return [_("Consent to marketing e-mails is not taken over: it was given for the other address.")]
    return []


def _telling(addresses: list[str]) -> str:
    if not addresses:
        return _("Nobody is told by mail: neither has an account.")
    return _("A mail tells: %s.") % ", ".join(addresses)
