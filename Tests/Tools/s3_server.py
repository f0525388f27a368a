"""S3 as moto plays it, private to one test, with what moto lets pass: every signature is computed anew by botocore.

The only argument is JSON: `bucket` is made; `accessKeyID` and `secretAccessKey` are whose signature counts; `answers` are
statuses that the first requests get instead, one after another; `spoils` changes a byte of every object that is read.
The first line of output is {"port": …}, then one for each request: {"method": …, "path": …, "status": …}.
"""

import hashlib
import json
import os
import sys
import threading

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

options = json.loads(sys.argv[1])
answers = list(options.get("answers", []))
moto = DomainDispatcherApplication(create_backend_app)
output = threading.Lock()


def tell(line):
    with output:
        print(json.dumps(line), flush=True)


def is_signed(environ, body):
    given = environ.get("HTTP_AUTHORIZATION", "")
    parts = dict(part.strip().split("=", 1) for part in given.partition(" ")[2].split(",") if "=" in part)
    region = parts["Credential"].split("/")[2]
    names = parts["SignedHeaders"].split(";")
    headers = {}
    for name in names:
        variable = name.upper().replace("-", "_")
        headers[name] = environ.get(variable if variable == "CONTENT_TYPE" else "HTTP_" + variable, "")
    url = "http://" + environ["HTTP_HOST"] + environ["RAW_URI"]
    request = AWSRequest(environ["REQUEST_METHOD"], url, headers=headers, data=body)
    request.context["timestamp"] = environ["HTTP_X_AMZ_DATE"]
    credentials = Credentials(options["accessKeyID"], options["secretAccessKey"])
    signer = S3SigV4Auth(credentials, "s3", region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    is_whole = environ.get("HTTP_X_AMZ_CONTENT_SHA256") == hashlib.sha256(body).hexdigest()
    return is_whole and signer.signature(text, request) == parts["Signature"]


class Body:
    def __init__(self, body):
        self.body = body

    def read(self, count=-1):
        taken = self.body if count is None or count < 0 else self.body[:count]
        self.body = self.body[len(taken):]
        return taken


def refuse(start, status, code):
    start(status, [("Content-Type", "application/xml")])
    return [f"<Error><Code>{code}</Code><Message>Not so.</Message></Error>".encode()]


def application(environ, start):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = Body(body)

    def note(status, headers, *rest):
        tell({"method": environ["REQUEST_METHOD"], "path": environ["RAW_URI"], "status": int(status[:3])})
        return start(status, headers, *rest)

    if answers:
        return refuse(note, f"{answers.pop(0)} Told So", "SlowDown")
    if not is_signed(environ, body):
        return refuse(note, "403 Forbidden", "SignatureDoesNotMatch")
    answer = b"".join(moto(environ, note))
    if options.get("spoils") and environ["REQUEST_METHOD"] == "GET" and answer:
        answer = bytes([answer[0] ^ 1]) + answer[1:]
    return [answer]


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


def make_bucket():
    path = "/" + options["bucket"]
    environ = {
        "REQUEST_METHOD": "PUT", "PATH_INFO": path, "RAW_URI": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": Body(b""),
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_AUTHORIZATION": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request",
    }
    b"".join(moto(environ, lambda *_: None))


make_bucket()
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
tell({"port": server.server_port})
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
