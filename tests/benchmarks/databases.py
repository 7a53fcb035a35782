"""The databases of the benchmark: one for each size, made by `migrate`, filled once and kept for the next run."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "benchmark"
SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/").rpartition("/")[0]
PREFIX = os.environ.get("BENCH_DATABASE", "shopadmin_bench")
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}


@dataclass(frozen=True)
class Database:
    """A shop of one size in one kind of database."""

    vendor: str
    size: str

    def __str__(self) -> str:
        return f"{'PostgreSQL' if self.vendor == 'postgresql' else 'SQLite'} {self.size}"

    @property
    def name(self) -> str:
        return f"{PREFIX}_{self.size}"

    @property
    def url(self) -> str:
        return f"{SERVER}/{self.name}" if self.vendor == "postgresql" else f"sqlite:///{self.file}"

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        """What a process that works on it finds in its environment: the settings of production, without limits."""
        return os.environ | {
            "DATABASE_URL": self.url,
            "DATA_DIR": str(FOLDER),
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "DEBUG": "0",
            "RATE_LIMITS": "0",
        }

    def run(self, *command: str) -> str:
        """Run Python with these arguments against it; what it says."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def make(self) -> str:
        """Make what is not there yet: the database, its tables, its data; anew where the data are out of date."""
        try:
            return self._make()
        except subprocess.CalledProcessError:
            self.drop()
            return self._make()

    def _make(self) -> str:
        self._create()
        self.run("manage.py", "migrate", "--verbosity=0")
        return self.run("-m", "tests.benchmarks.shop", str(SIZES[self.size])) if self.size in SIZES else ""

    def copy_of(self, other: "Database") -> None:
        """Make it a copy of another one, in place of what it was; PostgreSQL only."""
        self.drop()
        self._administer(f'CREATE DATABASE "{self.name}" TEMPLATE "{other.name}"')

    def drop(self) -> None:
        if self.vendor == "postgresql":
            self._administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        for file in FOLDER.glob(f"{self.file.name}*"):
            file.unlink()

    def execute(self, statement: str) -> None:
        """One statement outside of any transaction; PostgreSQL only."""
        with psycopg.connect(self.url, autocommit=True, options="-c statement_timeout=0") as connection:
            connection.execute(statement)

    def _create(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        if self.vendor == "postgresql" and not self._exists():
            self._administer(f'CREATE DATABASE "{self.name}"')

    def _exists(self) -> bool:
        with psycopg.connect(f"{SERVER}/postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return found.fetchone() is not None

    def _administer(self, statement: str) -> None:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
            connection.execute(statement)


def why_not(vendor: str) -> str:
    """What is in the way of measuring on such a database; empty where nothing is."""
    if vendor == "postgresql":
        try:
            psycopg.connect(f"{SERVER}/postgres", connect_timeout=3).close()
        except psycopg.OperationalError as error:
            return str(error).strip().splitlines()[-1]
    return ""
