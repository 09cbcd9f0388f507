"""Clauses: the predicates of a sentence, who does them, to whom, and where they end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reading.dates import DateMention
from kg.reading.forms import Form
from kg.reading.lexicon import Predicate, Sense
from kg.reading.memory import Known, Memory, agrees
from kg.reading.phrases import CLOSE, OPEN, Phrase, Scan, match_name, phrases, surface
from kg.reading.words import Split, fold

COMPLEMENTS = frozenset(
    fold(w)
    for w in "أن إن بأن أنه أنها إنه إنها بأنه بأنها أنهم إنهم بأنهم أنهما إنهما وأن وإن وأنه وأنها وإنه وإنها".split()
)
INSERTS = frozenset(
    fold(w)
    for w in "بحسب حسب وفق وفقا نقلا في خلال الذي التي الذين عقب بعد لدى عبر على من وهو وهي مضيف طلب إثر يوم مساء صباح أمس".split()
)
NEW_CLAUSE = frozenset(fold(w) for w in "لكن فيما بينما كما حيث إذ غير وكان وكانت ثم بل".split())
REACH = 14  # words after a verb in which its subject may stand


@dataclass(frozen=True, slots=True)
class Hit:
    """A word read as a predicate."""

    at: int
    split: Split
    sense: Sense

    @property
    def finite(self) -> bool:
        """Whether it is a finite verb."""
        return self.sense.form.form in {"perfect", "imperfect"}


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills an argument: phrases, the entities they refer to, and how it was found."""

    phrases: tuple[Phrase, ...]
    fillers: tuple[Known, ...]
    how: str  # after, before, relative, dropped, vague, none

    def __bool__(self) -> bool:
        return bool(self.fillers)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A predicate that was nearly an event, and why it is none."""

    at: int  # word index
    rule: str
    reason: str


NOBODY = Argument((), (), "none")
VAGUE = Argument((), (), "vague")


class Analysis:
    """One sentence, its phrases resolved in order, its quotes paired."""

    def __init__(self, scan: Scan, memory: Memory, dates: Sequence[DateMention] = ()) -> None:
        self.scan = scan
        self.dates = dates
        self.timed = frozenset(i for i, w in enumerate(scan.words) if any(d.start <= w.start < d.end for d in dates))
        self.memory = memory
        self.words = scan.words
        self.phrases: tuple[Phrase, ...] = phrases(scan)
        self.referents: dict[int, tuple[Known, ...]] = {}
        self.starts = {p.start: p for p in self.phrases}
        self.ends = {p.end: p for p in self.phrases}
        self.covered = {k: p for p in self.phrases for k in range(p.start, p.end)}
        self.refusals: list[Refusal] = []
        self.doers: dict[int, Argument] = {}  # who does the action nouns read so far
        self.quotes = tuple(paired_quotes(scan))
        self._resolve()
        self.hits = tuple(self._hits())

    def _resolve(self) -> None:
        before: Phrase | None = None
        self.memory.focus = self.memory.medium = None
        for phrase in self.phrases:
            found = self.memory.resolve(phrase) or self._named_in_brackets(phrase)
            if found and not phrase.preposition and phrase.kind not in {"own", "pair"} and found[0].type != "Place":
                self.memory.focus = found[0]
            self.referents[phrase.start] = found
            self._touch_inside(phrase)
            if before is not None and found and self._joins(before, phrase):
                self.memory.join((*self.referents[before.start][:1], *found[:1]))
            before = phrase

    def _named_in_brackets(self, pair: Phrase) -> tuple[Known, ...]:
        """«الدولتان (فنزويلا وروسيا)»: the members of a pair that brackets name behind it."""
        opening = next(
            (i for i in range(pair.end, min(pair.end + 3, len(self.words))) if self.words[i].text == "("), None
        )
        first = self.starts.get(opening + 1) if opening is not None and pair.kind == "pair" else None
        if first is None:
            return ()
        return tuple(known for phrase in self.group(first) for known in self.memory.resolve(phrase)[:1])

    def _touch_inside(self, phrase: Phrase) -> None:
        """Note the countries and organisations that a title or organisation's name holds (المتحدث باسم الكرملين)."""
        if phrase.kind in {"pair", "own", "name"}:
            return
        k = phrase.start
        while k < phrase.end:
            named, country = match_name(self.scan, k), self.scan.nation(k)
            word = self.words[k]
            if (
                named is not None
                and named[1] <= phrase.end
                and named[1] - k < phrase.end - phrase.start
                and not set(named[2]) & set(phrase.keys)
            ):
                if self.scan.lexicon.authorities[named[2][0]].type != "Person" and len(named[2]) == 1:
                    begin, stop, form = surface(self.scan, k, named[1], named[0])
                    self.memory.touch(named[2][0], begin, stop, form)
                k = named[1]
                continue
            if country is not None:
                self.memory.touch(country, word.start, word.end, word.text)
            k += 1

    def _joins(self, left: Phrase, right: Phrase) -> bool:
        return right.preposition == "مع" or self.conjoined(left, right)

    def conjoined(self, left: Phrase, right: Phrase) -> bool:
        """Whether two phrases stand in one list: X وY, X، وY, X و Y."""
        between = [self.words[k].text for k in range(left.end, right.start)]
        marks = all(t in '،,"«»“”()' or t == "و" for t in between)
        return marks and (right.conjunction or "و" in between) and right.start - left.end < 5

    def _hits(self) -> Iterator[Hit]:
        for i, word in enumerate(self.words):
            if not word.is_word or (i in self.covered and not self._head_of_phrase(i)):
                continue
            found = [Hit(i, split, sense) for split, sense in self.scan.lexicon.senses_of(word)]
            yield from (hit for hit in found if self._fits(hit, found))

    def _fits(self, hit: Hit, found: Sequence[Hit]) -> bool:
        """Whether a reading fits its place, where a word could be verb or action noun: طرد, قصف, دعم, رفض."""
        forms = {h.sense.form.form for h in found}
        if not {"perfect", "masdar"} <= forms or hit.sense.form.form not in {"perfect", "masdar"}:
            return True
        return (hit.sense.form.form == "perfect") == verbal_place(self, hit)

    def _head_of_phrase(self, i: int) -> bool:
        return False if i in self.covered else True

    def refuse(self, at: int, rule: str, reason: str) -> None:
        """Note why a predicate made no event."""
        self.refusals.append(Refusal(at, rule, reason))

    def refer(self, phrase: Phrase) -> tuple[Known, ...]:
        """The entities of a phrase."""
        return self.referents.get(phrase.start, ())

    def quoted(self, i: int) -> bool:
        """Whether word i stands inside a quote of more than three words."""
        return any(a < i < b and b - a > 4 for a, b in self.quotes)

    def group(self, first: Phrase) -> tuple[Phrase, ...]:
        """A phrase and those that a conjunction lists with it."""
        members = [first]
        for phrase in self.phrases:
            if phrase.start >= members[-1].end and self.conjoined(members[-1], phrase):
                members.append(phrase)
            elif phrase.start > members[-1].end + 4:
                break
        return tuple(members)

    def argument(self, members: Sequence[Phrase], how: str) -> Argument:
        """An Argument of phrases."""
        fillers: dict[str, Known] = {}
        for phrase in members:
            for known in self.refer(phrase):
                fillers.setdefault(known.id, known)
        return Argument(tuple(members), tuple(fillers.values()), how) if fillers else VAGUE


VERB_BEFORE = frozenset(
    fold(w)
    for w in "قد وقد كان كانت وكان وكانت الذي التي الذين لم لن لا ما سوف ثم كما حيث إذ فيما بينما عندما بعدما لكنه لكنها أنه أنها إنه إنها بأنه بأنها وأنه وأنها فقد لقد أو هو هي وهو وهي والتي والذي".split()
)


def verbal_place(a: Analysis, hit: Hit) -> bool:
    """Whether a word that may be verb or noun stands where a verb stands: at a clause's start, behind its subject or a particle."""
    if hit.split.preposition or hit.split.article:
        return False
    if hit.at == 0:
        return True
    before = a.words[hit.at - 1]
    if before.text in {"،", ","} and announced(a, hit.at - 1):
        return False
    if before.key == "ان" and any(a.words[k].key.lstrip("و") == "سبق" for k in range(max(0, hit.at - 12), hit.at)):
        return True
    if before.key in VERB_BEFORE or before.text in {"و", "،", ",", ".", "؛", ":", "-", "–"}:
        return True
    phrase = a.ends.get(hit.at)
    if hit.split.conjunction:
        return not any(is_action_noun(a, i) for i in range(max(0, hit.at - 8), hit.at - 1))
    free = phrase is not None and not phrase.preposition and phrase.kind != "own"
    taken = (
        phrase is not None
        and phrase.start > 0
        and any(s.form.form in {"perfect", "imperfect"} for _, s in a.scan.lexicon.senses_of(a.words[phrase.start - 1]))
    )
    return free and not taken or before.text in OPEN


def announced(a: Analysis, comma: int) -> bool:
    """Whether a comma closes an insert behind a verb of announcing: «أعلنت، الاثنين، قطع علاقاتها»."""
    opening = next((i for i in range(comma - 1, max(comma - 8, -1), -1) if a.words[i].text in {"،", ","}), None)
    if opening is None or not all(i in a.timed or not a.words[i].is_word for i in range(opening + 1, comma)):
        return False
    near = range(max(0, opening - 6), opening)
    return any(
        s.predicate.kind in {"announce", "demand", "reject", "promise"}
        for i in near
        for _, s in a.scan.lexicon.senses_of(a.words[i])
    )


def is_action_noun(a: Analysis, i: int) -> bool:
    """Whether word i can only be an action noun that stands alone or behind a preposition."""
    if i in a.covered or not a.words[i].is_word:
        return False
    forms = {s.form.form for _, s in a.scan.lexicon.senses_of(a.words[i])}
    return forms == {"masdar"} and a.words[i].key[:2] != "ال"


def paired_quotes(scan: Scan) -> Iterator[tuple[int, int]]:
    """(open, close) word indices; an unclosed quote runs to the sentence's end."""
    start: int | None = None
    for i, word in enumerate(scan.words):
        if start is None and word.text in OPEN and word.text != "'":
            start = i
        elif start is not None and word.text in CLOSE and word.text != "'":
            yield start, i
            start = None
    if start is not None:
        yield start, len(scan.words)


def subject(a: Analysis, hit: Hit) -> Argument:
    """Who does a finite verb: the first nominal after it that no preposition governs, else before it, else the last subject."""
    if (first := subject_first(a, hit)) is not None:
        return first
    if hit.at and a.words[hit.at - 1].key in PRONOUN_CARRIERS:
        known = a.memory.dropped(hit.sense.form.gender)
        return Argument((), (known,), "dropped") if known is not None else NOBODY
    if relative_clause(a, hit) and not (hit.at + 1 in a.starts and not a.starts[hit.at + 1].preposition):
        if (
            hit.sense.predicate.frame == "clause"
            and hit.at + 1 < len(a.words)
            and a.words[hit.at + 1].key in COMPLEMENTS
        ):
            known = a.memory.dropped(hit.sense.form.gender)
            return Argument((), (known,), "dropped") if known is not None else NOBODY
        return subject_before(a, hit)
    before = subject_before(a, hit)
    transitive = "obj" in hit.sense.predicate.roles or hit.sense.predicate.frame in {"object", "target"}
    if before.fillers and (hit.at + 1 not in a.starts or transitive and opens_clause(a, before.phrases[0])):
        return before
    after = met(a, hit, subject_after(a, hit))
    if after.fillers or after.how == "vague":
        return after
    if before.fillers or before.how == "vague":
        return before
    if not may_drop(a, hit):
        return VAGUE
    if hit.sense.form.number == "d" and len(a.memory.pair) == 2:
        return Argument((), tuple(a.memory.get(i) for i in a.memory.pair), "dropped")
    known = here_before(a, hit) or a.memory.dropped(hit.sense.form.gender)
    return Argument((), a.memory.together(known), "dropped") if known is not None else NOBODY


def here_before(a: Analysis, hit: Hit) -> Known | None:
    """The first person of the sentence before a verb, where the sentence has named no subject yet: «زيارة لبوتين … حيث عقد»."""
    if hit.at < 5 or not hit.sense.form.gender:
        return None
    start = a.words[0].start
    if a.memory.subjects and any(s >= start for s, _ in a.memory.subjects[-1].spans):
        return None
    persons = [k for p in a.phrases if p.end <= hit.at and p.kind == "person" for k in a.refer(p)]
    return next((k for k in persons if agrees(a.memory.gender_of(k), hit.sense.form.gender)), None)


def met(a: Analysis, hit: Hit, found: Argument) -> Argument:
    """«التقى خلالها الرئيس X»: the only one named behind a verb of meeting is the one met, if the sentence has a subject before."""
    if hit.sense.predicate.type != "Meeting" or found.how != "after" or "obj" not in hit.sense.predicate.roles:
        return found
    last = found.phrases[-1]
    reach = next((i for i in range(last.end, len(a.words)) if a.words[i].text in {"،", ".", "؛"}), len(a.words))
    others = [
        p
        for p in a.phrases
        if last.end <= p.start < reach + 2
        and p.kind not in {"own", "pair"}
        and (not p.preposition or p.preposition in {"مع", "ب"})
    ]
    known = a.memory.dropped(hit.sense.form.gender)
    here = known is not None and any(a.words[0].start <= s < a.words[hit.at].start for s, _ in known.spans)
    if others or known is None or not here or known in found.fillers or known.type != "Person":
        return found
    return Argument((), (known,), "dropped")


def relative_clause(a: Analysis, hit: Hit) -> bool:
    """Whether a relative pronoun stands right before a verb."""
    return hit.at > 0 and a.words[hit.at - 1].key in RELATIVES


CONTINUERS = frozenset(
    fold(w)
    for w in "كما لكنه لكنها لكن ثم قد وقد لقد أنه أنها إنه إنها بأنه بأنها وأنه وأنها وإنه وإنها وكان وكانت كان كانت لكنهما وهو وهي لم لن لا ولم ولن بل أن بأن وأن فيما حيث إذ بينما أو أنهم ما".split()
)


def may_drop(a: Analysis, hit: Hit) -> bool:
    """Whether a verb can go on with the last subject: it bears a conjunction, or follows a comma or a word that takes one up."""
    if hit.split.conjunction or hit.at == 0:
        return bool(hit.split.conjunction)
    before = a.words[hit.at - 1]
    return (
        before.key in CONTINUERS
        or before.key[:1] in "وف"
        and before.key[1:] in CONTINUERS
        or before.text in {"،", ",", "و"}
        or hit.sense.form.form == "participle"
    )


def opens_clause(a: Analysis, phrase: Phrase) -> bool:
    """Whether a phrase stands where a clause begins: at the start, behind كان, أن, الذي, a comma or a conjunction."""
    if phrase.start == 0 or phrase.conjunction:
        return True
    before = a.words[phrase.start - 1]
    return (
        before.key in COMPLEMENTS | CONTINUERS | RELATIVES
        or before.text in {"،", ",", ":"}
        or before.key in {"اما", "فيما", "بينما", "غير"}
    )


PRONOUN_CARRIERS = frozenset(
    fold(w)
    for w in "لكنه لكنها ولكنه ولكنها أنه أنها إنه إنها بأنه بأنها وأنه وأنها وإنه وإنها وهو وهي فإنه فإنها".split()
)


def subject_first(a: Analysis, hit: Hit) -> Argument | None:
    """«لوكاشينكو أبلغ السفير»: a free phrase right before a verb that takes an object is its subject."""
    phrase = a.ends.get(hit.at)
    if phrase is None or hit.split.conjunction or hit.sense.predicate.frame != "object" or hit.sense.form.pronoun:
        return None
    found = subject_before(a, hit)
    return found if found.fillers else None


def subject_after(a: Analysis, hit: Hit) -> Argument:
    """A subject behind its verb."""
    i, stop = hit.at + 1, min(hit.at + REACH, len(a.words))
    while i < stop:
        phrase = a.starts.get(i)
        if phrase is not None and phrase.preposition:
            i = phrase.end
        elif phrase is not None:
            return _subject_phrase(a, hit, phrase)
        elif (skipped := skip_insert(a, i)) > i:
            i = skipped
        elif a.words[i].key == "البيان" and (issuer := issuer_of_statement(a)) is not None:
            return Argument((), (issuer,), "dropped")
        elif a.words[i].key in DEMONSTRATIVES or a.scan.has(i, "vague") or speaks_itself(a, hit, i):
            return VAGUE
        elif ends_arguments(a, i):
            return NOBODY
        elif is_content_noun(a, i) or is_object_noun(a, hit, i) or addressed(a, hit, i):
            return NOBODY
        else:
            return VAGUE
    return NOBODY


def issuer_of_statement(a: Analysis) -> Known | None:
    """Who issued «البيان»: the organisation or state that spoke last, else who spoke last."""
    for kinds in (("Organization", "Country"), ("Person",)):
        for known in reversed(a.memory.subjects[-4:]):
            if known.type in kinds:
                return known
    return None


DEMONSTRATIVES = frozenset(fold(w) for w in "هذا هذه تلك هؤلاء بعض البعض معظم عدد كثيرون آخرون".split())
TAKES_NOUN = frozenset({"أعلن", "كشف", "أكد", "جدد", "قرر", "رجح", "توقع", "استبعد", "أقر", "برر", "كرر", "شدد"})


def speaks_itself(a: Analysis, hit: Hit, i: int) -> bool:
    """«وأشار التقرير إلى», «وقال الكاتب»: an unknown definite noun right behind a verb of saying is who says it."""
    predicate = hit.sense.predicate
    return (
        i == hit.at + 1
        and predicate.frame == "clause"
        and predicate.lemma not in TAKES_NOUN
        and a.words[i].key.startswith("ال")
    )


def _subject_phrase(a: Analysis, hit: Hit, phrase: Phrase) -> Argument:
    if phrase.kind == "pair" and phrase.head == "obl" and not hit.split.preposition:
        return NOBODY
    known = a.refer(phrase)
    gender = a.memory.gender_of(a.memory.acting(known[0])) if known else phrase.gender
    if known and known[0].type == "Place":
        gender = "f"  # cities are feminine, also where their country is not
    if phrase.kind in {"org", "nation", "office"}:
        gender = phrase.gender
    if not agrees(gender, hit.sense.form.gender) and phrase.kind != "pair":
        return NOBODY
    return a.argument(a.group(phrase), "after")


def skip_insert(a: Analysis, i: int) -> int:
    """Index behind an adverb, a bracketed insert or a prepositional phrase at word i; i where there is none."""
    word = a.words[i]
    if i in a.timed or a.scan.has(i, "insert") or word.is_number:
        return i + 1
    if word.text in {"،", ","} and i + 1 < len(a.words) and inserts(a, i + 1):
        return next((k + 1 for k in range(i + 2, min(i + 14, len(a.words))) if a.words[k].text in {"،", ","}), i)
    if (
        word.text in OPEN
        and i + 1 in a.starts
        and any(w.text in CLOSE for w in a.words[i + 2 : a.starts[i + 1].end + 1])
    ):
        return i + 1
    if word.text in {"-", "–", "(", ")", "/"}:
        return i + 1
    if word.key in {"كل", "كلا"} and i + 2 in a.starts and a.words[i + 1].key == "من":
        return i + 2
    if word.key in PRONOUN_PREPOSITIONS:
        return i + 1
    if word.key in PLAIN_PREPOSITIONS:
        return prepositional_end(a, i)
    if (
        word.key[:1] in "بل"
        and len(word.key) > 3
        and word.key not in COMPLEMENTS
        and not a.scan.is_verb(i)
        and hit_free(a, i)
    ):
        return i + 1
    return i


PRONOUN_PREPOSITIONS = frozenset(
    fold(w) for w in "بها به فيها فيه خلالها خلاله عليها عليه له لها معه معها إليها إليه بهما بينهما".split()
)
PLAIN_PREPOSITIONS = frozenset(
    fold(w) for w in "في خلال عبر على من لدى عقب بعد قبل أمام مع عن إثر ردا تعليقا خلالها وسط حول".split()
)


def hit_free(a: Analysis, i: int) -> bool:
    """Whether no lexicon form claims a word that looks like a preposition with its noun."""
    return not any(s.form.form in {"perfect", "imperfect"} for s in a.scan.lexicon.senses.get(a.words[i].key, ()))


def inserts(a: Analysis, i: int) -> bool:
    """Whether a comma opens an insert: بحسب بيان, الذي يزور, الخميس, في بيان."""
    return i in a.timed or a.words[i].key in INSERTS or a.scan.has(i, "insert") or a.words[i].is_number


def prepositional_end(a: Analysis, i: int) -> int:
    """Where a prepositional phrase ends: before the next free phrase, complement, comma or verb."""
    k = i + 1
    while k < min(i + 7, len(a.words)):
        phrase = a.starts.get(k)
        if phrase is not None and k > i + 1 and not phrase.preposition and not _genitive(a, k):
            return k
        if phrase is not None:
            k = phrase.end
        elif ends_arguments(a, k) or a.words[k].text in {"،", ","}:
            return k
        else:
            k += 1
    return k


def _genitive(a: Analysis, k: int) -> bool:
    """Whether the noun before a phrase has it as its genitive: an indefinite noun that is no adjective."""
    key = a.words[k - 1].key
    return (
        a.words[k - 1].is_word
        and not key.startswith("ال")
        and a.scan.nation(k - 1) is None
        and key not in GENITIVE_STOP
    )


GENITIVE_STOP = frozenset(
    fold(w) for w in "بيان تغريدة تصريح تصريحات مقابلة كلمة حديث خطاب مشترك صحفي رسالة مؤتمر".split()
)


def ends_arguments(a: Analysis, i: int) -> bool:
    """Whether word i closes the argument field of a verb: complement, quote, colon, full stop, another verb."""
    word = a.words[i]
    if word.key in COMPLEMENTS or word.text in {":", ".", "؛", ";", "!", "؟", "?", "…"} or word.text in OPEN:
        return True
    return word.is_word and (a.scan.is_particle(i) and word.key not in PLAIN_PREPOSITIONS or a.scan.is_verb(i))


def is_content_noun(a: Analysis, i: int) -> bool:
    """Whether a word is what is said rather than who says it: an action noun, a noun with a pronoun, an accusative."""
    word = a.words[i]
    if any(sense.form.form == "masdar" for _, sense in a.scan.lexicon.senses_of(word)):
        return True
    return (
        word.key.endswith(("ا", "ته", "تها", "هم", "هما"))
        or a.scan.has(i, "content")
        or word.key.startswith(("ال", "ا"))
        and len(word.key) > 6
        and word.key.endswith("اء")
    )


OBJECT_FIRST = frozenset("بحث ناقش وقع أبرم عقد أجرى استعرض فرض".split())


def is_object_noun(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether an unknown noun behind a verb is what it does something to: troops deployed, files discussed."""
    predicate = hit.sense.predicate
    classes = [name for name in predicate.needs if name in a.scan.lexicon.classes]
    subjectless = (
        predicate.roles.get("subj") and "obj" not in predicate.roles and predicate.kind in {"military_visit", "strike"}
    )
    return (
        not subjectless
        and any(a.scan.has(i, name) for name in classes)
        or fold(predicate.lemma) in map(fold, OBJECT_FIRST)
    )


def addressed(a: Analysis, hit: Hit, i: int) -> bool:
    """«وحث مواطنيه على», «وطالب الحكومة بالكشف»: a plain noun behind a verb of addressing is whom it addresses."""
    if hit.sense.predicate.frame != "object" or not hit.split.conjunction or a.scan.has(i, "vague"):
        return False
    return (
        hit.sense.predicate.lemma in {"شكر", "هنأ", "طالب", "ناشد", "حث", "أبلغ", "اتهم"}
        or a.words[i].key.startswith("ال")
        and False
    )


def subject_before(a: Analysis, hit: Hit) -> Argument:
    """A subject before its verb, or the antecedent of its relative clause."""
    i = hit.at - 1
    relative = a.words[i].key in RELATIVES if i >= 0 else False
    if relative:
        i -= 1
        while i >= 0 and a.words[i].text in {"،", ",", "»", '"', "”"}:
            i -= 1
    elif hit.split.conjunction == "و":
        return NOBODY
    else:
        i = skip_back(a, i, hit.at)
    if (
        not relative
        and i >= 0
        and a.words[i].text in {"،", ","}
        and i in a.ends
        and opens_clause(a, _group_back(a, a.ends[i])[0])
    ):
        i -= 1  # «محمد السوداني، عقد لقاء»: one comma between subject and verb
    phrase = a.ends.get(i + 1) or (None if relative else distant(a, i))
    if phrase is not None and not relative and phrase.preposition == "ل" and preceded(a, phrase):
        return a.argument(_group_back(a, phrase), "before")
    if phrase is None or (phrase.preposition and not relative and not after_comp(a, phrase)):
        return NOBODY
    members = _group_back(a, phrase)
    if not relative and (members[0].preposition and not after_comp(a, members[0])):
        return NOBODY
    found = a.argument(members, "relative" if relative else "before")
    gender = a.memory.gender_of(a.memory.acting(found.fillers[0])) if found.fillers else ""
    if (
        len(members) == 1
        and not agrees(phrase.gender or gender, hit.sense.form.gender)
        and not agrees(gender, hit.sense.form.gender)
    ):
        return NOBODY
    return found


def preceded(a: Analysis, phrase: Phrase) -> bool:
    """«سبق للرياض وأبوظبي أن سحبت»: who stands behind «سبق لـ» is the subject."""
    first = _group_back(a, phrase)[0]
    return first.start > 0 and a.words[first.start - 1].key.lstrip("و") == "سبق"


def distant(a: Analysis, i: int) -> Phrase | None:
    """A phrase at its clause's start with only its own tail between it and the verb: «كانت شركة كلاشينكوف لصناعة الأسلحة قد أعلنت»."""
    phrase = next((p for p in reversed(a.phrases) if p.end <= i + 1), None)
    if phrase is None or i + 1 - phrase.end > 4 or phrase.preposition:
        return None
    tail = range(phrase.end, i + 1)
    plain = all(a.words[k].is_word and not a.scan.is_verb(k) and not a.scan.is_particle(k) for k in tail)
    opening = (
        phrase.start == 0
        or a.words[phrase.start - 1].key in CONTINUERS
        or phrase.conjunction
        or a.words[phrase.start - 1].text in {"،", "."}
    )
    return phrase if plain and opening else None


RELATIVES = frozenset(fold(w) for w in "الذي التي الذين اللذان اللتان اللذين والتي والذي".split())


def after_comp(a: Analysis, phrase: Phrase) -> bool:
    """Whether what looks like a preposition before a phrase is a complementizer."""
    return phrase.start > 0 and a.words[phrase.start - 1].key in COMPLEMENTS


def skip_back(a: Analysis, i: int, at: int) -> int:
    """Index of the last word before adverbs and bracketed inserts that stand before a verb."""
    while i >= 0:
        if i in a.timed or a.scan.has(i, "insert") or a.words[i].key in NEGATIONS or a.words[i].is_number:
            i -= 1
        elif a.words[i].text in OPEN and i + 1 == at and i in a.ends:
            i -= 1
        elif a.words[i].text in {"،", ","}:
            opening = next((k for k in range(i - 1, max(i - 14, -1), -1) if a.words[k].text in {"،", ","}), None)
            if opening is None or not (inserts(a, opening + 1) or i - opening < 6):
                return i
            i = opening - 1
        elif a.words[i].text in CLOSE and i + 1 not in a.ends:
            return i
        else:
            return i
    return i


NEGATIONS = frozenset(fold(w) for w in "لم لن لا قد سوف كان كانت أن".split())


def _group_back(a: Analysis, last: Phrase) -> tuple[Phrase, ...]:
    members = [last]
    for phrase in reversed(a.phrases):
        if phrase.end <= members[0].start and a.conjoined(phrase, members[0]):
            members.insert(0, phrase)
    return tuple(members)


def after_phrases(a: Analysis, start: int, end: int) -> Iterator[Phrase]:
    """The phrases within words start:end."""
    return (p for p in a.phrases if start <= p.start and p.end <= end)


def clause_end(a: Analysis, hit: Hit, stops: Sequence[int]) -> int:
    """Index behind the last word of a predicate's clause: the next predicate that opens one, or the sentence's end."""
    return next((s for s in stops if s > hit.at), len(a.words))


def light_hit(a: Analysis, i: int) -> Hit:
    """A verb that no word list of predicates holds, with the gender that its form shows."""
    key = a.words[i].key
    conjunction = key[:1] if key[:1] in {"و", "ف"} and a.scan.lexicon.classes["light"] & {key[1:]} else ""
    stem = key[len(conjunction) :]
    feminine = stem.endswith(("ت", "تا", "تها", "ته")) or stem[:1] == "ت" or stem[:2] == "ست"
    sense = Sense(Predicate(stem, "", "", "clause", (), {}), Form("perfect", "f" if feminine else "m", "s", ""))
    return Hit(i, Split(conjunction, "", False, stem), sense)


DOING = ("light", "commit", "impose", "relieve", "signed", "agreed", "ended", "suspended", "ratified")


def is_finite(key: str) -> bool:
    """Whether a doing word is a verb and no action noun or participle: no article, preposition or noun pattern."""
    stem = key.lstrip("وف")
    return (
        not stem.startswith(("ال", "ب", "لل", "ت"))
        and not stem.startswith(("م", "ا"))
        or stem in VERB_FORMS
        or stem[:1] in "ي"
        or stem.endswith("ت")
    )


VERB_FORMS = frozenset(
    fold(w)
    for w in "أجرى أجريا أبرم أبرما اتفق اتفقا أقر أعلن أعلنا أمر أوعز ألغى أنهى أضاف أدرج اختتم استهل انسحب انتهى اعتمد مدد أعاد أدى تبنى توصل توصلا تخلى تلقى تعقد تجري".split()
)


def finite_hits(a: Analysis) -> list[Hit]:
    """Every finite verb that the word lists know, light verbs among them, one hit a word, in order."""
    found: dict[int, Hit] = {}
    for hit in a.hits:
        if hit.finite:
            found.setdefault(hit.at, hit)
    for i, word in enumerate(a.words):
        if (
            i not in found
            and i not in a.covered
            and word.is_word
            and any(a.scan.has(i, name) for name in DOING)
            and is_finite(word.key)
        ):
            found[i] = light_hit(a, i)
    return [found[i] for i in sorted(found)]
