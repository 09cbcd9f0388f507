"""The links that a store keeps: DIR/links.sssom.tsv, beside the versions and not in them.

A version is made of its inputs and can be thrown away; a decision is a person's work and cannot be made again. So it
has a file of its own that no build removes, in a format that other tools read and that version control can keep.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from kg.graph.iris import digest
from kg.linking.decisions import DECISION, TAKEN_BACK, read_links
from kg.linking.records import Link

FILE = "links.sssom.tsv"
_HEAD = """# mapping_set_id: https://w3id.org/isnad/mapping/kept
# mapping_set_title: Decisions and proposals on the entities of an Isnad store
# license: https://www.apache.org/licenses/LICENSE-2.0
# curie_map:
#   entity: https://w3id.org/isnad/entity/
#   semapv: https://w3id.org/semapv/vocab/
#   skos: http://www.w3.org/2004/02/skos/core#
#   sssom: https://w3id.org/sssom/
#   wd: http://www.wikidata.org/entity/
"""
_COLUMNS = (
    *("subject_id", "predicate_id", "object_id", "mapping_justification"),
    *("confidence", "mapping_tool", "mapping_source"),
)


def kept_links(store: Path) -> dict[str, Link]:
    """The links that a store keeps, by entity; LinkError where the file was damaged."""
    file = store / FILE
    return read_links([file]) if file.exists() else {}


def joined(old: Mapping[str, Link], new: Iterable[Link]) -> dict[str, Link]:
    """Old links with new ones: a new decision replaces an old one or takes it back, a proposal replaces proposals."""
    found = dict(old)
    for link in new:
        if link.method == TAKEN_BACK and link.sure:
            found.pop(link.entity, None)
        elif link.sure or not (link.entity in found and found[link.entity].sure):
            found[link.entity] = link
    return dict(sorted(found.items()))


def keep(links: Mapping[str, Link], store: Path) -> None:
    """Write the links of a store in one step; call it while the store is locked."""
    out = StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerows([_COLUMNS, *map(_row, links.values())])
    new = store / f".{FILE}.new"
    with new.open("w", encoding="utf-8", newline="") as stream:
        stream.write(_HEAD + out.getvalue())
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(store / FILE)


def fingerprint_of(links: Mapping[str, Link]) -> str:
    """What of the links decides how the graph looks; empty where there are none."""
    return digest([[one.entity, one.qid, one.sure, one.source, one.method, one.score] for one in links.values()])


def _row(link: Link) -> tuple[object, ...]:
    target = f"wd:{link.qid}" if link.qid else "sssom:NoTermFound"
    if link.sure:
        return (f"entity:{link.entity}", "skos:exactMatch", target, "semapv:ManualMappingCuration", "", "", link.source)
    score = "" if link.score is None else link.score
    matched = ("skos:closeMatch", target, "semapv:LexicalMatching", score, link.method, link.source)
    return (f"entity:{link.entity}", *matched)


def decided(links: Mapping[str, Link]) -> frozenset[str]:
    """The entities on which a person decided."""
    return frozenset(entity for entity, link in links.items() if link.sure and link.method == DECISION)
