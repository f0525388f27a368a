"""A private SMTP server for tests, which can keep back its answer to a mail that it has taken.

Listens on a free port of 127.0.0.1 and writes one JSON line an event to its standard output: the port once it listens, every
mail it has got to its final dot with its recipients and Message-ID, and whether its answer is kept back. Ends when its
standard input does.

SIGUSR2: from now on answers are kept back. SIGUSR1: what was kept back is answered where somebody still listens, and no
answer is kept back any more. With the argument `cut 5` it hangs up instead of answering, for every fifth mail.
"""

import asyncio
import json
import signal
import sys

CUT_EVERY = int(sys.argv[2]) if sys.argv[1:2] == ["cut"] else 0

is_keeping = False
kept = []
mails = 0


def tell(**event):
    print(json.dumps(event), flush=True)


def message_id(lines):
    for line in lines:
        if line.lower().startswith(b"message-id:"):
            return line.split(b":", 1)[1].strip().decode()
        if not line:
            return None


async def take(reader, writer, recipients):
    """Takes a mail up to its final dot. False when the connection is to be closed."""
    global mails
    lines = []
    while (line := (await reader.readuntil(b"\r\n")).removesuffix(b"\r\n")) != b".":
        lines.append(line)
    mails += 1
    is_cut = CUT_EVERY and mails % CUT_EVERY == 0
    tell(mail=message_id(lines), to=recipients, kept=bool(is_keeping or is_cut))
    if is_cut:
        return False
    if is_keeping:
        answered = asyncio.Event()
        kept.append(answered)
        await answered.wait()
    return True


async def serve(reader, writer):
    recipients = []

    async def say(text):
        writer.write(text.encode() + b"\r\n")
        await writer.drain()

    try:
        await say("220 ready")
        while True:
            line = (await reader.readuntil(b"\r\n")).strip()
            verb = line[:4].upper()
            if verb == b"EHLO":
                await say("250-keeping\r\n250 PIPELINING")
            elif verb == b"RCPT":
                recipients.append(line.split(b"<")[1].split(b">")[0].decode())
                await say("250 OK")
            elif verb == b"DATA":
                await say("354 go on")
                if not await take(reader, writer, recipients):
                    return writer.transport.abort()
                recipients = []
                await say("250 OK")
            elif verb == b"QUIT":
                return writer.close()
            else:
                recipients = [] if verb in (b"MAIL", b"RSET") else recipients
                await say("250 OK")
    except (ConnectionError, asyncio.IncompleteReadError):
        writer.close()


def keep():
    global is_keeping
    is_keeping = True


def release():
    global is_keeping
    is_keeping = False
    while kept:
        kept.pop().set()


async def main():
    loop = asyncio.get_running_loop()
    # The thread that starts programs has all signals blocked.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1, signal.SIGUSR2})
    loop.add_signal_handler(signal.SIGUSR2, keep)
    loop.add_signal_handler(signal.SIGUSR1, release)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    tell(port=server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
