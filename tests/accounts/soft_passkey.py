"""A passkey without a browser: answers what a page asks for, as a phone would, or as somebody does who cheats."""

import json
import os
import struct
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

from customers.models import Customer
from tests.shown_page import html_of

USER_IS_THERE, USER_IS_VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def options_in(page: HttpResponse) -> dict:
    """What the browser is asked for, in a page or in the answer to a script."""
    is_json = page["Content-Type"] == "application/json"
    return page.json() if is_json else json.loads(html_of(page).get_element_by_id("passkey-options").text)


class SoftPasskey:
    """One key for one site."""

    def __init__(self, *, origin: str = "http://localhost:8000", domain: str = "localhost", verifies: bool = True):
        self.key, self.id = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.origin, self.domain = origin, domain
        self.flags = USER_IS_THERE | (USER_IS_VERIFIED if verifies else 0)
        self.user_handle, self.pk = "", 0

    def create(self, page: HttpResponse) -> str:
        """Answer a page that adds a passkey."""
        return self.created(options_in(page)["publicKey"])

    def created(self, options: dict) -> str:
        self.user_handle = options["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        made = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(self.flags | HAS_KEY) + made}
        client_data = self._client_data("webauthn.create", options)
        return self._answer(clientDataJSON=client_data, attestationObject=cbor.encode(attested))

    def get(self, page: HttpResponse) -> str:
        """Answer a page that asks for one."""
        client_data = self._client_data("webauthn.get", options_in(page)["publicKey"])
        data = self._data(self.flags)
        signature = self.key.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client_data, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        return sha256(self.domain.encode()).digest() + struct.pack(">BI", flags, 0)

    def _client_data(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        named, coded = websafe_encode(self.id), {name: websafe_encode(value) for name, value in response.items()}
        answer = {"id": named, "rawId": named, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(answer | {"response": coded | {"userHandle": self.user_handle}})


def passkey_of(customer: Customer, name: str = "My phone", **kind) -> SoftPasskey:
    """Give somebody a passkey."""
    passkey, handle = SoftPasskey(**kind), websafe_encode(user_pk_to_url_str(customer).encode())
    answer = passkey.created({"user": {"id": handle}, "challenge": ""})
    passkey.pk = WebAuthn.add(customer, name, json.loads(answer)).instance.pk
    return passkey
