"""A mail server that betrays who encrypts (STARTTLS), for tests.

Listens on a free port of 127.0.0.1 and writes one JSON line an event to its standard output: the port once it listens,
and every line it was sent with whether it came encrypted. Ends when its standard input does.

    downgrade_server.py '{"mode": "injected", "certificate": "c.pem", "key": "k.pem"}'

Modes: honest, stripped (offers no STARTTLS), refused (offers it, and says 454), injected (says more in the clear behind
its 220), old (speaks TLS 1.0 and 1.1 only).
"""

import json
import os
import socket
import ssl
import sys
import threading

OPTIONS = json.loads(sys.argv[1])
MODE = OPTIONS["mode"]
LOCK = threading.Lock()


def tell(**event):
    with LOCK:
        print(json.dumps(event), flush=True)


def context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(OPTIONS["certificate"], OPTIONS["key"])
    if MODE == "old":
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def answer(text, encrypted):
    word = text.split(" ")[0].upper()
    if word in ("EHLO", "HELO"):
        offers = ["here", "AUTH PLAIN LOGIN"]
        if not encrypted and MODE != "stripped":
            offers.append("STARTTLS")
        return "\r\n".join(f"250{' ' if offer == offers[-1] else '-'}{offer}" for offer in offers)
    if text.upper() == "AUTH PLAIN":
        return "334 "
    return {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 fine")


def serve(connection):
    encrypted, said = False, ""
    connection.sendall(b"220 ready\r\n")
    file = connection.makefile("rb")
    while line := file.readline():
        text = line.decode(errors="replace").strip()
        tell(line=text, encrypted=encrypted)
        word = text.split(" ")[0].upper()
        if said.startswith("354") and text != ".":
            continue
        if word != "STARTTLS":
            said = "235 welcome" if said == "334 " else answer(text, encrypted)
            connection.sendall(said.encode() + b"\r\n")
            continue
        if MODE == "refused":
            connection.sendall(b"454 4.7.0 not now\r\n")
            continue
        extra = b"250-here\r\n250 AUTH PLAIN LOGIN\r\n235 welcome\r\n" if MODE == "injected" else b""
        connection.sendall(b"220 go\r\n" + extra)
        connection = context().wrap_socket(connection, server_side=True)
        file = connection.makefile("rb")
        encrypted = True


def guarded(connection):
    try:
        serve(connection)
    except OSError:
        pass
    connection.close()
    tell(closed=True)


def accept(listener):
    while True:
        threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=accept, args=(listener,), daemon=True).start()
tell(port=listener.getsockname()[1])
sys.stdin.read()
os._exit(0)
