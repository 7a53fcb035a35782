"""The samples of deploy/ as they can run here: on other ports, with a certificate of their own."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.style import ROOT

DEPLOY = ROOT / "deploy"
CERTIFICATES = "/etc/letsencrypt/live/shop.example"
NGINX = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log stderr;
worker_processes 2;
events {{}}
http {{
    access_log off;
    {temporary}
    include {folder}/shop.conf;
}}
"""
CADDY = """{{
	admin off
	http_port {http}
	https_port {https}
	local_certs
	skip_install_trust
	storage file_system {folder}/caddy
}}
"""


def changed(name: str, changes: Iterable[tuple[str, str]]) -> str:
    """A sample with other words in the place of some of its own, each of which must stand in it."""
    text = (DEPLOY / name).read_text()
    for old, new in changes:
        assert old in text, f"{name} has no {old}"
        text = text.replace(old, new)
    return text


def nginx(folder: Path, *, http: int, https: int, upstreams: tuple[int, int]) -> list[str]:
    """The command that runs nginx with our sample."""
    make_certificate(folder)
    ports = [("    listen [::]:80;\n", ""), ("    listen [::]:443 ssl http2;\n", "")]
    ports += [("listen 80;", f"listen 127.0.0.1:{http};"), ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl")]
    ports += [(f"127.0.0.1:{8000 + number}", f"127.0.0.1:{port}") for number, port in enumerate(upstreams)]
    (folder / "shop.conf").write_text(changed("nginx.conf", [*ports, (CERTIFICATES, str(folder))]))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, temporary=temporary, user=user))
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, *, http: int, https: int, upstreams: tuple[int, int]) -> list[str]:
    """The command that runs Caddy with our sample, less the verb."""
    ports = [(f"127.0.0.1:{8000 + number}", f"127.0.0.1:{port}") for number, port in enumerate(upstreams)]
    text = CADDY.format(folder=folder, http=http, https=https) + changed("Caddyfile", ports)
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def make_certificate(folder: Path) -> None:
    """One for shop.example that nobody has signed but itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    lasting = made.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    certificate = lasting.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
