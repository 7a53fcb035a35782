"""A real pgbouncer in transaction mode, with nothing ignored, before a PostgreSQL server."""

import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import psycopg
from psycopg.conninfo import conninfo_to_dict

# Debian's is not on everybody's path.
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
READY_WITHIN = 20  # seconds
CONFIG = """
[databases]
* = {server}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
admin_users = {user}
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
"""


class Pooler:
    """`with Pooler(folder, server=URL, port=…) as pooler:`; `size` is how many connections all share."""

    def __init__(self, folder: Path, *, server: str, port: int, size: int = 4) -> None:
        self.folder, self.port = folder, port
        known = conninfo_to_dict(server)
        self.user = known["user"]
        facts = " ".join(f"{name}={known[name]}" for name in ("host", "port", "user", "password") if known.get(name))
        (folder / "pgbouncer.ini").write_text(CONFIG.format(server=facts, user=self.user, port=port, size=size))

    def __enter__(self) -> Self:
        as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
        with open(self.folder / "pgbouncer.log", "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, *as_nobody, str(self.folder / "pgbouncer.ini")], stdout=log, stderr=log
            )
        deadline = time.monotonic() + READY_WITHIN
        while True:
            with suppress(psycopg.OperationalError):
                self.tell("SHOW VERSION")
                return self
            assert time.monotonic() < deadline, (self.folder / "pgbouncer.log").read_text()
            time.sleep(0.05)

    def __exit__(self, *_error) -> None:
        self.process.kill()
        self.process.wait()

    def address_of(self, database: str) -> str:
        """A database behind it, as DATABASE_URL."""
        return f"postgres://{self.user}@127.0.0.1:{self.port}/{database}"

    def tell(self, command: str) -> None:
        """A command to itself, such as RECONNECT."""
        with psycopg.connect(self.address_of("pgbouncer"), autocommit=True, connect_timeout=3) as console:
            console.execute(command)
