"""One entity as it is known while its article is read."""

from dataclasses import dataclass, field
from functools import lru_cache

from kg.authority import Authority
from kg.model import Entity
from kg.reading.words import keyset, words

OUTLET_KINDS = frozenset({"agency", "outlet", "platform"})
OUTLET_NOUNS = keyset("وكالة صحيفة جريدة قناة شبكة موقع إذاعة مجلة منصة تلفزيون")
MASCULINE_COUNTRIES = frozenset(["iraq", "lebanon", "morocco", "sudan", "yemen", "vatican", "south-sudan"])
EITHER = frozenset(["chad", "jordan", "niger", "somalia"])  # countries that writers take as masculine or feminine


@dataclass(slots=True, eq=False)  # told apart by identity
class Known:
    """One entity of one article."""

    number: int  # counted from 1 in the order in which the article needs them
    type: str
    name: str
    method: str = ""  # how its link came about, or what it was found by
    row: Authority | None = None
    country: str | None = None
    gender: str = ""
    head: str = ""  # key of the office or organisation noun
    named: bool = False  # a person with a name, and not an office or a source alone
    group: str = ""  # key of the armed group that a person leads or speaks for
    title: str = ""  # keys of the title that introduced a person
    described: str = ""  # keys of the definite nouns before a person's name, where no title is
    forms: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)  # sentence after sentence, within one in any order
    id: str = field(init=False)  # in the reading: e1, e2 …

    def __post_init__(self) -> None:
        self.id = f"e{self.number}"

    @property
    def agreeing(self) -> str:
        """Grammatical gender, m, f or empty; a country is feminine but for a few."""
        if self.type == "Country" and self.row is not None:
            return "m" if self.row.key in MASCULINE_COUNTRIES else "" if self.row.key in EITHER else "f"
        if self.type == "Organization" and not self.gender and self.row is not None:
            return body_gender(self.row.names["ar"])
        return self.gender

    @property
    def outlet(self) -> bool:
        """Whether it is a news agency, an outlet or a platform."""
        if self.type != "Organization":
            return False
        if self.row is not None:
            return self.row.extra.get("kind") in OUTLET_KINDS
        return self.head in OUTLET_NOUNS

    def named_before(self, at: int) -> bool:
        """Whether a mention begins before a character."""
        return any(start < at for start, _ in self.spans)

    def named_since(self, at: int, until: int | None = None) -> bool:
        """Whether the sentence that begins at a character names it, before `until` where one is given."""
        for start, _ in reversed(self.spans):
            if start < at:
                return False
            if until is None or start < until:
                return True
        return False

    def entity(self) -> Entity:
        """The record of it."""
        return Entity(
            id=self.id,
            type=self.type,
            surface_forms=tuple(self.forms),
            name_ar=self.row.names["ar"] if self.row else self.name,
            name_en=self.row.names.get("en") if self.row else None,
            wikidata=self.row.qid if self.row else None,
            key=self.row.key if self.row else None,
            link_method=self.method or None,
        )


@lru_cache(maxsize=4096)
def body_gender(name: str) -> str:
    """The gender of an organisation by the noun with which its name begins, where that is sure: «الاتحاد الأوروبي»."""
    first = name_keys(name)[0].removeprefix("ال") if name_keys(name) else ""
    return "m" if first in MASCULINE_BODIES else ""


MASCULINE_BODIES = keyset("اتحاد حزب مجلس حلف جيش بنك تنظيم تحالف صندوق برلمان كرملين")


def agrees(one: str, other: str) -> bool:
    """Whether two genders agree; an unknown one agrees with all."""
    return not one or not other or one == other


@lru_cache(maxsize=65536)
def name_keys(name: str) -> tuple[str, ...]:
    """Keys of a name's words."""
    return tuple(w.key for w in words(name) if w.is_word)


def bare_keys(name: str) -> set[str]:
    """Keys of a name's words without their article."""
    return {key.removeprefix("ال") for key in name_keys(name)}
