"""`make bench`: how fast it is with 10,000, 100,000 and 1,000,000 customers, beside what nobody could beat."""

import argparse
import json
import sys
from contextlib import ExitStack

from tests.benchmarks import pages, report, timing
from tests.benchmarks.databases import SIZES, Database
from tests.benchmarks.server import Site, running

PARTS = ("pages", "pairs")


def main() -> None:
    options = _options()
    if options.drop:
        for vendor in ("postgresql", "sqlite"):
            for size in options.sizes:
                Database(vendor, size).drop()
        return
    for vendor in options.on:
        _run(vendor, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["10k", "100k"], choices=SIZES)
    parser.add_argument("--on", nargs="+", default=["postgresql", "sqlite"], choices=["postgresql", "sqlite"])
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is visited")
    parser.add_argument("--only", default="", help="pages whose group or name has this in it")
    parser.add_argument("--markdown", action="store_true", help="tables for the README: the worst page of each kind")
    parser.add_argument("--drop", action="store_true", help="drop the databases of these sizes, and end")
    return parser.parse_args()


def _run(vendor: str, options: argparse.Namespace) -> None:
    """Everything that is asked for on one kind of database, all sizes side by side."""
    databases = [Database(vendor, size) for size in options.sizes if vendor == "postgresql" or size != "1m"]
    databases[0].run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    with ExitStack() as servers:
        sites = [servers.enter_context(_site(database)) for database in databases]
        if "pages" in options.parts:
            _pages(f"Pages on {vendor}", sites, pages.pages, options.rounds, options)
        if "pairs" in options.parts:
            _pages(f"Other pairs of filters on {vendor}", sites[-1:], pages.pairs, 3, options)


def _site(database: Database):
    _say(f"{database}: making the data, where they are not there yet")
    _say(database.make().strip())
    return running(database, json.loads(database.run("-m", "tests.benchmarks.facts")))


def _pages(title: str, sites: list[Site], pages_of, rounds: int, options: argparse.Namespace) -> None:
    def chosen(facts: dict) -> list[pages.Page]:
        return [page for page in pages_of(facts) if options.only in f"{page.group} {page.name}"]

    timings = timing.measure(sites, chosen, rounds, _say)
    by_size = {site.database.size: timings[site.port] for site in sites}
    bare = ", ".join(f"{size} {timing.median_of_bare(found):.1f} ms" for size, found in by_size.items() if found)
    _print(f"\n{title} (bare view: {bare})\n")
    _print(report.of_pages(by_size, markdown=options.markdown, worst_only=options.markdown))


def _say(words: str) -> None:
    if words:
        sys.stderr.write(f"{words}\n" if not words.startswith("round") else f"\r{words} ")
        sys.stderr.flush()


def _print(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    main()
