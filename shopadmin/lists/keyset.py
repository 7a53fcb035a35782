"""Comparing rows with a mark, `(a, b) < (x, y)`, as both databases walk an index for it."""

from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan, TupleLookupMixin


class Before(TupleLessThan):
    """Django writes it out with OR for SQLite, which reads all that is alike in the first column then."""

    def as_sqlite(self, compiler, connection):
        return super(TupleLookupMixin, self).as_sql(compiler, connection)


class Beyond(TupleGreaterThan):
    """The same the other way round."""

    def as_sqlite(self, compiler, connection):
        return super(TupleLookupMixin, self).as_sql(compiler, connection)
