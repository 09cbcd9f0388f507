"""Sanctions: measures by their nouns and verbs, who imposes them, whom they hit."""

from collections.abc import Iterator, Sequence

from kg.model import Span
from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.extent import before, clause_end, key_in, nearest, span, trimmed
from kg.reading.factuality import factuality
from kg.reading.forms import Form
from kg.reading.imposers import imposers, masdar_free
from kg.reading.lexicon import Predicate, Sense
from kg.reading.measures import VERB_KINDS, measures
from kg.reading.targets import sanction_targets
from kg.reading.words import Split, fold, keyset

SANCTION_NOUN = Predicate("عقوبات", "Sanction", "sanction", "", (), {})


def sanctions(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The sanctions of a sentence, one a measure."""
    for i, kind, split in measures(a):
        draft = sanction(a, i, kind, split, number, said)
        if draft is not None:
            yield draft


def sanction(a: Analysis, i: int, kind: str, split: Split, number: int, said: Sequence[Draft]) -> Draft | None:
    """The sanction that a measure's word states."""
    hit = Hit(i, split, Sense(SANCTION_NOUN, Form(form_of(a, i, kind, split), "", "", "")))
    frame = next((d for d in reversed(said) if d.at < i < d.content[1]), None)
    verb = governor(a, hit)
    if any(a.scan.key(k).removeprefix("ل").removeprefix("ال") in CALLS for k in before(a, hit, 6)):
        return None  # «رفض الدعوات إلى وقف مبيعات السلاح»
    demanded = frame is not None and frame.kind in {"demand", "request"}
    if demanded and verb is not None and not masdar_free(a, verb) and not a.scan.has(verb, "relieve"):
        return None  # «طالب بفرض عقوبات على روسيا»
    if verb is not None and a.scan.has(verb, "relieve") and (demanded or not realised(a, verb)):
        verb, relief = imposed_behind(a, hit), False
    else:
        relief = verb is not None and relieves(a, hit, verb, kind)
    act = frame.kind if frame is not None and frame.kind in {"threaten"} else ""
    trigger = Hit(verb, hit.split, hit.sense) if verb is not None else hit
    value, why = factuality(a, trigger, act)
    if verb is None and act != "threaten" and hit.sense.form.form != "imperfect":
        value, why = "actual", "background"
    start = verb if verb is not None else i
    end = trimmed(a, i, clause_end(a, hit))
    draft = Draft(
        "Sanction",
        "relief" if relief or kind in RELIEF else MEASURE.get(kind, kind),
        f"sanction_{why}",
        number,
        i,
        [span(a, min(start, i), max(end, i + 1))],
        factuality=value,
    )
    imposers(a, hit, verb, frame, draft)
    sanction_targets(a, hit, end, frame, draft)
    draft.evidence = [Span(a.words[min(start, i)].start, draft.evidence[0].end)]
    told = hit.at if hit.finite else verb if verb is not None else nearest(a, hit, 4, "suffering")
    return draft if stands(draft, kind, told, single=split.stem == PENALTY) else None


CALLS = keyset("دعوات دعوة مطالب مطالبات مناشدات")
MEASURE = {"entry": "other", "listing": "sanction", "punish": "sanction", "ban": "embargo", "boycott": "embargo"}
RELIEF = frozenset({"delisting", "waiver"})
AIMED = frozenset({"entry", "ban", "boycott", "delisting", "waiver", "punish"})
"""Kinds that are much else where nobody is hit."""


def form_of(a: Analysis, i: int, kind: str, split: Split) -> str:
    """Whether the word of a measure is a verb, in which tense, or an action noun behind another word."""
    noun = split.article or split.preposition or split.stem in a.classes["measure_noun"]
    noun = noun and a.scan.key(i - 1) != "قد"  # «كان قد رفع كوبا من القائمة»
    if noun or kind not in VERB_KINDS | {"asset_freeze"}:
        return "masdar"
    return "imperfect" if split.stem[:1] in "يس" or split.stem in COMING else "perfect"


COMING = keyset("تدرج تصنف تحظر تجمد تعاقب توقف")


def relieves(a: Analysis, hit: Hit, verb: int, kind: str) -> bool:
    """Whether a word lifts a measure; «رفع الرسوم على» raises duties, «رفع الرسوم عن» lifts them."""
    if not a.scan.has(verb, "relieve") or a.scan.has(verb, "impose"):
        return False
    raised = kind == "tariff" and a.words[verb].key.lstrip("وسيت").startswith(("رفع", "ارفع"))
    return not raised or any(w.key == "عن" for w in a.words[hit.at : hit.at + 6])


PENALTY = fold("عقوبة")


def stands(draft: Draft, kind: str, verb: int | None, *, single: bool) -> bool:
    """Whether enough is known of a measure: who imposes it, or whom it hits; a bare ban needs both, a `single` whom."""
    if kind == "other" and not draft.ids("target"):
        return False  # «قيودا على المظاهرات»
    if single and not draft.ids("target"):
        return False  # «العقوبة الصارمة من جانب المحكمة»
    if kind in AIMED:
        return bool(draft.ids("target")) and bool(draft.ids("imposer"))
    return bool(draft.ids("imposer")) or (bool(draft.ids("target")) and verb is not None)


def governor(a: Analysis, hit: Hit) -> int | None:
    """The verb or action noun of imposing or lifting that governs a measure, or follows it in a relative clause."""
    for i in before(a, hit, 14):
        if a.words[i].text == "،" and hit.at - i > 8:
            break
        if a.words[i].key in COMPLEMENTS:
            break
        if i == hit.at - 1 and a.scan.key(i) == ANNOUNCED and a.scan.has(i - 1, "passive"):
            return i  # «تم إعلان عقوبات»
        if i not in a.covered and (a.scan.has(i, "impose") or a.scan.has(i, "relieve")) and not stressed(a, i, hit.at):
            return i
    return imposed_behind(a, hit)


ANNOUNCED = fold("إعلان")


def stressed(a: Analysis, i: int, at: int) -> bool:
    """«شددت واشنطن على»: whether a word of tightening only stresses something."""
    stem = a.words[i].key.lstrip("وفي")
    return stem.startswith(("شدد", "تشدد")) and any(w.key == "علي" for w in a.words[i + 1 : at])


def imposed_behind(a: Analysis, hit: Hit) -> int | None:
    """«العقوبات المفروضة على», «التي فرضتها»: the word of imposing in the measure's relative clause."""
    near = range(hit.at + 1, min(hit.at + 6, len(a.words)))
    return next((i for i in near if i not in a.covered and a.scan.has(i, "impose")), None)


def realised(a: Analysis, verb: int) -> bool:
    """Whether somebody really lifts a measure: a verb does, or a noun behind who decides it: «أعلنت رفع العقوبات»."""
    if masdar_free(a, verb):
        return True
    return any(
        key_in(a, k, "reached")
        or any(a.scan.has(k, name) for name in ("commit", "light", "passive", "future", "threat"))
        for k in range(max(0, verb - 5), verb)
    ) or (verb + 1 in a.starts and not a.starts[verb + 1].preposition)
