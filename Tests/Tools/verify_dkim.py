"""Verifies DKIM signatures with Debian's python3-dkim, an implementation that is not ours.

    verify_dkim.py '{"rsa._domainkey.school.example": "v=DKIM1; k=rsa; p=…"}'

The argument holds the records of the DNS. Each line of standard input is a mail in base64; each line of standard output
is a JSON list: for each signature of the mail, from the top, whether it holds.
"""

import base64
import json
import sys

import dkim

RECORDS = json.loads(sys.argv[1])


def record(name, timeout=5):
    return RECORDS.get(name.decode().rstrip("."), "").encode()


def holds(message, index):
    try:
        return dkim.DKIM(message).verify(index, dnsfunc=record)
    except dkim.DKIMException:
        return False


for line in sys.stdin.buffer:
    message = base64.b64decode(line)
    count = sum(1 for name, _ in dkim.DKIM(message).headers if name.lower() == b"dkim-signature")
    print(json.dumps([holds(message, index) for index in range(count)]))
