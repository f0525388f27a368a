"""Runs a program in a terminal of its own, as a person would who looks and types, and tells what came of it as JSON.

    terminal.py COLUMNS ROWS STEPS PROGRAM WORD…

STEPS is a JSON list: ["until", text] waits for it in a frame that begins after the step before, ["resize", columns, rows],
["type", text], ["signal", name], ["touch", file], ["stopped"] waits until the program is.
"""

import fcntl, json, os, pty, select, signal, struct, sys, termios, time

LIMIT_SECONDS = 30


def size(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def is_stopped(program):
    with open(f"/proc/{program}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0] == "T"


def main(columns, rows, steps, words):
    master, slave = pty.openpty()
    size(master, columns, rows)
    before = termios.tcgetattr(slave)
    program = os.fork()
    if program == 0:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for descriptor in range(3):
            os.dup2(slave, descriptor)
        os.close(master)
        # As a shell does: what started us may have some of them blocked.
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.execvp(words[0], words)

    output = bytearray()

    def read(seconds):
        if select.select([master], [], [], seconds)[0]:
            output.extend(os.read(master, 1 << 16))

    def wait(what, holds):
        end = time.monotonic() + LIMIT_SECONDS
        while not holds():
            if time.monotonic() > end:
                print(f"waited in vain for {what}: {output[-3000:].decode(errors='replace')!r}", file=sys.stderr)
                os.kill(program, signal.SIGKILL)
                sys.exit(1)
            read(0.05)

    for name, *arguments in steps:
        begun = len(output)
        if name == "until":
            wait(arguments[0], lambda: arguments[0].encode() in output[begun:])
        elif name == "resize":
            size(master, *arguments)
        elif name == "type":
            os.write(master, arguments[0].encode())
        elif name == "signal":
            os.kill(program, getattr(signal, arguments[0]))
        elif name == "touch":
            open(arguments[0], "w").close()
        elif name == "stopped":
            wait(name, lambda: is_stopped(program))

    ended = []

    def has_ended():
        found, status = os.waitpid(program, os.WNOHANG)
        if found:
            ended.append(os.waitstatus_to_exitcode(status))
        return found

    wait("the end", has_ended)
    read(0.1)
    text = output.decode(errors="replace")
    frames = [part.split("\x1b[J")[0].replace("\x1b[K", "").split("\r\n") for part in text.split("\x1b[H")[1:]]
    json.dump({"text": text, "frames": frames, "exit": ended[0], "restored": termios.tcgetattr(slave) == before}, sys.stdout)


main(int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4:])
