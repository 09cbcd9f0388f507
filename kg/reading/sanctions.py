"""Sanctions: measures by their nouns and verbs, who imposes them, whom they hit."""

from collections.abc import Iterator, Sequence

from kg.model import Span
from kg.reading.actions import adjective_country, clause_end
from kg.reading.clauses import COMPLEMENTS, Analysis, Argument, Hit, light_hit, subject
from kg.reading.draft import Draft
from kg.reading.factuality import before, factuality
from kg.reading.forms import Form
from kg.reading.lexicon import Predicate, Sense
from kg.reading.memory import Known
from kg.reading.phrases import Phrase
from kg.reading.statements import span, trimmed
from kg.reading.words import Split, fold, splits

KINDS = {
    "embargo": frozenset(fold(w) for w in "حظر حظرا".split()),
    "tariff": frozenset(fold(w) for w in "رسوم رسوما تعريفات تعرفات تعريفة".split()),
    "sanction": frozenset(fold(w) for w in "عقوبات عقوبة".split()),
    "other": frozenset(fold(w) for w in "قيود قيودا".split()),
    "asset_freeze": frozenset(fold(w) for w in "تجميد جمد جمدت جمدا".split()),
    "listing": frozenset(fold(w) for w in "أدرج أدرجت تدرج إدراج".split()),
    "punish": frozenset(fold(w) for w in "عاقب عاقبت تعاقب معاقبة".split()),
}
OBJECTS = {
    "asset_freeze": frozenset(fold(w) for w in "أصول الأصول أصوله أصولها أرصدة أموال أموالها أصولهم".split()),
    "listing": frozenset(fold(w) for w in "قائمة قائمتها القائمة لائحة السوداء العقوبات لائحتها".split()),
    "tariff": frozenset(fold(w) for w in "جمركية إضافية الجمركية تجارية".split()),
}
NOUN = Predicate("عقوبات", "Sanction", "sanction", "", (), {})


def sanctions(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The sanctions of a sentence, one a measure."""
    for i, kind, split in measures(a):
        draft = sanction(a, i, kind, split, number, said)
        if draft is not None:
            yield draft


def measures(a: Analysis) -> Iterator[tuple[int, str, Split]]:
    """(word, kind, clitics) of every word that names a measure."""
    for i, word in enumerate(a.words):
        if i in a.covered or not word.is_word:
            continue
        found = next(
            (
                (kind, s)
                for s in splits(word.key)
                for kind, keys in KINDS.items()
                if s.stem in keys or _pronoun(s.stem, keys)
            ),
            None,
        )
        if found is not None and backed(a, i, found[0]):
            yield i, found[0], found[1]


def _pronoun(stem: str, keys: frozenset[str]) -> bool:
    return any(stem.removesuffix(p) in keys for p in ("ها", "ه", "هم") if stem.endswith(p) and len(stem) > 5)


def backed(a: Analysis, i: int, kind: str) -> bool:
    """Whether a word that could be much else (freeze, list, duties, restrictions, ban) has beside it what makes it a measure."""
    near = {w.key for w in a.words[i + 1 : i + 9]}
    if kind in OBJECTS:
        return bool(near & OBJECTS[kind])
    if kind == "other":
        return any(a.scan.has(k, "impose") for k in before_words(i))
    if kind == "embargo":
        return not near & NO_EMBARGO
    return True


NO_EMBARGO = frozenset(fold(w) for w in "التجول التجوال طيران الطيران الأسلحة النووية السفر".split())


def before_words(i: int) -> range:
    """Indices of the six words before a word."""
    return range(max(0, i - 7), i)


def sanction(a: Analysis, i: int, kind: str, split: Split, number: int, said: Sequence[Draft]) -> Draft | None:
    """The sanction that a measure's word states."""
    hit = Hit(i, split, Sense(NOUN, Form("perfect" if kind in {"listing", "punish"} else "masdar", "", "", "")))
    frame = next((d for d in reversed(said) if d.at < i < d.content[1]), None)
    verb = governor(a, hit)
    if frame is not None and frame.kind in {"demand", "request"} and verb is not None and a.scan.has(verb, "relieve"):
        verb, relief = None, False
    else:
        relief = verb is not None and a.scan.has(verb, "relieve") and not a.scan.has(verb, "impose")
    act = frame.kind if frame is not None and frame.kind in {"threaten"} else ""
    trigger = Hit(verb, hit.split, hit.sense) if verb is not None else hit
    value, why = factuality(a, trigger, act)
    if verb is None and act != "threaten":
        value, why = "actual", "background"
    start = verb if verb is not None else i
    end = trimmed(a, i, clause_end(a, hit))
    draft = Draft(
        "Sanction",
        "relief" if relief else MEASURE.get(kind, kind),
        f"sanction_{why}",
        number,
        i,
        [span(a, min(start, i), max(end, i + 1))],
        factuality=value,
    )
    imposers(a, hit, verb, frame, draft)
    targets(a, hit, end, draft)
    draft.evidence = [Span(a.words[min(start, i)].start, draft.evidence[0].end)]
    return draft if draft.ids("imposer") or draft.ids("target") and verb is not None else None


MEASURE = {"listing": "sanction", "punish": "sanction"}


def governor(a: Analysis, hit: Hit) -> int | None:
    """The verb or action noun of imposing or lifting that governs a measure, or follows it in a relative clause."""
    for i in before(a, hit, 14):
        if a.words[i].text == "،" and hit.at - i > 8:
            break
        if a.words[i].key in COMPLEMENTS:
            break
        if i not in a.covered and (a.scan.has(i, "impose") or a.scan.has(i, "relieve")):
            return i
    for i in range(hit.at + 1, min(hit.at + 6, len(a.words))):
        if i not in a.covered and a.scan.has(i, "impose"):
            return i
    return None


def imposers(a: Analysis, hit: Hit, verb: int | None, frame: Draft | None, draft: Draft) -> None:
    """Who imposes: the subject of the verb, the adjective of the noun, who threatens it."""
    word = (a.words[hit.at].start, a.words[hit.at].end)
    found: Argument | None = None
    finite = verb is not None and (
        any(h.at == verb and h.finite for h in a.hits)
        or a.words[verb].key.lstrip("وف")[-1:] in "تهاض"
        and not a.words[verb].key.startswith("ال")
    )
    adjective = adjective_country(a, hit)
    phrase = a.starts.get(hit.at + 1)
    if hit.sense.form.form == "perfect":
        found = subject(a, light_hit(a, hit.at))
    elif adjective is not None:
        found = adjective
    elif finite and verb is not None and masdar_free(a, verb):
        found = subject(a, light_hit(a, verb))
    if (
        not found
        and phrase is not None
        and not phrase.preposition
        and phrase.kind in {"name", "nation", "org"}
        and not phrase.conjunction
    ):
        found = a.argument((phrase,), "genitive")
    if not found and verb is not None:
        found = behind(a, verb)
    if (
        not found
        and frame is not None
        and (frame.kind in {"threaten", "announce", "promise"} or verb is not None and a.words[verb].key.endswith("نا"))
    ):
        speakers = tuple(a.memory.get(k) for k in frame.ids("speaker"))
        found = Argument((), tuple(a.memory.country_of(k) or k for k in speakers), "frame")
    if (
        not found
        and frame is not None
        and frame.kind in {"demand", "request"}
        and hit.split.stem.endswith(("ها", "ه", "هم"))
    ):
        found = Argument((), tuple(a.memory.get(k) for k in frame.ids("addressee")), "addressee")
    for known, named in pairs(found):
        acting = a.memory.acting(known)
        if acting.type != "Place":
            draft.fill("imposer", acting, named, word)


def masdar_free(a: Analysis, i: int) -> bool:
    """Whether a word of imposing is a verb: it stands before the measure without article or preposition."""
    return not a.words[i].key.startswith(("ال", "ب", "ل", "المفروض")) and a.words[i].key not in ACTION_NOUNS


ACTION_NOUNS = frozenset(fold(w) for w in "فرض تشديد رفع تخفيف تعليق إلغاء إعادة توسيع تمديد".split())


def behind(a: Analysis, verb: int) -> Argument | None:
    """Who is the subject of the verb that carries «إعادة فرض» and its like."""
    hit = light_hit(a, verb)
    for i in before(a, hit, 8):
        if (
            i not in a.covered
            and (a.scan.has(i, "impose") or a.scan.has(i, "commit") or a.scan.has(i, "light"))
            and masdar_free(a, i)
        ):
            found = subject(a, light_hit(a, i))
            return found if found else None
    return None


def pairs(found: Argument | None) -> list[tuple[Known, Phrase | None]]:
    """An argument's entities, each with its phrase."""
    if found is None:
        return []
    return [
        (k, found.phrases[min(n, len(found.phrases) - 1)] if found.phrases else None)
        for n, k in enumerate(found.fillers)
    ]


def targets(a: Analysis, hit: Hit, end: int, draft: Draft) -> None:
    """Whom the measure hits: behind على, ضد, عن, the object of a freeze or listing, the one a relative clause names."""
    word = (a.words[hit.at].start, a.words[hit.at].end)
    limit = max(end, min(hit.at + 12, len(a.words)))
    for phrase in a.phrases:
        if not hit.at < phrase.start < limit:
            continue
        direct = hit.sense.form.form == "perfect" or "جمد" in a.words[hit.at].key or "تجميد" in a.words[hit.at].key
        aimed = any(a.words[k].key in AIMING for k in range(hit.at + 1, phrase.start))
        if phrase.preposition in {"علي", "ضد", "عن", "بحق", "ل"} or (direct or aimed) and not phrase.preposition:
            for known in a.refer(phrase):
                acting = a.memory.acting(known)
                if acting.type != "Place" and acting.id not in draft.ids("imposer"):
                    draft.fill("target", acting, phrase, word)
    if not draft.ids("target") and (pronoun := pronoun_target(a, hit, limit)) is not None:
        known = other_state(a, draft, pronoun)
        if known is not None:
            draft.fill("target", known, None, (a.words[pronoun].start, a.words[pronoun].end))
    for i in range(hit.at + 1, limit):
        nation = a.scan.nation(i) if i not in a.covered else None
        if nation and i > hit.at + 2 and not draft.ids("target"):
            known = a.memory.of_row(nation)
            if known.id not in draft.ids("imposer"):
                known.forms.setdefault(a.words[i].text)
                known.spans.append((a.words[i].start, a.words[i].end))
                draft.fill("target", known, None, (a.words[i].start, a.words[i].end))


AIMING = frozenset(fold(w) for w in "استهدفت تستهدف تطال طالت تطاول طاولت شملت تشمل استهدف يطال".split())


def pronoun_target(a: Analysis, hit: Hit, limit: int) -> int | None:
    """The word that takes up whom a measure hits: «عليها», «على قطاعيها»."""
    for i in range(hit.at + 1, limit):
        key = a.words[i].key
        if key in {"عليها", "عليه", "عليهم", "ضدها", "ضده", "عنها", "عنه"}:
            return i
        if (
            i > hit.at + 1
            and a.words[i - 1].key in {"علي", "عن"}
            and key.endswith(("ها", "ه"))
            and i not in a.covered
            and "ة" not in a.words[i].text[-1:]
        ):
            return i
    return None


def other_state(a: Analysis, draft: Draft, before_word: int) -> Known | None:
    """The state named last before a word that is no imposer."""
    end = a.words[before_word].start
    for known in reversed(a.memory.recent):
        acting = a.memory.acting(known)
        if acting.type == "Country" and acting.id not in draft.ids("imposer") and any(s < end for s, _ in known.spans):
            return acting
    return None
