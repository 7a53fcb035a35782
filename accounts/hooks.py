"""What accounts add to what lies below: sign-ins in timeline and merges, archive and erasure, and chores."""

from django.utils.translation import gettext_lazy as _

from accounts import mails
from accounts.mail_kinds import KINDS
from accounts.portal import erasure_mails
from accounts.security import archive, set_up_codes
from accounts.signing_in import second_factor_seals, sign_ins
from customers.history import timeline
from customers.merging import merge
from customers.privacy.erasure import summary as erasure_summary
from shopadmin.mail.kinds import kinds
from shopadmin.staff_log import writing
from shopadmin.worker import housekeeping


def register() -> None:
    """Called once, when the app is ready."""
    archive.register()
    erasure_summary.sections.append(erasure_summary.Section(goes=erasure_mails.goes))
    timeline.sections.append(
        timeline.Section("sign-ins", _("Sign-ins"), sign_ins.rows_of_sign_ins, sign_ins.sign_ins_in_words)
    )
    merge.sections.append(merge.Section(sign_ins.move, sign_ins.put_back))
    kinds.extend(KINDS)
    writing.acts["customer_look"] = writing.Act.LOOKED
    housekeeping.chores += [
        sign_ins.forget_old_sign_ins,
        set_up_codes.forget_old_codes,
        second_factor_seals.renew_seals,
        mails.forget_mails_to_strangers,
    ]
