from shopadmin.models.cache import CacheRow
from shopadmin.models.host import Host
from shopadmin.models.mail import Mail
from shopadmin.models.mail_try import MailTry
from shopadmin.models.replaced_legal_text import ReplacedLegalText
from shopadmin.models.search_text_version import SearchTextVersion
from shopadmin.models.staff_log_entry import StaffLogEntry
from shopadmin.models.store import StoreSettings
from shopadmin.models.worker import WorkerSeen

__all__ = [
    "CacheRow",
    "Host",
    "Mail",
    "MailTry",
    "ReplacedLegalText",
    "SearchTextVersion",
    "StaffLogEntry",
    "StoreSettings",
    "WorkerSeen",
]
