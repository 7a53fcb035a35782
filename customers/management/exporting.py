"""What the commands that export have in common: which rows, where the file goes, and how far it is."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.forms import BooleanField, Form

from customers.exporting.csv_file import SEPARATORS
from customers.exporting.destination import written_to
from shopadmin.management.counted import counted
from shopadmin.management.progress import progress_bar

Export = Callable[..., Iterator[bytes]]


def add_file_arguments(parser: ArgumentParser) -> None:
    """Where the file goes, and how a spreadsheet is to read it."""
    parser.add_argument("file", nargs="?", default="-", help="Output file; - (default) is standard output.")
    words = "Column separator (default: comma). Use semicolon for Dutch or German Excel; amounts are written to match."
    parser.add_argument("--separator", choices=list(SEPARATORS), default="comma", help=words)
    parser.add_argument("--bom", action="store_true", help="Start with a byte order mark, for Excel.")


def add_filter_arguments(parser: ArgumentParser, title: str, form: type[Form], *, but: Iterable[str] = ()) -> None:
    """An option for each field of the list's filter."""
    group = parser.add_argument_group(title)
    for name, field in form.base_fields.items():
        if name not in but:
            kind = {"action": "store_true"} if isinstance(field, BooleanField) else {"metavar": "…"}
            group.add_argument(_option(name), dest=name, help=str(field.label), **kind)


def filtered(rows: QuerySet, form: type[Form], options: dict) -> QuerySet:
    """The rows that the options ask for; a command error names an option that makes no sense."""
    filled = form({name: options.get(name) or "" for name in form.base_fields})
    if not filled.is_valid():
        problems = (f"{_option(name)}: {' '.join(messages)}" for name, messages in filled.errors.items())
        raise CommandError(" ".join(problems))
    return filled.apply(rows)


def write_export(
    command: BaseCommand, thing: str, export: Export, rows: QuerySet, *, file: str, separator: str, bom: bool, **options
) -> None:
    """Write the file piece by piece, and say beside it how many of a thing it has."""
    done = 0

    def count(written: int) -> None:
        nonlocal done
        done = written
        show(written)

    bom = bom or separator == "semicolon"
    try:
        with written_to(file) as output, progress_bar(rows.count()) as show:
            output.writelines(export(rows, separator=SEPARATORS[separator], bom=bom, on_progress=count))
    except OSError as error:
        raise CommandError(f"The file could not be written: {error.strerror}.") from error
    where = "standard output" if file == "-" else file
    command.stderr.write(f"Exported {counted(done, thing)} to {where}.", lambda text: text)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
