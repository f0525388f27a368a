"""A private SMTP server for tests, made of Debian's python3-aiosmtpd.

Listens on a free port of 127.0.0.1 and writes one JSON line an event to its standard output: the port once it listens,
every connection, and every mail it took, parsed by Python's own `email` package. Ends when its standard input does.

    smtp_server.py '{"auth": "user:password", "rcpt": "550 5.1.1 No such user"}'

Options, all optional: auth (user:password), tls (starttls or implicit, with certificate and key), mail, rcpt and data
(what to answer instead of 250), drop (data: hang up instead of answering for a mail; idle: hang up on the first command
after a mail), smtputf8 (take addresses in any script).
"""

import asyncio
import base64
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

OPTIONS = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}


def tell(**event):
    print(json.dumps(event), flush=True)


def parsed(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "type": message.get_content_type(),
        "parts": [
            {
                "type": part.get_content_type(),
                "charset": part.get_content_charset(),
                "content": base64.b64encode(part.get_payload(decode=True)).decode(),
            }
            for part in parts
        ],
        "defects": [repr(defect) for part in message.walk() for defect in part.defects]
        + [repr(defect) for value in message.values() for defect in value.defects],
        "longestLine": max(len(line) for line in content.split(b"\r\n")),
        "raw": base64.b64encode(content).decode(),
    }


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if OPTIONS.get("drop") == "idle" and getattr(session, "has_sent", False):
            server.transport.abort()
        if "mail" in OPTIONS:
            return OPTIONS["mail"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "rcpt" in OPTIONS:
            return OPTIONS["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        session.has_sent = True
        if "data" in OPTIONS:
            return OPTIONS["data"]
        tell(
            mail={
                "sender": envelope.mail_from,
                "recipients": envelope.rcpt_tos,
                "user": getattr(session, "user", None),
                "encrypted": session.ssl is not None or OPTIONS.get("tls") == "implicit",
                "message": parsed(envelope.original_content),
            }
        )
        if OPTIONS.get("drop") == "data":
            server.transport.abort()
        return "250 OK"


class Server(SMTP):
    def connection_made(self, transport):
        super().connection_made(transport)
        tell(connection=True)


def authenticate(server, session, envelope, mechanism, data):
    given = f"{data.login.decode()}:{data.password.decode()}"
    if given != OPTIONS["auth"]:
        return AuthResult(success=False, handled=False)
    session.user = data.login.decode()
    return AuthResult(success=True)


def tls_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(OPTIONS["certificate"], OPTIONS["key"])
    return context


def server():
    starttls = OPTIONS.get("tls") == "starttls"
    return Server(
        Handler(),
        hostname="localhost",
        enable_SMTPUTF8="smtputf8" in OPTIONS,
        tls_context=tls_context() if starttls else None,
        require_starttls=starttls,
        authenticator=authenticate if "auth" in OPTIONS else None,
        auth_required="auth" in OPTIONS,
        auth_require_tls=False,
        loop=asyncio.get_running_loop(),
    )


async def main():
    loop = asyncio.get_running_loop()
    implicit = tls_context() if OPTIONS.get("tls") == "implicit" else None
    listener = await loop.create_server(server, "127.0.0.1", 0, ssl=implicit)
    tell(port=listener.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
