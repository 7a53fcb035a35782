"""What every answer carries, whatever its class."""

from django.http import HttpResponse

POLICY = {
    "default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
}  # fmt: skip


def assert_protected(response: HttpResponse, *, policy: set[str] = POLICY, framing: str = "DENY") -> None:
    assert {part.strip() for part in response["Content-Security-Policy"].split(";")} == policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == framing
    assert "camera=()" in response["Permissions-Policy"]
