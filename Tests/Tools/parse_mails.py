"""Reads mails with Python's own `email` package, many in one process.

Each line of standard input is a mail in base64; each line of standard output is what Python understood of it, as JSON:
its fields in order, the parts that are not multipart, and everything it found wrong. With the argument `bodies` it is the
text of the mail alone, in base64.
"""

import base64
import email
import email.policy
import json
import sys


def part(part):
    disposition = part["content-disposition"]
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
    message = email.message_from_bytes(content, policy=email.policy.SMTPUTF8)
    return {
        "names": message.keys(),
        "values": [str(value) for value in message.values()],
        "structure": [each.get_content_type() for each in message.walk()],
        "parts": [part(each) for each in message.walk() if not each.is_multipart()],
        "defects": [repr(defect) for each in message.walk() for defect in each.defects]
        + [repr(defect) for value in message.values() for defect in value.defects],
        "longestLine": max(len(line) for line in content.split(b"\r\n")),
    }


def body(content):
    return base64.b64encode(email.message_from_bytes(content).get_payload(decode=True)).decode()


understand = body if "bodies" in sys.argv else parsed
for line in sys.stdin.buffer:
    print(json.dumps(understand(base64.b64decode(line))))
