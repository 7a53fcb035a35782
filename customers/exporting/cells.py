"""What the database writes into each cell of an export: SQL of the columns' names.

PostgreSQL's `COPY` leaves nothing to Python, so that there every cell is worked out in SQL; on SQLite the bare
values come, and `written` words them the same way.
"""

from datetime import UTC, datetime
from decimal import Decimal

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    DecimalField,
    Expression,
    F,
    Field,
    Func,
    OuterRef,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Col

from customers.exporting.formulas import DANGEROUS, defuse
from customers.importing.columns import BY_NAME
from customers.models import Customer, CustomerTag
from customers.privacy import unsubscribe


def cell(name: str, separator: str = ",") -> Expression:
    """The expression that fills a column; addresses are joined under the names of their kinds.

    A file parted by semicolons is one for spreadsheets that write amounts with a comma, and take 3.50 for a day in May.
    """
    if name in SPECIAL:
        return SPECIAL[name]()
    kind = BY_NAME[name].kind
    if kind:
        return Defused(F(f"{kind}__{name.removeprefix(f'{kind}_')}"))
    return _of_customer(Customer._meta.get_field(name), separator)


def written(value, separator: str = ","):
    """A bare value as PostgreSQL writes it by the expression."""
    if isinstance(value, Decimal) and separator == ";":
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, str):
        return defuse(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _of_customer(field: Field, separator: str) -> Expression:
    if isinstance(field, BooleanField):
        return Case(When(**{field.name: True}, then=Value("yes")), default=Value("no"))
    if isinstance(field, DecimalField) and separator == ";":
        return WithComma(F(field.name))
    if isinstance(field, DateTimeField):
        return Moment(F(field.name))
    is_anybodys_text = isinstance(field, CharField | TextField) and not field.choices
    return Defused(F(field.name)) if is_anybodys_text else F(field.name)


def _tags() -> Expression:
    carried = CustomerTag.objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    return Defused(Subquery(carried.annotate(names=Joined(F("tag__name"))).values("names")))


def _unsubscribe_link() -> Expression:
    link = unsubscribe.link_in_sql()
    return Case(When(marketing_consent=True, then=link), default=None, output_field=TextField())


SPECIAL = {"customer_number": lambda: F("pk"), "tags": _tags, "unsubscribe_link": _unsubscribe_link}


class Defused(Func):
    """A text that no spreadsheet runs (`formulas.py`); NULL where it is empty, which `COPY` does not quote."""

    output_field = TextField()
    FORMULA = "'^''*[{}]'".format("".join(DANGEROUS).replace("-", "") + "-")
    CODES = ",".join(str(ord(sign)) for sign in DANGEROUS)

    def as_sql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        return compiler.compile(self.source_expressions[0])

    def as_postgresql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        """Nearly every text begins with a letter: that is asked first, and a regular expression hardly ever."""
        text, params = compiler.compile(self.source_expressions[0])
        if not isinstance(self.source_expressions[0], Col):
            return f"regexp_replace({text}, {self.FORMULA}, '''\\&')", params
        return (
            f"CASE WHEN ascii({text}) > 64 THEN {text} WHEN {text} = '' THEN NULL "
            f"WHEN ascii({text}) IN ({self.CODES}) OR ascii({text}) = 39 AND {text} ~ {self.FORMULA} "
            f"THEN '''' || {text} ELSE {text} END",
            params,
        )


class WithComma(Func):
    """An amount with a decimal comma."""

    output_field = DecimalField()

    def as_sql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        return compiler.compile(self.source_expressions[0])

    def as_postgresql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        amount, params = compiler.compile(self.source_expressions[0])
        return f"replace({amount}::text, '.', ',')", params


class Joined(Aggregate):
    """The texts in the order of the alphabet, with commas between."""

    output_field = TextField()
    function = "string_agg"
    template = "%(function)s(%(expressions)s, ', ' ORDER BY %(expressions)s)"

    def as_sqlite(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        # In no order: its group_concat learned ORDER BY in 3.44 only.
        return self.as_sql(compiler, connection, template="group_concat(%(expressions)s, ', ')", **kwargs)


class Moment(Func):
    """A moment as `isoformat` writes it, to the second."""

    output_field = TextField()

    def as_sql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        return compiler.compile(self.source_expressions[0])

    def as_postgresql(self, compiler, connection, **kwargs) -> tuple[str, tuple]:
        moment, params = compiler.compile(self.source_expressions[0])
        return f"""to_char({moment}, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')""", params
