"""`make bench`: how fast it is with 10,000, 100,000 and 1,000,000 customers, beside what nobody could beat."""

import argparse
import signal
import sys
from contextlib import ExitStack, contextmanager

from tests.benchmarks import alike, draws, erasure, load, meanwhile, ordering, pages, report, timing, transfer
from tests.benchmarks.databases import SIZES, Database, why_not
from tests.benchmarks.server import Site, running

PARTS = ("pages", "pairs", "draws", "load", "ordering", "transfer", "meanwhile", "erasure", "alike")
OTHERS = ("import", "erasure", "alike")  # databases that belong to a part
NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def main() -> None:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the servers go with it
    for vendor in options.on:
        if reason := why_not(vendor):
            show(f"{NAMES[vendor]}: not measured, because {reason}")
        elif options.drop:
            for database in [*_databases(vendor, options.sizes), *(Database(vendor, name) for name in OTHERS)]:
                database.drop()
        else:
            Run(vendor, _databases(vendor, options.sizes), options).go()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--up-to", default="100k", choices=SIZES, help="all sizes up to this one")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, help="these sizes, the smallest first")
    parser.add_argument("--on", nargs="+", default=list(NAMES), choices=NAMES)
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is visited")
    parser.add_argument("--only", default="", help="pages whose group or name has this in it")
    parser.add_argument("--markdown", action="store_true", help="tables for the README: the worst page of each kind")
    parser.add_argument("--drop", action="store_true", help="drop the databases of these sizes, and end")
    options = parser.parse_args()
    options.sizes = options.sizes or [size for size in SIZES if SIZES[size] <= SIZES[options.up_to]]
    return options


def _databases(vendor: str, sizes: list[str]) -> list[Database]:
    """One of each size; SQLite is for shops of up to 100,000 customers."""
    fitting = [size for size in sizes if vendor == "postgresql" or SIZES[size] <= SIZES["100k"]]
    return [Database(vendor, size) for size in fitting or ["100k"]]


class Run:
    """All that is asked for on one kind of database."""

    def __init__(self, vendor: str, databases: list[Database], options: argparse.Namespace) -> None:
        self.vendor, self.databases, self.options = vendor, databases, options

    def go(self) -> None:
        self.databases[0].run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        if self._wants("pages", "pairs", "draws", "load", "ordering", "transfer"):
            with ExitStack() as servers:
                self._on_servers([servers.enter_context(_site(database)) for database in self.databases])
        if self._wants("transfer"):
            self._import()
        if self._wants("meanwhile"):
            count = SIZES[self.options.sizes[-1]]
            say(f"orders while {count:,} rows are imported")
            found = meanwhile.measure(self.vendor, count)
            self._show("Orders and lists during an import", report.of_times, found)

        if self._wants("erasure") and self.vendor == "postgresql":
            say(f"erasing {erasure.COUNT:,} customers")
            found = erasure.measure(self.databases[-1])
            self._show(f"Erasing at {self.databases[-1].size}", report.of_erasing, found)
        if self._wants("alike") and self.vendor == "postgresql":
            say("doors tried with addresses of every kind")
            title = f"Doors, by whose address it is: median milliseconds of {alike.TRIES} tries"
            self._show(title, report.of_doors, alike.measure(self.vendor, say))

    def _on_servers(self, sites: list[Site]) -> None:
        if self._wants("pages"):
            self._pages("Pages", sites, pages.pages, self.options.rounds)
        if self._wants("pairs"):
            self._pages("Other pairs of filters", sites[-1:], pages.pairs, 3)
        if self._wants("draws") and self.vendor == "postgresql":
            title = f"Searches at {sites[-1].database.size}, statistics drawn anew {draws.DRAWS} times"
            self._show(title, report.of_draws, draws.measure(sites[-1], say))
        if self._wants("load"):
            say("eight clients")
            self._show(f"Eight clients at {sites[-1].database.size}", report.of_load, load.measure(sites[-1]))
        if self._wants("ordering") and self.vendor == "postgresql":
            say("eight guests who order")
            title = f"Eight guests order at {sites[-1].database.size}"
            self._show(title, report.of_ordering, ordering.measure(sites[-1]))
        if self._wants("transfer"):
            say("export")
            if found := transfer.measure_export(sites[-1]):
                self._show("Export over HTTP", report.of_transfers, [found])
            else:
                show(f"\nExport: {transfer.EXPORT} does not answer yet")

    def _pages(self, title: str, sites: list[Site], pages_of, rounds: int) -> None:
        def chosen(facts: dict) -> list[pages.Page]:
            return [page for page in pages_of(facts) if self.options.only in f"{page.group} {page.name}"]

        if not chosen(sites[0].facts):
            show(f"\n{title}: none has “{self.options.only}” in its group or name.")
            return
        timings = timing.measure(sites, chosen, rounds, say)
        by_size = {site.database.size: timings[site.port] for site in sites}
        bare = ", ".join(f"{size} {timing.median_of_bare(found):.1f} ms" for size, found in by_size.items())
        shown = report.of_pages if title == "Pages" else report.of_pairs
        self._show(f"{title}; the bare view takes {bare}", shown, by_size)

    def _import(self) -> None:
        count = SIZES[self.databases[-1].size]
        say(f"import of {count:,} rows")
        found = transfer.measure_import(self.vendor, count)
        self._show("Import", report.of_transfers, found)
        show("\n".join(f"{one.name}: {one.said}" for one in found))

    def _show(self, title: str, table, found) -> None:
        show(f"\n{NAMES[self.vendor]}. {title}\n\n{table(found, markdown=self.options.markdown)}")

    def _wants(self, *parts: str) -> bool:
        return not set(parts).isdisjoint(self.options.parts)


@contextmanager
def _site(database: Database):
    say(f"{database}: making the data, where they are not there yet")
    say(database.make().strip())
    with running(database) as site:
        yield site


def say(words: str) -> None:
    """What goes on, to who waits; rounds write over each other."""
    if words:
        sys.stderr.write(f"\r{words} " if words.startswith("round") else f"\n{words}\n")
        sys.stderr.flush()


def show(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
