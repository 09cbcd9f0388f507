"""A worker process: one store version opened read-only, one query at a time, killed by the server when it must stop.

The thread that answers has a large stack, because the engine recurses over a query's nesting; what overflows even that
ends this process and nothing else.
"""

import json
import os
import select
import socket
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import Any, TypedDict

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.prefixes import PREFIXES, WRITTEN
from kg.server.frames import CHUNK, CPU, DATA, END, FAILED, HEAD, HEADER, QUERY, READY, frame
from kg.server.mistakes import located
from kg.server.sandbox import cut_off_network, limit_memory
from kg.store import open_reader

STACK = 256 << 20

Request = dict[str, Any]


class FrameWriter(BytesIO):
    """A stream whose bytes leave as DATA frames of some size, the first of them after the HEAD frame."""

    def __init__(self, connection: socket.socket, head: bytes) -> None:
        super().__init__()
        self.connection = connection
        self.held = bytearray(head)
        self.payload = bytearray()

    def write(self, data: Any, /) -> int:
        """Take bytes, sending what fills a frame."""
        self.payload += data
        if len(self.payload) >= CHUNK:
            self.send()
        return len(data)

    def send(self, last: bytes = b"") -> None:
        """Send what is held, and a last frame behind it."""
        framed = frame(DATA, bytes(self.payload)) if self.payload else b""
        self.connection.sendall(bytes(self.held) + framed + last)
        self.held.clear()
        self.payload.clear()


class Start(TypedDict):
    """What a worker is started with; the port is that of the one place where its query may connect to, 0 for none."""

    store: str
    memory: int
    port: int


def main(end: int, start: Start) -> None:
    """Serve queries from the socket until its other end closes."""
    connection = socket.socket(fileno=end)
    reader = open_reader(Path(start["store"]))
    cut_off_network(start["port"])
    threading.stack_size(STACK)
    serving = (connection, reader.store, reader.version, start["memory"])
    threading.Thread(target=serve, args=serving, daemon=True).start()
    wait_for_the_end(connection)


def wait_for_the_end(connection: socket.socket) -> None:
    """Return when the server is gone, whatever a query still computes."""
    end = select.poll()
    end.register(connection, getattr(select, "POLLRDHUP", select.POLLHUP))
    end.poll()


def serve(connection: socket.socket, store: Store, version: str, memory: int) -> None:
    """Answer one query after the other."""
    limit_memory(memory)
    connection.sendall(frame(READY, json.dumps([os.getpid(), version, time.process_time()]).encode()))
    with connection.makefile("rb") as stream:
        while header := stream.read(HEADER.size):
            kind, length = HEADER.unpack(header)
            if kind == QUERY:
                answer(connection, store, json.loads(stream.read(length)))


def answer(connection: socket.socket, store: Store, request: Request) -> None:
    """Answer one query with HEAD, DATA and END frames, or with FAILED."""
    try:
        found = evaluate(store, request)
        media_type, format_ = chosen(found, request["formats"])
        out = FrameWriter(connection, frame(HEAD, media_type.encode("ascii")))
        write(found, format_, out)
        out.send(frame(END, CPU.pack(time.process_time())))
    except SyntaxError as error:
        fail(connection, 400, mistake(request, str(error)))
    except MemoryError:
        fail(connection, 500, "the query needs more memory than one query may take")
    except (OSError, RuntimeError, ValueError) as error:
        fail(connection, 502 if request["services"] else 500, str(error))
    except LookupError:
        fail(connection, 406, f"this query gives {kind_of(found)}; none of the formats asked for can hold it")


def mistake(request: Request, message: str) -> str:
    """What is wrong with a query, and where; one that asks hosts is not read a second time."""
    if request["services"]:
        return message
    nothing = Store()
    return located(request["query"], message, lambda text: nothing.query(text, prefixes=dict(PREFIXES)))


def evaluate(store: Store, request: Request) -> QueryBoolean | QuerySolutions | QueryTriples:
    """Run the query over the dataset of the request, by default the union of all graphs."""
    defaults = [NamedNode(iri) for iri in request["default_graphs"]]
    named = [NamedNode(iri) for iri in request["named_graphs"]]
    dataset: dict[str, Any] = {}
    if defaults or named:
        dataset = {"default_graph": defaults, "named_graphs": named}
    return store.query(
        request["query"],
        prefixes=dict(PREFIXES),
        use_default_graph_as_union=not (dataset or request["datasets"]),
        **dataset,
    )


def kind_of(found: object) -> str:
    """What a query gives: a graph, a boolean or a table."""
    kinds = {QueryTriples: "graph", QueryBoolean: "boolean"}
    return kinds.get(type(found), "table")


def chosen(found: object, formats: dict[str, list[tuple[str, str]]]) -> tuple[str, str]:
    """Media type and extension of the first format asked for that can hold the result; LookupError without one."""
    media_type, format_ = formats[kind_of(found)][0]
    return media_type, format_


def write(found: QueryBoolean | QuerySolutions | QueryTriples, format_: str, out: FrameWriter) -> None:
    """Write the result in a format named by its extension."""
    if isinstance(found, QueryTriples):
        rdf = RdfFormat.from_extension(format_)
        serialize(found, out, rdf, prefixes=dict(WRITTEN))
    elif isinstance(found, QueryBoolean) and format_ in ("csv", "tsv"):
        out.write(b"true\n" if found else b"false\n")
    else:
        found.serialize(out, QueryResultsFormat.from_extension(format_))


def fail(connection: socket.socket, status: int, message: str) -> None:
    """Tell the server that there is no answer, or that the one begun is not to be used."""
    connection.sendall(frame(FAILED, json.dumps({"status": status, "message": message}).encode()))
