"""The process that workers are forked from: it has loaded what they need and opened nothing, so a fork takes little.

    python -m kg.server.nursery SOCKET

A message is a line of JSON with what a worker is started with, and its end of a socket; what comes back is a line of
JSON for each worker that ended, with its exit status. It ends with the server; workers go on where it alone is killed.
"""

import gc
import json
import os
import signal
import socket
import sys

from kg.server import worker
from kg.server.sandbox import end_with_parent

LARGEST = 1 << 16  # bytes of a message


def main(descriptor: str) -> None:
    """Fork workers until the other end of the socket closes."""
    end_with_parent()
    connection = socket.socket(fileno=int(descriptor))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the server decides
    signal.signal(signal.SIGCHLD, lambda *_: report(connection))
    gc.collect()
    gc.freeze()  # what the collector never touches stays shared with the workers
    while True:
        message, ends, _, _ = socket.recv_fds(connection, LARGEST, 1)
        if not message:
            return
        fork(connection, ends[0], json.loads(message))
        os.close(ends[0])


def fork(connection: socket.socket, end: int, start: worker.Start) -> None:
    """Start a worker that answers at one end of a socket; where the system has no room, that end closes."""
    try:
        if os.fork():
            return
    except OSError:
        return
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.close()
        worker.main(end, start)
    finally:
        os._exit(1)


def report(connection: socket.socket) -> None:
    """Tell which workers ended, and how."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        connection.sendall(json.dumps([pid, os.waitstatus_to_exitcode(status)]).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
