"""What passes between the steps of linking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of Wikidata that an entity could be; `score` from 0 to 1, `method` how it was found."""

    qid: str
    name: str
    score: float
    method: str
    note: str = ""  # why it is no proposal, where it is none


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An entity without a link: where it is named, and what it could be."""

    iri: str
    label: str
    type: str  # class: Person, Organization, Country or Place
    status: str
    mentions: int
    sentence: str
    forms: tuple[str, ...] = ()
    country: str | None = None  # QID of the country that its name tells
    candidates: tuple[Candidate, ...] = ()
    proposal: Candidate | None = None
    problem: str = ""  # why a service was asked in vain

    @property
    def local(self) -> str:
        """The end of its IRI, which is the same whatever the base."""
        return self.iri.rpartition("/entity/")[2]


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of an entity's link: decided by a person (`sure`), or proposed; no QID where there is no item."""

    entity: str  # the end of its IRI
    qid: str | None
    sure: bool
    source: str  # the file or service it comes from
    method: str
    score: float | None = None
