"""What the EU's model says on the right of withdrawal, for shops that have no text of their own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.models import Order
from shopadmin.mail.compose import absolute
from shopadmin.models import StoreSettings


def model_text(order: Order) -> str:
    """The model instructions and the model form (Directive 2011/83/EU, annex I) for an order, in the active language.

    Without the sentence that the consumer bears the cost of returning goods: a shop that wants it has to say so.
    """
    shop = _shop()
    is_of_goods = not order.is_of_services
    paragraphs = [
        _("You have the right to withdraw from this contract within 14 days without giving any reason."),
        _(
            "The withdrawal period will expire after 14 days from the day on which you acquire, or a third party other "
            "than the carrier and indicated by you acquires, physical possession of the last good."
        )
        if is_of_goods
        else _("The withdrawal period will expire after 14 days from the day of the conclusion of the contract."),
        _(
            "To exercise the right of withdrawal, you must inform us (%(shop)s) of your decision to withdraw from this "
            "contract by an unequivocal statement, for example a letter sent by post or email. You may use the model "
            "withdrawal form below, but you do not have to. You can also withdraw on our website: %(page)s. If you use "
            "this option, we will confirm receipt of your withdrawal by email without delay."
        )
        % {"shop": shop, "page": absolute(reverse("withdrawal"))},
        _(
            "To meet the withdrawal deadline, it is sufficient for you to send your communication concerning your "
            "exercise of the right of withdrawal before the withdrawal period has expired."
        ),
        _(
            "If you withdraw from this contract, we will reimburse to you all payments received from you, "
            "including the costs of delivery (with the exception of the supplementary costs resulting from your "
            "choice of a type of delivery other than the least expensive type of standard delivery offered by us), "
            "without undue delay and in any event not later than 14 days from the day on which we are informed "
            "about your decision to withdraw from this contract. We will carry out such reimbursement using the "
            "same means of payment as you used for the initial transaction, unless you have expressly agreed "
            "otherwise; in any event, you will not incur any fees as a result of such reimbursement."
        ),
        *(_of_goods() if is_of_goods else ()),
        *_excepted(order),
        _form(shop),
    ]
    return "\n\n".join(paragraphs)


def _form(shop: str) -> str:
    words = _(
        "Model withdrawal form (complete and return this form only if you wish to withdraw from the contract)\n"
        "To %(shop)s:\n"
        "I/We (*) hereby give notice that I/We (*) withdraw from my/our (*) contract of sale of the following "
        "goods (*)/for the provision of the following service (*)\n"
        "Ordered on (*)/received on (*)\n"
        "Name of consumer(s)\n"
        "Address of consumer(s)\n"
        "Signature of consumer(s) (only if this form is notified on paper)\n"
        "Date\n"
        "(*) Delete as appropriate."
    )
    return words % {"shop": shop}


def _of_goods() -> tuple[str, ...]:
    return (
        _(
            "We may withhold reimbursement until we have received the goods back or you have supplied evidence of "
            "having sent back the goods, whichever is the earliest."
        ),
        _(
            "You shall send back the goods or hand them over to us without undue delay and in any event not later than "
            "14 days from the day on which you communicate your withdrawal from this contract to us. The deadline is "
            "met if you send back the goods before the period of 14 days has expired."
        ),
        _(
            "You are only liable for any diminished value of the goods resulting from the handling other than what is "
            "necessary to establish the nature, characteristics and functioning of the goods."
        ),
    )


def _excepted(order: Order) -> list[str]:
    """Art. 6(1)(k): what one cannot withdraw from is said too."""
    names = [line.name for line in order.lines.all() if line.withdrawal_excepted]
    return [_("There is no right of withdrawal for: %s.") % ", ".join(names)] if names else []


def _shop() -> str:
    store = StoreSettings.current()
    town = f"{store.postcode} {store.city}".strip()
    parts = [store.name, store.street, town, store.phone, store.contact_email]
    return ", ".join(part for part in parts if part)
