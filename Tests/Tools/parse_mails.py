"""Reads mails with Python's own `email` package, many in one process.

Each line of standard input is a mail in base64; each line of standard output is what Python understood of it, as JSON:
its fields in order, the parts that are not multipart, and everything it found wrong. With the argument `bodies` it is the
text of the mail alone, in base64.
"""

import base64
import email
import email.policy
import functools
import json
import sys


@functools.cache
def field(name, value):
    """A field by the rules of the standards; most mails have most of them in common."""
    return email.policy.SMTPUTF8.header_factory(name, value.replace("\r\n", ""))


def fields(message):
    # Bytes beyond ASCII stand there as surrogates.
    decoded = [(name, str(value).encode("ascii", "surrogateescape").decode()) for name, value in message.raw_items()]
    return [field(name, value) for name, value in decoded]


def named(part, name):
    return next((each for each in fields(part) if each.name.lower() == name), None)


def part(part):
    disposition = named(part, "content-disposition")
    return {
        "type": part.get_content_type(),
        "charset": part.get_content_charset(),
        "disposition": part.get_content_disposition(),
        # Not get_filename(), which takes brackets and quotes off once more.
        "filename": disposition.params.get("filename") if disposition else None,
        "contentID": part["content-id"],
        "content": base64.b64encode(part.get_payload(decode=True)).decode(),
    }


def parsed(content):
    message = email.message_from_bytes(content)
    return {
        "names": [each.name for each in fields(message)],
        "values": [str(each) for each in fields(message)],
        "structure": [each.get_content_type() for each in message.walk()],
        "parts": [part(each) for each in message.walk() if not each.is_multipart()],
        "defects": [repr(defect) for each in message.walk() for defect in each.defects]
        + [repr(defect) for each in message.walk() for value in fields(each) for defect in value.defects],
        "longestLine": max(len(line) for line in content.split(b"\r\n")),
    }


def body(content):
    return base64.b64encode(email.message_from_bytes(content).get_payload(decode=True)).decode()


understand = body if "bodies" in sys.argv else parsed
for line in sys.stdin.buffer:
    print(json.dumps(understand(base64.b64decode(line))))
