from django.utils.http import url_has_allowed_host_and_scheme


def own_path(wanted: str) -> str:
    """Where to go on, if it is a path of our own; empty for any other, which might lead to a stranger's site."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else ""
