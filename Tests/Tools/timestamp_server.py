"""A private time-stamp server (RFC 3161 over HTTP): OpenSSL's `ts` command, with an authority of its own.

Listens on a free port of 127.0.0.1 and writes JSON lines to its standard output: the port once it listens, and each
request that it does not answer. Ends when its standard input does. The folder gets ca.pem, the certificate that vouches for its tokens.

    timestamp_server.py '{"folder": "/tmp/tsa", "answer": "token"}'

Options: folder; answer: token (what is asked for), other-nonce, other-imprint, refusal, spoiled (a signature that does
not hold), garbage, large, status (500) or silence.
"""

import http.server
import json
import os
import subprocess
import sys
import threading

OPTIONS = json.loads(sys.argv[1])
ANSWER = OPTIONS.get("answer", "token")
LOCK = threading.Lock()
CONFIGURATION = f"""
[tsa]
default_tsa = this
[this]
serial = serial
default_policy = 1.2.3.4
digests = {"sha512" if ANSWER == "refusal" else "sha256"}
signer_digest = sha256
ess_cert_id_alg = sha256
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def prepare():
    os.chdir(OPTIONS["folder"])
    for name, text in [("tsa.cnf", CONFIGURATION), ("serial", "01\n")]:
        with open(name, "w", encoding="ascii") as file:
            file.write(text)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=Root of Time", "-keyout", "ca.key", "-out", "ca.pem")
    openssl("req", *curve, "-subj", "/CN=Clock Tower", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "tsa.cnf", "-extensions", "extensions", "-out", "tsa.pem")


def reply(request):
    """The answer to a request, by way of files."""
    with LOCK:
        with open("request", "wb") as file:
            file.write(request)
        imprint = request[request.index(b"\x04\x20") + 2:][:32]
        if ANSWER == "other-imprint":
            with open("request", "wb") as file:
                file.write(request.replace(imprint, bytes(32)))
        if ANSWER == "other-nonce":
            openssl("ts", "-query", "-digest", imprint.hex(), "-sha256", "-cert", "-out", "request")
        answer = openssl("ts", "-reply", "-queryfile", "request", "-config", "tsa.cnf", "-signer", "tsa.pem", "-inkey",
                         "tsa.key", "-chain", "ca.pem")
    return answer[:-1] + bytes([answer[-1] ^ 1]) if ANSWER == "spoiled" else answer


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"] != "application/timestamp-query" or ANSWER == "status":
            return self.say(500, b"")
        if ANSWER == "silence":
            print(json.dumps({"asked": True}), flush=True)
            return threading.Event().wait()
        fixed = {"garbage": b"<html>It works!</html>", "large": b"\x30\x84\x7f\xff\xff\xff" + bytes(1 << 20)}
        self.say(200, fixed[ANSWER] if ANSWER in fixed else reply(request))

    def say(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


prepare()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
# Clients hang up where they have seen enough.
server.handle_error = lambda *_: None
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"port": server.server_address[1]}), flush=True)
sys.stdin.read()
os._exit(0)
