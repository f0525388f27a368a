"""A private collector for tests: takes OTLP over HTTP, and reads it with the protobuf classes of OpenTelemetry itself.

Listens on a free port of 127.0.0.1 and writes one JSON line an event to its standard output: the port once it listens, each
request, and each span. Ends when its standard input does.

    trace_receiver.py '{"statuses": [503, 429]}'

Options, all optional: statuses (what to answer first, before 200), always (what to answer to all), retry_after (the field
of answers that are no 200), hang (read each request and answer none).
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

OPTIONS = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
STATUSES = list(OPTIONS.get("statuses") or [])
LOCK = threading.Lock()


def tell(**event):
    with LOCK:
        print(json.dumps(event), flush=True)


def value(any_value):
    return getattr(any_value, any_value.WhichOneof("value"))


def attributes(pairs):
    return {pair.key: value(pair.value) for pair in pairs}


def described(span, resource):
    return {
        "trace": span.trace_id.hex(),
        "span": span.span_id.hex(),
        "parent": span.parent_span_id.hex(),
        "state": span.trace_state,
        "name": span.name,
        "kind": span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_").lower(),
        "start": span.start_time_unix_nano,
        "end": span.end_time_unix_nano,
        "attributes": {key: str(value) for key, value in attributes(span.attributes).items()},
        "types": {pair.key: pair.value.WhichOneof("value") for pair in span.attributes},
        "links": [f"{link.trace_id.hex()}-{link.span_id.hex()}-{link.flags}-{link.trace_state}" for link in span.links],
        "events": [f"{event.name} {event.time_unix_nano} {attributes(event.attributes)}" for event in span.events],
        "status": span.status.code,
        "message": span.status.message,
        "flags": span.flags,
        "resource": {key: str(value) for key, value in resource.items()},
    }


class Collector(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = ExportTraceServiceRequest.FromString(body)
        spans = [
            described(span, attributes(group.resource.attributes))
            for group in request.resource_spans
            for scope in group.scope_spans
            for span in scope.spans
        ]
        sane = (
            self.path == "/v1/traces"
            and self.headers["Content-Type"] == "application/x-protobuf"
            and request.SerializeToString() == body
        )
        status = OPTIONS.get("always") or (STATUSES.pop(0) if STATUSES else 200) if sane else 400
        tell(request=len(spans), status=status, sane=sane)
        if OPTIONS.get("hang"):
            time.sleep(600)
        if status == 200:
            for span in spans:
                tell(**span)
        answer = ExportTraceServiceResponse().SerializeToString()
        self.send_response(status)
        if status != 200 and OPTIONS.get("retry_after") is not None:
            self.send_header("Retry-After", str(OPTIONS["retry_after"]))
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
tell(port=server.server_address[1])
sys.stdin.read()
