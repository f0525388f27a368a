"""The bad network between a client and `coursework serve`, and a TCP port of a PostgreSQL that has only a socket.

Its argument is JSON: `server` (a port) and `postgres` (a socket's path). The first line of its output tells its own ports:
`faulty`, `silent` and `postgres`. Each POST that comes through `faulty` goes wrong in all of these ways, one after the other,
known by its body: the connection ends; the answer is lost; 503 with Retry-After; 429 with Retry-After; then it is passed on.
Each further line tells of one such request. Nobody answers at `silent`. It ends with its standard input.
"""

import asyncio
import hashlib
import json
import sys
import time

OPTIONS = json.loads(sys.argv[1])
FAULTS = ["cut", "lose", "503", "429"]
RETRY_AFTER = 1
seen: dict[str, int] = {}


async def read_message(reader):
    """A request or an answer with its body; None at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), 0)
    return head, await reader.readexactly(length)


async def ask_server(head, body):
    reader, writer = await asyncio.open_connection("127.0.0.1", OPTIONS["server"])
    writer.write(head + body)
    answer = await read_message(reader)
    writer.close()
    return answer


def next_fault(head, body):
    if not head.startswith(b"POST"):
        return None
    name = hashlib.sha256(body).hexdigest()
    number = seen.get(name, 0)
    seen[name] = number + 1
    fault = FAULTS[number] if number < len(FAULTS) else "none"
    print(json.dumps({"request": name, "fault": fault, "time": time.monotonic()}), flush=True)
    return fault


async def faulty(reader, writer):
    while message := await read_message(reader):
        fault = next_fault(*message)
        if fault == "cut":
            break
        if fault in ("503", "429"):
            problem = b'{"title":"Later","status":' + fault.encode() + b"}"
            writer.write(
                f"HTTP/1.1 {fault} Later\r\nRetry-After: {RETRY_AFTER}\r\nContent-Length: {len(problem)}\r\n"
                "Content-Type: application/problem+json\r\n\r\n".encode() + problem)
            continue
        answer = await ask_server(*message)
        if fault == "lose" or answer is None:
            break
        writer.write(answer[0] + answer[1])
        await writer.drain()
    writer.close()


async def silent(reader, writer):
    await reader.read()
    writer.close()


async def postgres(reader, writer):
    async def pump(source, target):
        while piece := await source.read(1 << 16):
            target.write(piece)
            await target.drain()
        target.close()

    there_reader, there_writer = await asyncio.open_unix_connection(OPTIONS["postgres"])
    await asyncio.gather(pump(reader, there_writer), pump(there_reader, writer), return_exceptions=True)


async def main():
    ports = {}
    for handler in (faulty, silent, postgres):
        server = await asyncio.start_server(handler, "127.0.0.1", 0, limit=1 << 24)
        ports[handler.__name__] = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": ports["faulty"], **ports}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
