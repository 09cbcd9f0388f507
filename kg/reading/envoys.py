"""What is done to envoys, missions and claims to power, where no argument of the verb tells whom it is aimed at."""

from collections.abc import Iterator, Sequence

from kg.model import Span
from kg.reading.clauses import COMPLEMENTS, NOBODY, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.extent import nearest
from kg.reading.known import Known
from kg.reading.light import light_hit
from kg.reading.pronouns import ACTORS, PRONOMINAL, meant, possessed
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import keyset

RECOGNISING = frozenset({"recognition", "non_recognition"})


def envoy(a: Analysis, phrase: Phrase | None) -> bool:
    """Whether a phrase is a title whose holder stands for his state: «السفير الروسي»."""
    return phrase is not None and phrase.head.split()[:1] != [] and phrase.head.split()[0] in a.classes["envoy_title"]


def summoned(a: Analysis, hit: Hit, role: str, phrase: Phrase | None) -> bool:
    """«استدعي السفير الألماني»: an envoy behind a verb of summoning is whom it summons, and no host of his own."""
    behind = phrase is not None and phrase.start == hit.at + 1
    return role == "agent" and behind and hit.finite and hit.sense.predicate.lemma == "استدعى" and envoy(a, phrase)


def unwelcoming(hit: Hit) -> bool:
    """Whether a predicate is «غير مرغوب فيه»."""
    return hit.sense.predicate.lemma == "مرغوب"


def unwelcome(a: Analysis, hit: Hit) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«أعلنت تشاد السفير شخصا غير مرغوب فيه»: who declares it, and whom, who stands before «شخصا»."""
    verb = declaration(a, hit) if unwelcoming(hit) else None
    if verb is None:
        return
    doer = NOBODY if noun_of_declaring(a, verb) else subject(a, light_hit(a, verb))
    if not doer and a.words[verb].key[:1] == "ب":
        doer = answering(a, verb)
    yield from (("agent", known, phrase) for known, phrase in doer.pairs())
    for phrase in a.phrases:
        if verb < phrase.start < hit.at and not phrase.preposition and phrase not in doer.phrases:
            yield from (("target", known, phrase) for known in a.refer(phrase))


def answering(a: Analysis, noun: int) -> Argument:
    """«وردت بروكسل بإعلان السفيرة»: who answers by declaring somebody unwelcome."""
    verb = next((at for at in sorted(a.finite, reverse=True) if noun - 5 < at < noun), None)
    return subject(a, light_hit(a, verb)) if verb is not None else NOBODY


def declaration(a: Analysis, hit: Hit) -> int | None:
    """The word that declares somebody unwelcome, where one stands in his sentence."""
    return nearest(a, hit, 20, "declaring")


def declare(a: Analysis, hit: Hit, draft: Draft) -> None:
    """Let the evidence begin with the word that declares; who is no envoy is not expelled by it."""
    verb = declaration(a, hit)
    if verb is not None:
        draft.evidence = [Span(a.words[verb].start, draft.evidence[0].end)]
    targets = [a.memory.get(k) for k in draft.ids("target")]
    heads = {k.head.split()[0] for k in targets if k.head.split()}
    if any(k.type == "Person" for k in targets) and not heads & a.classes["envoy_title"]:
        draft.kind = "other"


def refuses_recognition(draft: Draft, others: Sequence[Draft]) -> bool:
    """«رفضت واشنطن الاعتراف بالنتائج»: whether the diplomatic act in its words tells a stance."""
    first, end = draft.content
    within = any(one.kind == "non_recognition" and first <= one.at < min(end, first + 4) for one in others)
    return draft.kind == "reject" and within


def opening(a: Analysis, draft: Draft, known: Known, hit: Hit) -> bool:
    """«فتح سفارة كوبا في واشنطن»: a mission that is opened is no target; whose it is opens it."""
    opened = hit.sense.predicate.lemma in {"افتتح", "دشن", "فتح"} and known.head in MISSIONS
    if opened and (owner := a.memory.country_of(known)) is not None and not draft.ids("agent"):
        draft.fill("agent", owner, None, a.words[hit.at].span)
    return opened


MISSIONS = keyset("سفارة قنصلية بعثة ممثلية")


def noun_of_declaring(a: Analysis, i: int) -> bool:
    """«إعلان السفير شخصا غير مرغوب فيه»: whether what stands behind a word is declared and does not declare."""
    return a.words[i].key.lstrip("ب") in a.classes["declaring_noun"] or a.words[i].key in COMPLEMENTS


def b_noun(a: Analysis, i: int) -> bool:
    """«بشرعيته»: whether a word behind «ب» is what somebody claims to hold: rule, vote, victory."""
    return a.words[i].key[:1] == "ب" and a.words[i].key not in PRONOMINAL and a.scan.has(i, "claim")


def claimed(a: Analysis, hit: Hit, end: int, draft: Draft) -> Iterator[tuple[Known, Phrase | None, tuple[int, int]]]:
    """«رفضت الاعتراف بشرعيته», «بالانتخابات الفنزويلية»: whose power, rule or vote is recognised or not."""
    noun = next((i for i in range(hit.at + 1, min(hit.at + 4, end)) if b_noun(a, i)), None)
    if draft.kind not in RECOGNISING or draft.ids("target") or noun is None or noun in a.covered:
        return
    gender = possessed(a.words[noun].key) if not a.words[noun].text.endswith("ة") else None
    taken = [k for r in draft.roles for k in draft.ids(r)]
    if gender and (known := meant(a, noun, gender, taken, ACTORS | {"Person"})) is not None:
        yield known, None, a.words[noun].span
        return
    for i in range(noun + 1, min(noun + 9, end)):
        phrase, nation = a.starts.get(i), a.scan.nation(i)
        if phrase is not None and phrase.preposition in {"", "في", "ل"}:
            yield from ((known, phrase, a.words[i].span) for known in a.refer(phrase))
            return
        if nation is not None and phrase is None:
            yield a.mention(nation, i), None, a.words[i].span
            return
