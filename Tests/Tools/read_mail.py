"""Reads a mail from standard input with Python's own `email` package, and writes what it understood as JSON."""

import email
import email.policy
import hashlib
import json
import sys



def text(content):
    """Text as it is; of a file its SHA-256."""
    return content if isinstance(content, str) else hashlib.sha256(content).hexdigest()


message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = [part for part in message.walk() if not part.is_multipart()]
print(
    json.dumps(
        {
            "headers": {name.lower(): str(value) for name, value in message.items()},
            "type": message.get_content_type(),
            "parts": [{"type": part.get_content_type(), "text": text(part.get_content())} for part in parts],
            "defects": [repr(defect) for part in message.walk() for defect in part.defects]
            + [repr(defect) for value in message.values() for defect in value.defects],
        }
    )
)
