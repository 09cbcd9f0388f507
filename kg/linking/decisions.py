"""Files of decisions and proposals: CSV as `kg link` writes it, or SSSOM TSV; and those kept beside the store.

What is wrong in a file is an error that names the file, the line and the mend, and nothing of the file is taken: a link
that a person did not mean must not slip in beside one that was meant.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.authority import Authority, authorities
from kg.errors import LinkError
from kg.linking.records import Link

DECISION = "a person's decision"
NO_ITEM = "none"
TAKEN_BACK = "open"
SHOWN = 5

_QID = re.compile(r"Q[1-9][0-9]*")
_ENTITY = re.compile(r"(person|organization|country|place)-[a-z0-9-]+")
_NO_TERM = "sssom:NoTermFound"
_BY_HAND = frozenset({"semapv:ManualMappingCuration", "semapv:MappingReview"})
_ITEM = ("wd:", "http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/", "https://www.wikidata.org/wiki/")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file with the place where it stands."""

    place: str
    cells: Row

    def cell(self, name: str) -> str:
        """The cell of a column without the spaces round it; empty where the file has no such column."""
        return (self.cells.get(name) or "").strip()


def read_links(files: Iterable[Path]) -> dict[str, Link]:
    """The decisions and proposals of files by entity; LinkError lists what is wrong with them."""
    problems: list[str] = []
    found: dict[str, tuple[Link, str]] = {}
    for file in files:
        for line in _lines(file):
            try:
                _take(found, line, file.name)
            except LinkError as error:
                problems.append(str(error))
    if problems:
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise LinkError("; ".join(problems[:SHOWN]) + more)
    return {entity: link for entity, (link, _) in found.items()}


def _take(found: dict[str, tuple[Link, str]], line: Line, source: str) -> None:
    """Add what a line says; a decision comes before a proposal, two decisions that differ are an error."""
    for link in _links(line, source):
        old, place = found.get(link.entity, (None, ""))
        if old and old.sure and link.sure and old.qid != link.qid:
            raise LinkError(
                f"{line.place}: decides {_told(link)} for {link.entity}, but {place} decides {_told(old)}; keep one"
            )
        if old is None or link.sure or (not old.sure and (link.score or 0) > (old.score or 0)):
            found[link.entity] = (link, line.place)


def _told(link: Link) -> str:
    return link.qid or (NO_ITEM if link.method == DECISION else TAKEN_BACK)


def _links(line: Line, source: str) -> Iterator[Link]:
    """What a line decides or proposes; SSSOM has the columns of its own for both."""
    decision = line.cell("decision") or _decision_of_mapping(line)
    proposal, score = line.cell("proposal"), line.cell("score")
    if line.cell("predicate_id") == "skos:closeMatch":
        proposal, score = line.cell("object_id"), line.cell("confidence")
    if not decision and not proposal:
        return
    entity = _entity(line)
    if decision:
        yield _decided(line, entity, decision, source)
    if proposal and not decision:
        method = line.cell("method") or line.cell("mapping_tool") or "a proposal"
        where = line.cell("mapping_source") or source
        yield Link(entity, _item(line, proposal, "proposal"), False, where, method, _score(line, score))


def _decision_of_mapping(line: Line) -> str:
    """What a mapping decides that a person wrote or confirmed as exact."""
    exact = line.cell("predicate_id") in ("skos:exactMatch", "owl:sameAs")
    return line.cell("object_id") if exact and line.cell("mapping_justification") in _BY_HAND else ""


def _decided(line: Line, entity: str, decision: str, source: str) -> Link:
    who = line.cell("reviewer_label") or line.cell("author_label") or line.cell("reviewer")
    where = line.cell("mapping_source") or (f"{source}, by {who}" if who else source)
    if decision.lower() == TAKEN_BACK:
        return Link(entity, None, True, where, TAKEN_BACK)
    if decision.lower() == NO_ITEM or decision == _NO_TERM:
        return Link(entity, None, True, where, DECISION)
    qid = _item(line, decision, "decision")
    _check_type(line, entity, row_of(qid))
    return Link(entity, qid, True, where, DECISION)


def row_of(qid: str | None) -> Authority | None:
    """The row of the tables that has a QID."""
    return next((row for row in authorities().values() if qid and row.qid == qid), None)


def _entity(line: Line) -> str:
    """The end of the IRI of the line's entity."""
    given = line.cell("entity") or line.cell("subject_id")
    local = given.rpartition("/entity/")[2].removeprefix("entity:")
    if _QID.fullmatch(local):
        raise LinkError(f"{line.place}: {given} is linked already; correct its reading where it is wrong, not here")
    if not _ENTITY.fullmatch(local):
        raise LinkError(f"{line.place}: {given!r} is no unlinked entity; leave that column as kg link wrote it")
    return local


def _item(line: Line, value: str, column: str) -> str:
    """A QID, however an address of Wikidata wraps it."""
    qid = value
    for start in _ITEM:
        qid = qid.removeprefix(start)
    if not _QID.fullmatch(qid):
        takes = f"one such as Q159, `{NO_ITEM}` where Wikidata has no item, `{TAKEN_BACK}` or nothing"
        raise LinkError(f"{line.place}: the {column} {value!r} is no QID; write {takes}")
    return qid


def _check_type(line: Line, entity: str, row: Authority | None) -> None:
    """LinkError where the tables know the item as something else."""
    type_ = entity.partition("-")[0].capitalize()
    if row and row.type != type_ and {row.type, type_} != {"Place", "Country"}:
        raise LinkError(
            f"{line.place}: {row.qid} is {row.names.get('en', row.key)}, a {row.type}, and {entity} is a {type_}; "
            "decide for another item"
        )


def _score(line: Line, value: str) -> float | None:
    try:
        score = float(value) if value else None
    except ValueError:
        score = -1.0
    if score is not None and not 0 <= score <= 1:
        raise LinkError(f"{line.place}: the score {value!r} is no number from 0 to 1; leave it as kg link wrote it")
    return score


def _lines(file: Path) -> Iterator[Line]:
    """The rows of a file of either form, as spreadsheets save them: with a byte order mark, commas or semicolons."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LinkError(f"{file}: cannot be read ({error}); give a UTF-8 file that kg link wrote") from error
    lines = text.splitlines(keepends=True)
    skipped = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = lines[skipped] if skipped < len(lines) else ""
    delimiter = "\t" if "\t" in head else ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(lines[skipped:], delimiter=delimiter)
    columns = [name.strip() for name in next(reader, [])]
    if not {"entity", "subject_id"} & set(columns):
        raise LinkError(f"{file}:{skipped + 1}: no column `entity` or `subject_id`; give a file that kg link wrote")
    for row in reader:
        place = f"{file}:{skipped + reader.line_num}"
        if row and len(row) != len(columns):
            raise LinkError(f"{place}: {len(row)} cells where the header has {len(columns)}; quote cells with commas")
        if row:
            yield Line(place, dict(zip(columns, row, strict=True)))
