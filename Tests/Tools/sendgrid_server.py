"""A private server that takes mail as SendGrid's HTTP API v3 documents it (POST /v3/mail/send), and checks every request.

Listens on a free port of 127.0.0.1 and writes one JSON line an event to its standard output: the port once it listens,
and every mail it took. Ends when its standard input does.

    sendgrid_server.py '{"key": "SG.key", "answers": [{"status": 429, "headers": {"X-RateLimit-Reset": "+60"}}]}'

Options: key (the API key), answers (what to say to the first requests, whatever they are: status, headers, body, or
drop: hang up instead of answering; a header value that begins with + is that many seconds from now, since 1970).
"""

import http.server
import json
import os
import re
import sys
import threading
import time

OPTIONS = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
ANSWERS = list(OPTIONS.get("answers", []))
LOCK = threading.Lock()
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
RESERVED = {
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from",
    "subject", "reply-to", "cc", "bcc",
}


class Mistake(Exception):
    def __init__(self, field, message):
        self.field, self.message = field, message


def need(condition, field, message):
    if not condition:
        raise Mistake(field, message)


def check_address(address, field):
    need(isinstance(address, dict) and set(address) <= {"email", "name"}, field, "Bad address object.")
    need(ADDRESS.fullmatch(address.get("email", "")), f"{field}.email", "Does not contain a valid address.")
    need(isinstance(address.get("name", ""), str), f"{field}.name", "Bad name.")


def check(mail):
    known = {"personalizations", "from", "reply_to", "subject", "content", "headers", "attachments", "custom_args"}
    need(set(mail) <= known, None, f"Unknown keys {set(mail) - known}.")
    need("personalizations" in mail, "personalizations", "The personalizations field is required.")
    need(1 <= len(mail["personalizations"]) <= 1000, "personalizations", "There must be 1 to 1000.")
    for index, one in enumerate(mail["personalizations"]):
        field = f"personalizations.{index}"
        need(one.get("to"), f"{field}.to", "The to array is required and must have at least one object.")
        seen = set()
        for kind in ("to", "cc", "bcc"):
            need(one.get(kind, [1]), f"{field}.{kind}", "An empty array is not taken.")
            for address in one.get(kind, []):
                check_address(address, f"{field}.{kind}")
                need(address["email"].lower() not in seen, field, "Each address should be unique.")
                seen.add(address["email"].lower())
    check_address(mail["from"], "from")
    arguments = mail.get("custom_args", {})
    need(all(isinstance(value, str) for value in arguments.values()), "custom_args", "Must be strings.")
    need(len(json.dumps(arguments)) <= 10000, "custom_args", "Too long.")
    if "reply_to" in mail:
        check_address(mail["reply_to"], "reply_to")
    need(mail.get("subject"), "subject", "The subject is required.")
    types = [content["type"] for content in mail["content"]]
    need(types in (["text/plain"], ["text/html"], ["text/plain", "text/html"]), "content", "text/plain comes first.")
    need(all(content["value"] for content in mail["content"]), "content", "The value must be a string of some length.")
    need(not RESERVED & {name.lower() for name in mail.get("headers", {})}, "headers", "A reserved header.")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with LOCK:
            answer = ANSWERS.pop(0) if ANSWERS else None
        if answer is not None:
            return self.say_scripted(answer)
        try:
            need(self.path == "/v3/mail/send", None, "not found")
            need(self.headers["Content-Type"] == "application/json", None, "Content-Type should be application/json.")
            if self.headers["Authorization"] != f"Bearer {OPTIONS['key']}":
                return self.say(401, {}, errors("The provided authorization grant is invalid.", None))
            mail = json.loads(body)
            check(mail)
        except Mistake as mistake:
            return self.say(400, {}, errors(mistake.message, mistake.field))
        tell(mail=mail)
        self.say(202, {"X-Message-Id": "14c5d75ce93.dfd.64b469"}, "")

    def say_scripted(self, answer):
        if answer.get("drop"):
            self.close_connection = True
            return
        headers = {
            name: str(int(time.time()) + int(value)) if value.startswith("+") else value
            for name, value in answer.get("headers", {}).items()
        }
        self.say(answer["status"], headers, answer.get("body", ""))

    def say(self, status, headers, body):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def errors(message, field):
    return json.dumps({"errors": [{"message": message, "field": field, "help": None}]})


def tell(**event):
    with LOCK:
        print(json.dumps(event), flush=True)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
tell(port=server.server_address[1])
sys.stdin.read()
os._exit(0)
