"""Statements: who says what, to whom, about whom, through whom."""

from collections.abc import Iterator

from kg.model import Span
from kg.reading.acts import own_stance, speech_act
from kg.reading.clauses import COMPLEMENTS, Analysis, Argument, Hit
from kg.reading.complements import bracketed, quote_before
from kg.reading.continued import brought_in, extended, goes_on, hollow, own_words
from kg.reading.draft import Draft
from kg.reading.extent import content_start, evidence_start, quotation, span, trimmed
from kg.reading.hearers import addressees, spoken_to, topics
from kg.reading.known import name_keys
from kg.reading.light import finite_hits
from kg.reading.media import carried_medium, medium
from kg.reading.openers import openers
from kg.reading.speakers import inner_saying, is_medium, speaker
from kg.reading.subjects import subject
from kg.reading.subjects_before import RELATIVES, relative_clause
from kg.reading.words import endings


def statements(a: Analysis, number: int, before: Draft | None) -> Iterator[Draft]:
    """The statements of a sentence, in order; `before` is the statement that came last in the paragraph."""
    hits = openers(a)
    note_opening(a)
    verbs = [h for h in finite_hits(a) if h.at not in {o.at for o in hits} and not a.quoted(h.at)]
    last, unknown, outer = before, False, None
    found: list[Draft] = []
    for k, hit in enumerate(hits):
        while verbs and verbs[0].at < hit.at:
            note_subject(a, verbs.pop(0), unknown)
        end = next((h.at for h in hits[k + 1 :] if not inserted(a, hit, h)), len(a.words))
        draft = statement(a, hit, end, number, last)
        outer = last if draft is not None and last is not None and reported(a, last, draft) else outer
        unknown = draft is None and a.memory.silenced
        if draft is None:
            continue
        if draft is not last:
            if found and hollow(a, found[-1], draft):
                draft = brought_in(found.pop(), draft)
            found.append(draft)
        last = draft
    for verb in verbs:
        note_subject(a, verb, unknown)
    for ident in outer.ids("speaker") if outer is not None else ():
        a.memory.subject(a.memory.get(ident))
    yield from found


def reported(a: Analysis, outer: Draft, draft: Draft) -> bool:
    """«أضاف أوغلو أن بلينكن قال إن»: whether a statement is all that another one of its sentence tells of."""
    first = outer.content[0]
    same = outer.sentence == draft.sentence and outer is not draft and first < len(a.words)
    return same and a.words[first].start == draft.evidence[0].start and a.words[first - 1].key in COMPLEMENTS


def inserted(a: Analysis, outer: Hit, hit: Hit) -> bool:
    """«وأضاف -في تصريحات نقلها مستشاره- أن»: a saying in an insert or a relative clause ends no other."""
    if hit.split.conjunction or not hit.finite:
        return False
    return a.words[hit.at - 1].key in RELATIVES or bracketed(a, outer.at + 1, hit.at)


def note_opening(a: Analysis) -> None:
    """Remember who stands free right behind the first word of a sentence, whatever verb that may be."""
    start = clause_start(a)
    theme = a.starts.get(start)
    if theme is not None and not theme.preposition and theme.kind in {"person", "office", "org", "name"}:
        for known in a.refer(theme)[:1]:
            a.memory.subject(a.memory.acting(known) if known.type == "Place" else known)
        return  # «كازاخستان عضو في التحالف، لكنها أعربت عن قلقها»
    if a.scan.key(start + 1) in a.classes["layman"] and not {start, start + 1, start + 2} & a.covered.keys():
        a.memory.silenced = True  # «وظهرت السيدة وهي تقول»
        return
    first = next((i for i in (start + 1, start + 2) if i in a.starts), None)
    opening = a.words[start] if a.words else None
    if (
        first is None
        or opening is None
        or not opening.is_word
        or a.scan.is_particle(start)
        or opening.key.startswith("ال")
    ):
        return
    if first == start + 2 and a.scan.is_particle(start + 1):
        return  # «وأوضح أن الجيش»
    phrase = a.starts[first]
    if not phrase.preposition and phrase.kind in {"person", "office", "org", "name"}:
        for known in a.refer(phrase)[:1]:
            a.memory.subject(a.memory.acting(known) if known.type == "Place" else known)


def clause_start(a: Analysis) -> int:
    """Where a sentence really begins: behind the comma of «من جهته،», «في المقابل،», «بدورها،»."""
    comma = next((i for i, word in enumerate(a.words[:5]) if word.text in {"،", ","}), None)
    plain = comma is not None and not any(i in a.covered or a.scan.is_verb(i) for i in range(comma))
    return comma + 1 if comma is not None and plain and comma + 1 < len(a.words) else 0


def note_subject(a: Analysis, hit: Hit, unknown: bool) -> None:
    """Remember who does a verb, for the dropped subjects after it: no place, and none that one `unknown` speaks of."""
    found = subject(a, hit)
    said = unknown and not hit.split.conjunction
    if said or relative_clause(a, hit) or all(a.memory.acting(k).type == "Place" for k in found.fillers):
        return
    if found.how in {"after", "before"}:
        for known in found.fillers:
            a.memory.subject(known, found.fillers)


def statement(a: Analysis, hit: Hit, end: int, number: int, last: Draft | None) -> Draft | None:
    """The statement that a hit opens, or the last one where it goes on with it."""
    found = speaker(a, hit, last)
    if found and (
        all(a.memory.acting(k).type == "Place" for k in found.fillers)
        or stance_of_force(hit, found)
        or unnamed(a, found)
    ):
        a.refuse(hit.at, "statement", "its subject cannot speak")
        return None
    if not found:
        a.memory.silenced = a.memory.silenced or found.how == "vague"
        a.refuse(hit.at, "statement", "nobody we know of speaks" if found.how == "vague" else "no subject")
        return None
    if (is_medium(found) or found.how == "issuer") and inner_saying(a, hit, end):
        a.memory.medium = found.fillers[0] if found.fillers[0].type != "Country" else None
        a.refuse(hit.at, "statement", "an outlet passes on what another says")
        return None
    if own_words(a, hit, found, last, number):
        last.evidence.append(span(a, hit.at, trimmed(a, hit.at, end)))  # type: ignore[union-attr]
        return last
    stop = trimmed(a, hit.at, end)
    draft = Draft(
        "Statement",
        speech_act(a, hit, stop),
        f"statement_{hit.sense.form.form}_{found.how}",
        number,
        hit.at,
        [span(a, evidence_start(hit, found), stop)],
    )
    word = a.words[hit.at].span
    if not relative_clause(a, hit):
        for known in found.fillers:
            a.memory.subject(known, found.fillers)
            a.memory.spoke(known)
    draft.fill_all("speaker", map(a.memory.acting, found.fillers), found.phrases, word)
    content = content_start(a, hit, stop)
    draft.content = (content, stop)
    if draft.kind == "assert" or hit.sense.predicate.kind == "assert":
        draft.kind = own_stance(a, content, map(a.memory.get, draft.ids("speaker"))) or draft.kind
    draft.direct = content > 0 and a.words[content - 1].key not in COMPLEMENTS
    draft.quote = quotation(a, hit.at, stop)
    if draft.quote is None and (before := quote_before(a, hit)) is not None:
        draft.quote = a.scan.text[before.start : before.end]
        draft.evidence = [Span(before.start, draft.evidence[0].end)]
    medium(a, hit, stop, draft, found)
    carried_medium(a, hit, draft, found, last)
    addressees(a, hit, content, draft, found)
    topics(a, hit, content, stop, draft)
    spoken_to(a, draft)
    if goes_on(a, hit, draft, last):
        return extended(last, draft)
    return draft


def unnamed(a: Analysis, found: Argument) -> bool:
    """«وقالت وزارته», «مجموعتهم»: whether only a noun with a pronoun names who speaks."""
    keys = [name_keys(known.name) for known in found.fillers if known.row is None and known.type == "Organization"]
    single = [key[0] for key in keys if len(key) == 1]
    heads = a.classes["orghead"]
    return len(single) == len(found.fillers) and all(any(c in heads and p for c, p in endings(k)) for k in single)


def stance_of_force(hit: Hit, found: Argument) -> bool:
    """«القوات التي تدافع عن المدينة»: what a force does in a relative clause is no stance."""
    return (
        hit.sense.predicate.frame == "target" and found.how == "relative" and found.phrases[0].kind in {"nation", "own"}
    )
