"""What every client must do, against a running server: see Tests/ClientTests, which starts it and sets what is read here.

python3 test_coursework.py
"""

import asyncio
import os
import uuid
from datetime import datetime, timedelta, timezone

import psycopg2

from coursework import AsyncCoursework, Coursework, CourseworkError, Enqueued, enqueue_in

QUEUE = "python"
KEY = os.environ["COURSEWORK_KEY"]
NOOP, SLEEP = "diagnostics.noop", "diagnostics.sleep"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

jobs = Coursework(os.environ["COURSEWORK_URL"], KEY)


def error_of(call) -> CourseworkError:
    try:
        call()
    except CourseworkError as error:
        assert KEY not in repr(error), "the key is told"
        return error
    raise AssertionError("nothing went wrong")


def stores_one_job_and_waits_for_it():
    job = jobs.enqueue(SLEEP, {"seconds": 0.1}, queue=QUEUE, track=True, traceparent=TRACE)
    assert job.id.startswith(QUEUE + ":") and job.state == "enqueued", job
    assert jobs.status(job.id)["id"] == job.id
    assert jobs.wait(job.id)["state"] == "done"
    assert jobs.cancel(job.id) == "done"


def one_key_is_one_job_for_one_request():
    key = uuid.uuid4().hex
    first = jobs.enqueue(NOOP, {"course": "größe \U0001f600"}, queue=QUEUE, idempotency_key=key)
    again = jobs.enqueue(NOOP, {"course": "größe \U0001f600"}, queue=QUEUE, idempotency_key=key)
    assert (again.id, again.state) == (first.id, "duplicate"), again
    other = error_of(lambda: jobs.enqueue(NOOP, {"course": "other"}, queue=QUEUE, idempotency_key=key))
    assert (other.status, other.code) == (422, "invalid") and "another request" in other.message


def options_are_taken():
    key = uuid.uuid4().hex
    later = jobs.enqueue(
        NOOP, queue=QUEUE, delay=timedelta(hours=1), unique=key, unique_window=60, expire=7200, track=600)
    assert jobs.status(later.id)["state"] == "scheduled"
    second = jobs.enqueue(NOOP, queue=QUEUE, delay=3600, unique=key, unique_mode="reject")
    assert second == Enqueued(later.id, "duplicate"), second
    assert jobs.cancel(later.id) == "cancelled"
    at = jobs.enqueue(NOOP, queue=QUEUE, at=datetime.now(timezone.utc) + timedelta(hours=1), track=True)
    assert jobs.status(at.id)["state"] == "scheduled"
    assert jobs.cancel(at.id) == "cancelled"
    row = jobs.enqueue(NOOP, queue=QUEUE, durable=True)
    assert uuid.UUID(row.id.split(":")[1]) and row.state == "enqueued"
    assert error_of(lambda: jobs.enqueue(NOOP, queue=QUEUE, batch=f"{QUEUE}:none")).status == 422


def many_have_an_answer_each():
    answers = jobs.enqueue_many(
        Coursework.job(SLEEP, {"seconds": "x" if number == 700 else 0}, queue=QUEUE) for number in range(1001))
    assert len(answers) == 1001 and len({answer.id for answer in answers if isinstance(answer, Enqueued)}) == 1000
    wrong = answers[700]
    assert isinstance(wrong, CourseworkError) and (wrong.code, wrong.field) == ("invalid", "/args/seconds"), wrong
    assert jobs.enqueue_many([]) == []


def errors_say_what_is_wrong():
    wrong = error_of(lambda: jobs.enqueue(SLEEP, {"seconds": "x"}))
    assert (wrong.status, wrong.code, wrong.field) == (422, "invalid", "/args/seconds"), wrong
    assert error_of(lambda: jobs.status(f"{QUEUE}:none")).code == "unknown"
    assert error_of(lambda: Coursework(os.environ["COURSEWORK_URL"], "cwk_x").status("x:y")).code == "unauthorized"
    held = jobs.enqueue(NOOP, queue=QUEUE, delay=3600, track=True)
    assert error_of(lambda: jobs.wait(held.id, timeout=0.2)).code == "timeout"
    assert jobs.cancel(held.id) == "cancelled"
    assert KEY not in repr(jobs)
    try:
        Coursework(os.environ["COURSEWORK_URL"], KEY + "\n")
        raise AssertionError("a key with a line end")
    except ValueError as error:
        assert KEY not in str(error)
    assert jobs.enqueue(NOOP, queue=QUEUE, delay=3600, unique="trace", traceparent="x\r\ny: z").id


def whatever_the_network_does_it_is_one_job():
    faulty = Coursework(os.environ["COURSEWORK_FAULTY_URL"], KEY)
    job = faulty.enqueue(NOOP, {"template": "one"}, queue=QUEUE)
    assert job.state == "duplicate", job
    answers = faulty.enqueue_many([Coursework.job(NOOP, {"template": "many"}, queue=QUEUE) for _ in range(3)])
    assert [answer.state for answer in answers] == ["duplicate"] * 3, answers


def nobody_there_is_said_in_time():
    silent = Coursework(os.environ["COURSEWORK_SILENT_URL"], KEY, timeout=0.2, attempts=2)
    error = error_of(lambda: silent.enqueue(NOOP))
    assert (error.status, error.code) == (0, "unreachable"), error


def a_row_is_a_job_if_it_is_committed():
    connection = psycopg2.connect(os.environ["COURSEWORK_DATABASE"])
    key = uuid.uuid4().hex
    with connection.cursor() as cursor:
        enqueue_in(cursor, QUEUE, NOOP, {"template": "rolled back"})
    connection.rollback()
    with connection.cursor() as cursor:
        row = enqueue_in(cursor, QUEUE, NOOP, {"template": "committed"}, delay=0.01, idempotency_key=key, traceparent=TRACE)
        assert enqueue_in(cursor, QUEUE, NOOP, {"template": "committed"}, idempotency_key=key) == row
        enqueue_in(cursor, QUEUE, NOOP, {"template": "committed"}, at=datetime.now(timezone.utc))
    connection.commit()
    connection.close()


def the_same_without_blocking():
    async def run():
        client = AsyncCoursework(os.environ["COURSEWORK_URL"], KEY)
        stored = await asyncio.gather(*(client.enqueue(NOOP, queue=QUEUE) for _ in range(3)))
        assert len({job.id for job in stored}) == 3

    asyncio.run(run())


for test in [
    stores_one_job_and_waits_for_it, one_key_is_one_job_for_one_request, options_are_taken, many_have_an_answer_each,
    errors_say_what_is_wrong, whatever_the_network_does_it_is_one_job, nobody_there_is_said_in_time,
    a_row_is_a_job_if_it_is_committed, the_same_without_blocking,
]:
    test()
    print("ok", test.__name__)
