"""A register of VAT numbers for tests, which answers as the official test service of VIES does: by number."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = {
    "201": "INVALID_INPUT", "202": "INVALID_REQUESTER_INFO", "300": "SERVICE_UNAVAILABLE", "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT", "400": "VAT_BLOCKED", "401": "IP_BLOCKED", "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME", "600": "MS_MAX_CONCURRENT_REQ", "601": "MS_MAX_CONCURRENT_REQ_TIME",
}  # fmt: skip
INVALID, HTML, CUT_OFF, BROKEN = "200", "html", "cut", "broken"


class Register(BaseHTTPRequestHandler):
    asked: list[dict] = []
    answers = ""  # what it answers whatever it is asked; by number where it is empty

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(question)
        kind = self.answers or question["vatNumber"]
        if kind == HTML:
            return self.reply(503, b"<html>Service Unavailable</html>")
        if kind == BROKEN:
            return self.reply(200, b"[1]")
        answer = json.dumps(self.answer_to(question, kind)).encode()
        return self.reply(200, answer[:9] if kind == CUT_OFF else answer)

    def answer_to(self, question, kind):
        if kind in FAULTS:
            return {"actionSucceed": False, "errorWrappers": [{"error": FAULTS[kind]}]}
        proof = "WAPIAAAAY1234567" if "requesterNumber" in question else ""
        names = {"name": "---", "address": "---"}
        return {**question, **names, "valid": kind != INVALID, "requestIdentifier": proof}

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Say nothing."""


@contextmanager
def register(settings, answers=""):
    """The register on an address of its own; handed the class that holds what it was asked."""
    handler = type("Asked", (Register,), {"asked": [], "answers": answers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    # It looks that often whether it is to end, and each test waits for it.
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.VIES_URL = f"http://127.0.0.1:{server.server_port}"
    try:
        yield handler
    finally:
        server.shutdown()
        server.server_close()
