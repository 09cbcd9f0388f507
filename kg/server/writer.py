"""A process that changes a copy of a store as one request says, and lets stand only what keeps the store's promises.

    python -m kg.server.writer OLD NEW MEMORY

The request comes on standard input as JSON, the outcome goes to standard output as JSON. Whatever the request does, the
copy may differ from the old quads in the users' graphs alone, and these must pass the shapes.
"""

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.graph.check import around
from kg.graph.iris import BASE
from kg.indexing import write_index
from kg.prefixes import PREFIXES
from kg.server.mistakes import located
from kg.server.sandbox import cut_off_network, limit_memory
from kg.store import is_users, user_quads, versioned

STACK = 256 << 20
OK = 200
SHOWN = 5  # violations named in an answer

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: the version it gives, or the HTTP status and the reason why it must not stand."""

    version: str = ""
    status: int = OK
    message: str = ""
    created: bool = False  # the graph of the request was not there before


class Unfit(Exception):  # noqa: N818 - it is an answer, not a fault
    """A change that must not stand."""


def main(arguments: list[str]) -> None:
    """Answer one request."""
    old, new, memory = arguments
    request, before, after = json.load(sys.stdin), Store.read_only(old), Store(new)
    cut_off_network()
    limit_memory(int(memory))
    threading.stack_size(STACK)
    found: list[Outcome] = []
    thread = threading.Thread(target=lambda: found.append(outcome(before, after, request)))
    thread.start()
    thread.join()
    if found[0].status == OK:
        after.flush()
        write_index(after, Path(new).parent)
    json.dump(asdict(found[0]), sys.stdout)


def outcome(before: Store, after: Store, request: Request) -> Outcome:
    """Change the copy and judge it."""
    try:
        created = changed(after, request)
        only_users(before, after)
        shaped(before, after)
    except SyntaxError as error:
        return Outcome(status=400, message=mistake(request, str(error)))
    except Unfit as error:
        return Outcome(status=422 if str(error).startswith("the shapes") else 403, message=str(error))
    except MemoryError:
        return Outcome(status=500, message="the change needs more memory than one change may take")
    except (OSError, RuntimeError, ValueError) as error:
        return Outcome(status=400, message=str(error))
    return Outcome(versioned(request["version"], user_quads(after)), created=created)


def mistake(request: Request, message: str) -> str:
    """What is wrong with an update or a document, and where."""
    if request["do"] != "update":
        return message
    nothing = Store()
    return located(request["text"], message, lambda text: nothing.update(text, prefixes=dict(PREFIXES)))


def changed(store: Store, request: Request) -> bool:
    """Carry out an update, or put, post or delete a graph; whether the graph is new."""
    if request["do"] == "update":
        store.update(request["text"], prefixes=dict(PREFIXES))
        return False
    graph = NamedNode(request["graph"])
    there = store.contains_named_graph(graph)
    if request["do"] in ("put", "delete"):
        store.remove_graph(graph)
    if request["do"] != "delete":
        store.add_graph(graph)
        store.bulk_extend(parsed(request, graph))
    return not there


def parsed(request: Request, graph: NamedNode) -> Iterator[Quad]:
    """The triples of a document, in one graph; a document that names graphs is none."""
    format_ = RdfFormat.from_extension(request["format"])
    for quad in parse(request["text"].encode(), format_, base_iri=graph.value, rename_blank_nodes=True):
        if isinstance(quad.graph_name, NamedNode):
            raise Unfit(f"the document names the graph {quad.graph_name}; send triples alone")
        yield Quad(quad.subject, quad.predicate, quad.object, graph)


def only_users(before: Store, after: Store) -> None:
    """Raise Unfit where anything but the users' graphs has changed; both stores list their quads in one order."""
    graphs = [{graph for graph in store.named_graphs() if not is_users(graph)} for store in (before, after)]
    for graph in graphs[0] ^ graphs[1]:
        raise Unfit(f"the graph {graph} is not for users; write to <{BASE}graph/user/NAME>")
    for one, other in zip_longest(_others(before), _others(after)):
        if one != other:
            raise Unfit(f"{_first(one, other)} would change; write to <{BASE}graph/user/NAME>")


def _others(store: Store) -> Iterator[Quad]:
    return (quad for quad in store if not is_users(quad.graph_name))


def _first(*quads: Quad | None) -> str:
    """What differs, as a message names it."""
    graphs = [quad.graph_name for quad in quads if quad]
    named = all(isinstance(graph, NamedNode) for graph in graphs)
    return f"the graph {graphs[0]}" if named else "the default graph, which holds nothing of its own,"


def shaped(before: Store, after: Store) -> None:
    """Raise Unfit where the shapes reject a graph that has changed, given what the shared graphs say of its nodes."""
    for graph in after.named_graphs():
        if is_users(graph):
            triples = _triples(after, graph)
            if triples != _triples(before, graph):
                _accept(graph, [*around(after, triples)])


def _accept(graph: object, triples: list[Triple]) -> None:
    from kg.graph.shacl import rejected

    plain = [triple for triple in triples if not isinstance(triple.object, Triple)]
    if found := rejected(plain):
        listed = "; ".join(f"<{one.focus}> {one.message}" for one in found[:SHOWN])
        raise Unfit(f"the shapes reject {len(found)} nodes of {graph}: {listed}")


def _triples(store: Store, graph: object) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]  # type: ignore[arg-type]


if __name__ == "__main__":
    main(sys.argv[1:])
