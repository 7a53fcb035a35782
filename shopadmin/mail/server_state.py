"""Whether the mail server takes our emails, as far as the worker has found out; nobody waits for it to say so."""

from shopadmin.models import Mail

# A refusal that is not about one email: goodbye, or user name and password. Whatever has a name is no answer at all.
OF_THE_SERVER = {"421", "454", "530", "534", "535", "538"}
NEWEST = 50


def trouble() -> str:
    """Return what became of the last try, if that was the server's fault and nothing was delivered since."""
    failed = Mail.objects.filter(state=Mail.State.QUEUED, tries__gt=0).order_by("-claimed_at").first()
    kind = failed.error.partition(" ")[0] if failed else ""
    if not kind or not (kind[0].isalpha() or kind in OF_THE_SERVER) or _was_delivered_since(failed):
        return ""
    return f"emails wait: {kind}"


def _was_delivered_since(failed: Mail) -> bool:
    newest = Mail.objects.order_by("-created_at", "-id").values_list("sent_at", flat=True)[:NEWEST]
    return any(sent_at and sent_at > failed.claimed_at for sent_at in newest)
