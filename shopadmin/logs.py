"""What is left out of the log: keys that open something, values of rows, tracebacks where a sentence says it all."""

import logging
import re

from shopadmin.database_state import is_full, is_not_migrated, is_read_only, trouble

# In an address: whoever has the rest of it sees an order, ends a subscription, sets a password or joins the staff.
KEYS = re.compile(
    r"(/(?:order|unsubscribe|privacy/copy|account/email/undo|account/password/reset/key|sign-in/invitation)/)[^/\s'\"]+"
)
# With an error PostgreSQL says which row it met, up to a blank line or the end.
OF_A_ROW = re.compile(r"^(DETAIL|CONTEXT): .*?(?=\n\n|\Z)", re.DOTALL | re.MULTILINE)

NOT_MIGRATED = "The database is not migrated"


class Discreet(logging.Filter):
    """Rewrites a record before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = KEYS.sub(r"\1…", record.getMessage())
        error = record.exc_info[1] if record.exc_info else None
        if reason := error and reason_of(error):
            message, record.exc_info, record.exc_text = f"{reason} ({message})", None, None
        elif error:
            record.exc_text = OF_A_ROW.sub(r"\1: …", logging.Formatter().formatException(record.exc_info))
        record.msg, record.args = OF_A_ROW.sub(r"\1: …", message), ()
        return True


def reason_of(error: BaseException) -> str:
    """Why a request failed, where the code is not to blame; else nothing."""
    if is_read_only(error) or is_full(error):
        return trouble(error)
    try:
        return NOT_MIGRATED if is_not_migrated(error) else ""
    except Exception:  # whatever happens while an error is written down must not take its place
        return ""
