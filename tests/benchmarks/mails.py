"""An email for each order of the benchmark, as the product writes it, but for its words."""

from collections.abc import Iterator

from shopadmin.models.mail import search_text_of_mail
from tests.benchmarks.people import moment
from tests.benchmarks.purchases import Purchases

MAIL = (
    "name", "customer_id", "to", "language", "subject", "text", "html", "message_id", "state", "created_at", "try_at",
    "sent_at", "search_text",
)  # fmt: skip
SUBJECTS = {"nl": "Je bestelling {}", "de": "Ihre Bestellung {}"}


def mail_rows(purchases: Purchases) -> Iterator[tuple]:
    for number, seconds, person, _basket in purchases:
        at, subject = moment(seconds), SUBJECTS.get(person.language, "Your order {}").format(number)
        yield (
            "order_placed", person.pk, person.email, person.language, subject, subject, f"<p>{subject}</p>",
            f"<{number}@benchmark.example>", "sent", at, at, at, search_text_of_mail(person.email, subject),
        )  # fmt: skip
