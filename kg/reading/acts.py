"""Speech acts: what a verb of saying, the noun behind it and the words said make of a statement."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.cues import content_acts, content_cues
from kg.reading.extent import keys
from kg.reading.known import Known
from kg.reading.scan import OPEN
from kg.reading.words import splits


def speech_act(a: Analysis, hit: Hit, stop: int) -> str:
    """The speech act: the verb's own, the expressed noun's, or what the words said make of a plain «قال»."""
    predicate = hit.sense.predicate
    if predicate.lemma == "استبعد" and hit.at and a.words[hit.at - 1].key in {"لم", "ولم", "لا", "ولا"}:
        return (
            "threaten"
            if any(
                a.scan.has(i, name)
                for i in range(hit.at + 1, stop)
                for name in ("force", "war", "army", "sanction", "envoy")
            )
            else "assert"
        )
    if predicate.lemma == "رفض" and any(k.startswith("استبعاد") for k in keys(a, hit.at + 1, hit.at + 6)):
        return "threaten"
    if predicate.frame == "express":
        return expressed(a, hit) or "assert"
    if predicate.kind not in {"assert", "announce", "continue"}:
        return evaluated(a, hit, stop) if predicate.lemma == "وصف" else predicate.kind
    complement = next((i for i in range(hit.at + 1, stop) if a.words[i].key in COMPLEMENTS), stop)
    near = [i for i in range(hit.at + 1, complement) if i not in a.covered][:NEAR]
    noun = next((content_acts()[a.words[i].key] for i in near if a.words[i].key in content_acts()), None)
    if noun and predicate.lemma in {"أكد", "جدد", "أعلن", "كرر", "شدد", "أبلغ"}:
        return noun
    cue = cued(a, hit.at + 1, stop)
    if cue and predicate.kind != "announce":
        return cue
    if predicate.lemma in {"اعتبر", "رأى"}:
        return evaluated(a, hit, stop)
    return "assert" if predicate.kind == "continue" else predicate.kind


def own_stance(a: Analysis, start: int, speakers: Iterable[Known]) -> str | None:
    """«إن بلاده تدين الهجوم», «"تحث الولايات المتحدة الأطراف"»: the act of the verb with which words said begin.

    Its subject is the speaker, or his state; None where they begin otherwise.
    """
    start += start < len(a.words) and a.words[start].text in OPEN
    theme = a.starts.get(start)
    at = theme.end if theme is not None else start
    verb = next((h for h in a.hits if h.at == at and h.sense.predicate.frame in STANCE_FRAMES), None)
    subject = theme or a.starts.get(at + 1)
    if verb is None or verb.sense.form.form != "imperfect" or subject is None or subject.preposition:
        return None
    if verb.sense.predicate.kind == "support":
        return None  # «أكد أن بلاده تدعم الحوار» is no more than a word for it
    sides = {side.id for known in speakers for side in (known, a.memory.country_of(known)) if side is not None}
    if subject.kind != "own" and sides.isdisjoint(a.memory.acting(known).id for known in a.refer(subject)):
        return None
    return verb.sense.predicate.kind if verb.sense.predicate.frame != "express" else expressed(a, verb)


STANCE_FRAMES = frozenset({"target", "object", "express"})


NEAR = 8  # words behind a verb of saying, names not counted, in which the noun of what is said stands
EXPRESSED = 12  # words behind a verb of expressing, names not counted, in which what is expressed stands; twice at most
POSSESSED = ("ه", "ها", "هم", "هما")  # endings of «دعمه», «قلقها»


def expressed(a: Analysis, hit: Hit) -> str | None:
    """The act of the noun that a verb of expressing governs."""
    free = 0  # words that belong to no name
    governed = hit.sense.predicate.lemma != "عبر"
    for i in range(hit.at + 1, min(hit.at + 2 * EXPRESSED, len(a.words))):
        free += i not in a.covered
        governed = governed or a.words[i].key == "عن"
        if not governed:
            continue  # «عبر بيان الوزارة، رفضها»
        if a.words[i].key in COMPLEMENTS or a.words[i].text in {":", "."} or free > EXPRESSED:
            return None
        if i in a.covered or (hit.sense.predicate.lemma == "أظهر" and not a.words[i].text.endswith(POSSESSED)):
            continue  # «تظهر أهمية الاتفاق»
        for split in splits(a.words[i].key):
            if split.stem in content_acts():
                return content_acts()[split.stem]
    return None


def cued(a: Analysis, start: int, stop: int) -> str | None:
    """The act that words in what is said give away."""
    titles = {k for p in a.phrases if p.kind in {"person", "office", "source"} for k in range(p.start, p.end)}
    found = {a.words[i].key for i in range(start, min(stop, start + 24)) if i not in titles}
    found |= {k[1:] for k in found if k[:1] == "و"}
    return next((cue.act for cue in content_cues() if cue.fits(found)), None)


def evaluated(a: Analysis, hit: Hit, stop: int) -> str:
    """Praise or condemnation by the words of an evaluation."""
    said = keys(a, hit.at + 1, stop)
    if any(a.scan.has(i, "baseless") for i in range(hit.at + 1, stop)) or ("لا", "اساس") in pairwise(said):
        return "deny"
    value = judged(a, said)
    if value is not None:
        return value
    return "condemn" if hit.sense.predicate.lemma == "وصف" else cued(a, hit.at + 1, stop) or "assert"


def judged(a: Analysis, said: Sequence[str]) -> str | None:
    """Whether words praise or blame; None where they do neither."""
    plain = [one for k, one in pairwise(["", *said]) if k != "غير"]
    found = {k.removeprefix("ب").removeprefix("ال") for k in plain} | {k.removeprefix("ال") for k in plain}
    if found & {p.removeprefix("ال") for p in a.classes["praise"]}:
        return "praise"
    unlawful = any(k == "غير" and n in a.classes["unlawful"] for k, n in pairwise(said))
    return "condemn" if unlawful or found & {b.removeprefix("ال") for b in a.classes["blame"]} else None
