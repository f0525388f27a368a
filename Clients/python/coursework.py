"""Enqueue jobs in Coursework. One file, Python 3.11 or newer, nothing but its standard library.

    jobs = Coursework("https://jobs.example.org", key)
    job = jobs.enqueue("email.send", {"to": "ada@example.org", "template": "welcome"}, track=True)
    jobs.wait(job.id)["state"]

Each call makes its idempotency key once and asks again under that key, so that a lost answer makes no second job.
``enqueue_in`` needs no server: it writes the job in your own database transaction.
"""

import asyncio
import http.client
import json
import random
import re
import ssl
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

__all__ = ["AsyncCoursework", "Coursework", "CourseworkError", "Enqueued", "enqueue_in"]

Seconds = float | timedelta


@dataclass(frozen=True)
class Enqueued:
    """The job that stands for a call."""

    id: str
    #: enqueued, or why another job stands for it: duplicate, replaced, throttled.
    state: str


class CourseworkError(Exception):
    """What the server refused, or that it could not be reached."""

    _CODES = {
        0: "unreachable", 400: "malformed", 401: "unauthorized", 403: "forbidden", 404: "unknown", 409: "conflict",
        413: "too_large", 422: "invalid", 429: "too_many_requests", 503: "unavailable", 504: "late",
    }

    def __init__(self, status: int, message: str, code: str | None = None):
        super().__init__(message)
        #: Of the answer; 0 where there was none.
        self.status = status
        #: invalid, unavailable, unreachable, …
        self.code = code or self._CODES.get(status, "failed")
        #: What is wrong in the request, as a JSON pointer such as /args/to.
        place = re.match(r"(/\S*) ", message)
        self.field = place[1] if place else None

    @property
    def message(self) -> str:
        return str(self)

    @property
    def may_be_repeated(self) -> bool:
        return self.status in (0, 429, 502, 503, 504)


class Coursework:
    _MOST_JOBS = 10_000
    _LONGEST_PAUSE = 30.0
    _LONGEST_LOOK = 20.0
    _ENDED = frozenset(["done", "discarded", "cancelled", "expired", "dead"])

    def __init__(
        self, url: str, key: str, *, timeout: float = 10.0, attempts: int = 6,
        tls: ssl.SSLContext | None = None,
    ):
        """
        :param key: of ``coursework keys create NAME --role producer``. It is in no message and no repr.
        :param timeout: of one attempt, in seconds.
        :param attempts: how often a call is tried in all; the pauses between them grow from 0.2 to 5 seconds.
        """
        self._url = urlsplit(url.rstrip("/"))
        if self._url.scheme not in ("http", "https") or not self._url.hostname:
            raise ValueError("The address of Coursework must be an http or https URL.")
        # Looked at here: what refuses a header later tells its value.
        if not re.fullmatch(r"[!-~]+", key):
            raise ValueError("The key of Coursework must be printable ASCII, without spaces or line ends.")
        self._key, self._timeout, self._attempts, self._tls = key, timeout, max(1, attempts), tls

    def __repr__(self) -> str:
        return f"Coursework({self._url.geturl()!r})"

    # Enqueueing

    def enqueue(self, type: str, args: Mapping[str, Any] | None = None, **options: Any) -> Enqueued:
        """Stores one job; see :meth:`job` for the options, beside which ``traceparent`` is one."""
        traceparent = options.pop("traceparent", None)
        answer = self._ask("POST", "/v1/jobs", self.job(type, args, **options), traceparent)
        return Enqueued(answer["id"], answer["state"])

    def enqueue_many(
        self, jobs: Iterable[Mapping[str, Any]], *, traceparent: str | None = None
    ) -> list[Enqueued | CourseworkError]:
        """Stores up to 10,000 jobs, each made by :meth:`job`, and answers for each in their order: what is wrong with one
        holds up no other."""
        jobs = [dict(job) for job in jobs]
        if len(jobs) > self._MOST_JOBS:
            raise ValueError(f"{len(jobs)} jobs are too many for one call: {self._MOST_JOBS} are allowed.")
        results: list[Any] = [None] * len(jobs)
        left = list(range(len(jobs)))
        for attempt in range(self._attempts if jobs else 0):
            answers = self._ask("POST", "/v1/jobs", [jobs[place] for place in left], traceparent)["jobs"]
            for place, answer in zip(left, answers, strict=True):
                results[place] = self._result(answer)
            left = [place for place in left if getattr(results[place], "may_be_repeated", False)]
            if not left or attempt + 1 == self._attempts:
                break
            time.sleep(self._pause(attempt))
        return results

    @staticmethod
    def job(
        type: str, args: Mapping[str, Any] | None = None, *, queue: str | None = None, delay: Seconds | None = None,
        at: datetime | None = None, unique: str | None = None, unique_mode: str | None = None,
        unique_window: Seconds | None = None, expire: Seconds | None = None, track: bool | Seconds = False,
        batch: str | None = None, durable: bool = False, idempotency_key: str | None = None,
    ) -> dict[str, Any]:
        """A job as :meth:`enqueue_many` takes it.

        :param idempotency_key: names the business event, such as ``welcome-4711``; by default a new one is made.
        """
        if at is not None and at.tzinfo is None:
            raise ValueError("The time of a job needs a time zone: datetime.now(timezone.utc) + …")
        job = {
            "type": type, "args": args if args is not None else {}, "queue": queue, "delay_ms": _milliseconds(delay),
            "at": at and at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "unique": unique and _filled(key=unique, mode=unique_mode, window_ms=_milliseconds(unique_window)),
            "expire_ms": _milliseconds(expire), "batch": batch, "durable": durable or None,
            "idempotency_key": idempotency_key or uuid.uuid4().hex,
        }
        job["track" if track is True else "track_ms"] = track if track is True else _milliseconds(track or None)
        return _filled(**job)

    # One job

    def status(self, id: str) -> dict[str, Any]:
        """State, progress, result and whatever else is known; of a job that has ended only if it was tracked."""
        return self._ask("GET", self._path(id))

    def wait(self, id: str, timeout: float = 60.0) -> dict[str, Any]:
        """Waits for the end of a tracked job. Raises the code ``timeout`` when it does not come in time."""
        end = time.monotonic() + timeout
        while True:
            look = max(0.0, min(self._LONGEST_LOOK, end - time.monotonic()))
            job = self._ask("GET", self._path(id) + "?" + urlencode({"wait": f"{max(1, int(look * 1000))}ms"}), patience=look)
            if job["state"] in self._ENDED:
                return job
            if time.monotonic() >= end:
                raise CourseworkError(0, f"The job {id} has not ended within {timeout} s.", "timeout")

    def cancel(self, id: str) -> str:
        """cancelled, cancelling (it runs, and is told to stop), or the state in which it had ended."""
        return self._ask("DELETE", self._path(id))["result"]

    # HTTP

    def _ask(
        self, method: str, path: str, body: Any = None, traceparent: str | None = None, patience: float = 0.0
    ) -> Any:
        data = None if body is None else json.dumps(
            body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        for attempt in range(self._attempts):
            is_last = attempt + 1 == self._attempts
            try:
                response, text = self._send(method, path, data, traceparent, patience)
                is_data = response.headers.get_content_type() == "application/json"
                content = json.loads(text) if is_data else None
            except (OSError, http.client.HTTPException, ValueError) as error:
                if is_last or isinstance(error, ssl.SSLCertVerificationError):
                    raise CourseworkError(0, f"Coursework cannot be reached: {error or type(error).__name__}") from None
                time.sleep(self._pause(attempt))
                continue
            refusal = None if response.status < 300 else self._refusal(response.status, text)
            pause = self._pause(attempt, response.headers.get("Retry-After"))
            if refusal and refusal.may_be_repeated and not is_last and pause <= self._LONGEST_PAUSE:
                time.sleep(pause)
            elif is_data:
                return content
            else:
                raise refusal or CourseworkError(response.status, "That is no answer of Coursework.", "failed")

    def _send(
        self, method: str, path: str, data: bytes | None, traceparent: str | None, patience: float
    ) -> tuple[http.client.HTTPResponse, bytes]:
        host, port, timeout = self._url.hostname, self._url.port, self._timeout + patience
        if self._url.scheme == "https":
            context = self._tls or ssl.create_default_context()
            connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
        else:
            connection = http.client.HTTPConnection(host, port, timeout=timeout)
        fields = {"Authorization": f"Bearer {self._key}", "Accept": "application/json", "User-Agent": "coursework-python"}
        if data is not None:
            fields["Content-Type"] = "application/json"
        if trace := _trace(traceparent):
            fields["traceparent"] = trace
        try:
            connection.request(method, self._url.path + path, data, fields)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    @classmethod
    def _pause(cls, attempt: int, retry_after: str | None = None) -> float:
        """In seconds; what the server says counts, and grows with some chance, so that many do not come back together."""
        if retry_after and retry_after.isdigit():
            return float(retry_after) + random.uniform(0, 0.2)
        return min(5.0, 0.2 * 2**attempt) * random.uniform(0.5, 1)

    @classmethod
    def _result(cls, answer: dict[str, Any]) -> Enqueued | CourseworkError:
        if "error" not in answer:
            return Enqueued(answer["id"], answer["state"])
        # The place of a job among the many says nothing to who has its answer.
        detail = re.sub(r"^/\d+(?=/)", "", cls._detail(answer["error"]))
        return CourseworkError(answer["error"].get("status", 0), detail)

    @classmethod
    def _refusal(cls, status: int, text: bytes) -> CourseworkError:
        try:
            return CourseworkError(status, cls._detail(json.loads(text)))
        except (ValueError, AttributeError):
            return CourseworkError(status, f"The answer was {status}.")

    @staticmethod
    def _detail(problem: dict[str, Any]) -> str:
        return problem.get("detail") or problem.get("title") or "It was refused."

    @staticmethod
    def _path(id: str) -> str:
        return "/v1/jobs/" + quote(id, safe=":")


class AsyncCoursework:
    """The calls of :class:`Coursework` as coroutines, each on a thread."""

    def __init__(self, *args: Any, **options: Any):
        self._client = Coursework(*args, **options)

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)

        async def run(*args: Any, **options: Any) -> Any:
            return await asyncio.to_thread(call, *args, **options)

        return run


_OUTBOX = """
    WITH job AS (SELECT coalesce(md5(%s::text)::uuid, gen_random_uuid()) AS id), written AS (
        INSERT INTO coursework.outbox (id, queue, type, args, run_at, trace)
        SELECT id, %s, %s, %s::json, coalesce(%s::timestamptz, clock_timestamp() + make_interval(secs => %s::float8)), %s
        FROM job ON CONFLICT DO NOTHING
    ) SELECT id::text FROM job
    """


def enqueue_in(
    cursor: Any, queue: str, type: str, args: Mapping[str, Any] | None = None, *, delay: Seconds | None = None,
    at: datetime | None = None, idempotency_key: str | None = None, traceparent: str | None = None,
) -> str:
    """Writes a job in the transaction of a cursor (psycopg or psycopg2): it is one exactly if that is committed.

    Answers the id of the job. Nothing is checked but its form: a wrong payload becomes a dead letter.
    """
    key = None if idempotency_key is None else f"{queue}:{idempotency_key}"
    seconds = delay.total_seconds() if isinstance(delay, timedelta) else delay
    text = json.dumps(args if args is not None else {}, ensure_ascii=False, allow_nan=False)
    cursor.execute(_OUTBOX, (key, queue, type, text, at, seconds, _trace(traceparent)))
    return f"{queue}:{cursor.fetchone()[0]}"


def _milliseconds(time: Seconds | None) -> int | None:
    if time is None:
        return None
    return round((time.total_seconds() if isinstance(time, timedelta) else time) * 1000)


def _trace(text: str | None) -> str | None:
    """It may come from a stranger's request: what is none goes no further, and the trace begins with the job."""
    return text if text and re.fullmatch(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", text) else None


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
