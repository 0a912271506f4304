"""What a shop's server in Python needs for pay-button: order tokens and the webhook.

The standard library only; Python 3.9 or newer. Copy this file, or take PyJWT and standardwebhooks.
"""

import base64
import hashlib
import hmac
import json
import time

LONGEST = 24 * 60 * 60
TOLERANCE = 5 * 60


def sign_order(order: dict, secret: str, expires_in: int = LONGEST) -> str:
    """An order token, for the attribute `order` of `<pay-button>`.

    order: {"id": "A-1001", "amount": {"value": "300", "currency": "TWD"}}, the amount a decimal
        string in major units; also "description", "userId" and "payer".
    secret: PAY_ORDER_SECRET; where it holds several, the first.
    expires_in: seconds, 24 hours at most.
    """
    issued_at = int(time.time())
    header = {"alg": "HS256", "typ": "pay-order+jwt"}
    claims = {
        "aud": "pay-button",
        "iat": issued_at,
        "exp": issued_at + min(expires_in, LONGEST),
        "order": order,
    }
    signed = f"{_part(header)}.{_part(claims)}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_base64url(signature)}"


def read_event(body: bytes, headers: dict, secret: str) -> dict:
    """The event in a webhook's request. Act on each of its ids once; answer 2xx within 10 s.

    body: the request's bytes as they came, before anything parses them.
    headers: with lower-case names.
    secret: PAY_WEBHOOK_SECRET, `whsec_` and Base64.

    Raises ValueError where it is not from the proxy, or older than 5 minutes.
    """
    event_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE:
        raise ValueError("webhook: the timestamp is missing or too far away")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{event_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [each.partition(",") for each in headers.get("webhook-signature", "").split()]
    if not any(
        version == "v1" and hmac.compare_digest(signature.encode(), expected.encode())
        for version, _, signature in given
    ):
        raise ValueError("webhook: the signature is wrong")
    return {"id": event_id, **json.loads(body)}


def _part(value: dict) -> str:
    return _base64url(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
