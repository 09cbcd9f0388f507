"""Agreements: what was signed, agreed, proposed or left, between whom, about what, how many."""

import re
from collections.abc import Iterator, Sequence

from kg.model import Span
from kg.reading.actions import clause_end
from kg.reading.clauses import Analysis, Argument, Hit, finite_hits, light_hit, subject
from kg.reading.draft import Draft
from kg.reading.factuality import before, factuality
from kg.reading.forms import Form
from kg.reading.lexicon import Predicate, Sense
from kg.reading.memory import Known
from kg.reading.phrases import Phrase
from kg.reading.statements import span, trimmed
from kg.reading.words import Split, Word, fold, splits

NOUN = Predicate("اتفاق", "Agreement", "other", "", (), {})


def stems(text: str) -> frozenset[str]:
    """Keys of listed words."""
    return frozenset(fold(w) for w in text.split())


KIND_OF = (
    ("memorandum", stems("مذكرة مذكرات مذكرتي مذكرتا مذكرتين")),
    ("protocol", stems("بروتوكول بروتوكولا بروتوكولات")),
    ("roadmap", stems("خارطة خريطة")),
    ("contract", stems("عقد عقدا عقود عقودا عقدين صفقة صفقات")),
    ("treaty", stems("معاهدة معاهدات ميثاق مواثيق")),
    ("ceasefire", stems("هدنة")),
    ("partnership", stems("شراكة")),
)
CEASEFIRE = stems("النار نار القتال إطلاق")
PARTNERSHIP = stems("شراكة الشراكة للشراكة")
STATUSES = ("ended", "suspended", "ratified", "signed", "agreed", "inforce", "negotiated", "proposed")
STATUS_NAME = {"inforce": "in_force"}
OPEN = {"proposed", "negotiated"}
NUMBER_WORDS = {fold(w): n for n, w in enumerate("صفر واحد اثنين ثلاث أربع خمس ست سبع ثماني تسع عشر".split())}
GENERIC = stems("اتفاق الاتفاق اتفاقية الاتفاقية المذكرة مذكرة الوثيقة العقد الصفقة الهدنة المعاهدة")
REACH = 24


def agreements(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The agreements of a sentence."""
    taken: set[int] = set()
    for i, word in enumerate(a.words):
        if i in taken or i in a.covered and not names_agreement(a, i) or not word.is_word:
            continue
        split = agreement_split(a, i)
        if split is None:
            continue
        draft = agreement(a, i, split, number, said)
        if draft is not None:
            taken.update(range(i, i + 5))
            yield draft
        if (
            draft is not None
            and draft.status in {"ended", "suspended"}
            and (signed := concluded(a, i, split, number)) is not None
        ):
            yield signed


def concluded(a: Analysis, i: int, split: Split, number: int) -> Draft | None:
    """«انسحبت من الاتفاق المبرم مع إيران في 2015»: the conclusion of what somebody leaves."""
    at = next(
        (
            k
            for k in range(i + 1, min(i + 4, len(a.words)))
            if in_status(a, k, "signed") and a.words[k].key.startswith("الم")
        ),
        None,
    )
    if at is None:
        return None
    hit = Hit(i, split, Sense(NOUN, Form("masdar", "", "", "")))
    end = trimmed(a, at, clause_end(a, Hit(at, split, hit.sense)))
    draft = Draft(
        "Agreement", kind_of(a, i, split, end), "agreement_concluded", number, at, [span(a, i, end)], status="signed"
    )
    for phrase in a.phrases:
        if at < phrase.start < end and phrase.preposition in {"بين", "مع"}:
            party(a, draft, phrase)
    return draft if draft.ids("party") else None


def names_agreement(a: Analysis, i: int) -> bool:
    """Whether the phrase over a word is no name of the tables."""
    phrase = a.covered[i]
    left = phrase.keys and phrase.start == i and any(in_status(a, k, "ended") for k in range(max(0, i - 8), i))
    return phrase.kind == "org" and not phrase.keys or phrase.tagged != "" or bool(left)


def agreement_split(a: Analysis, i: int) -> Split | None:
    """The clitics under which word i is a noun of agreement, or «وقف إطلاق النار», or a verb of agreeing."""
    members = a.scan.lexicon.classes["agreement"]
    found = next((s for s in splits(a.words[i].key) if s.stem in members), None)
    if found is not None and not (found.stem == "عقد" and not noun_of_contract(a, i)):
        return found
    if found is None and a.scan.key(i).lstrip("و") in VERBS and complement_of_agreeing(a, i):
        return Split("", "", False, a.scan.key(i))
    return None


VERBS = stems("اتفق اتفقت اتفقا اتفقتا اتفقوا")


def complement_of_agreeing(a: Analysis, i: int) -> bool:
    """Whether «على» with what was agreed follows."""
    return any(w.key in {"علي", "ان"} for w in a.words[i + 1 : i + 10])


def noun_of_contract(a: Analysis, i: int) -> bool:
    """Whether «عقد» is the contract and not the verb of holding a meeting or «decade»."""
    after = a.scan.key(i + 1)
    if any(
        s.predicate.type == "Meeting"
        for k in range(i + 1, min(i + 14, len(a.words)))
        if k not in a.covered
        for _, s in a.scan.lexicon.senses_of(a.words[k])
    ):
        return False
    before_key = a.scan.key(i - 1) if i else ""
    if after in stems("من") and not before_key:
        return False
    return (
        before_key in stems("توقيع وقع بموجب ابرام على من أبرم وقعت أبرمت")
        or after[:1] == "ل"
        or after in stems("أبرم مع بين بقيمة تسليح")
        or a.words[i].key.startswith(("ال", "ب", "ل"))
        and len(a.words[i].key) > 4
    )


def agreement(a: Analysis, i: int, split: Split, number: int, said: Sequence[Draft]) -> Draft | None:
    """The agreement that a noun states, or None where nobody is party to it or nothing happens to it."""
    hit = Hit(i, split, Sense(NOUN, Form("masdar", "", "", "")))
    where, status = state(a, hit)
    verbal = a.scan.key(i).lstrip("و") in VERBS
    if verbal:
        where, status = i, "agreed"
    frame = next((d for d in reversed(said) if d.at < i < d.content[1]), None)
    end = trimmed(a, i, clause_end(a, hit))
    if status is None and not between(a, hit, end):
        return None
    if frame is not None and frame.kind in {"demand", "request"} and frame.at < i:
        return None
    trigger = Hit(where, split, hit.sense) if where is not None else hit
    value, why = factuality(a, trigger, "threaten" if frame is not None and frame.kind == "threaten" else "")
    if value == "planned" and status in {"signed", "agreed", "ratified"}:
        status = "proposed" if status != "agreed" else "negotiated"
    status = status or "in_force"
    value = (
        "planned"
        if STATUS_NAME.get(status, status) in OPEN
        else "actual"
        if value in {"hypothetical", "threatened", "planned"}
        else value
    )
    start = min(x for x in (where, i) if x is not None)
    draft = Draft(
        "Agreement",
        kind_of(a, i, split, end),
        f"agreement_{why}",
        number,
        i,
        [span(a, start, max(end, i + 1))],
        factuality=value,
        status=STATUS_NAME.get(status, status),
    )
    parties(a, hit, where, end, draft, frame)
    places(a, start, end, draft)
    mediators(a, i, draft)
    draft.count = count(a, i)
    draft.subjects = subjects(a, i, end)
    return draft if draft.ids("party") and acceptable(a, draft, split, where) else None


def acceptable(a: Analysis, draft: Draft, split: Split, where: int | None) -> bool:
    """Whether a mention is an agreement of its own: two parties, or one with a verb that does something to it."""
    return (
        len(draft.ids("party")) >= 2
        or where is not None
        and (
            draft.status in {"ended", "suspended"}
            or draft.status in {"ratified", "agreed", "signed"}
            and not split.article
        )
    )


def state(a: Analysis, hit: Hit) -> tuple[int | None, str | None]:
    """(word, status) that the nearest governing verb, noun or participle gives."""
    near = [*before(a, hit, REACH), *range(hit.at + 1, min(hit.at + 9, len(a.words)))]
    bound = next((i for i in near if a.words[i].key.removeprefix("و") in BINDING), None)
    if bound is not None and bound < hit.at:
        return bound, "inforce"
    nearest = sorted(near, key=lambda k: abs(k - hit.at) + (3 if k > hit.at else 0))
    for statuses in (STATUSES[:5], STATUSES[5:]):
        for i in nearest:
            found = next(
                (s for s in statuses if i not in a.covered and in_status(a, i, s) and reaches(a, hit, i)), None
            )
            if found is not None:
                return i, found
    return None, None


BINDING = stems("ترتبط يرتبط ترتبطان يرتبطان")


def in_status(a: Analysis, i: int, status: str) -> bool:
    """Whether word i is in a status class; «الاتفاق» before an agreement is the agreement itself."""
    key = a.words[i].key
    members = a.scan.lexicon.classes[status]
    return key in members or key[:1] in "وفبل" and key[1:] in members


def reaches(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether no stop stands between a verb of status and the agreement."""
    low, high = sorted((i, hit.at))
    commas = sum(a.words[k].text in {"،", ","} for k in range(low, high))
    behind_comma = i > hit.at and commas > 0
    return not behind_comma and not any(a.words[k].text in {".", "؛", ":"} for k in range(low, high))


def kind_of(a: Analysis, i: int, split: Split, end: int) -> str:
    """The kind by the noun and what it is about."""
    following = {w.key for w in a.words[i + 1 : min(i + 6, max(end, i + 1))]}
    around = {w.key.removeprefix("ل").removeprefix("ب") for w in a.words[max(0, i - 1) : i + 5]}
    if split.stem in KIND_OF[5][1] or following & CEASEFIRE and around & {"وقف", "هدنه"}:
        return "ceasefire"
    named = next((kind for kind, keys in KIND_OF if split.stem in keys), None)
    if named is not None:
        return named
    if following & PARTNERSHIP or split.stem in PARTNERSHIP:
        return "partnership"
    return "other"


def between(a: Analysis, hit: Hit, end: int) -> bool:
    """Whether the parties are named with the agreement: «اتفاق بين X وY»."""
    return any(p.preposition == "بين" and hit.at < p.start < end for p in a.phrases) or any(
        a.words[k].key in {"بينهما"} for k in range(hit.at, end)
    )


def parties(a: Analysis, hit: Hit, where: int | None, end: int, draft: Draft, frame: Draft | None) -> None:
    """The parties: «بين X وY», «مع Y», the subject of the verb; states for the persons who sign for them."""
    word = (a.words[hit.at].start, a.words[hit.at].end)
    for phrase in a.phrases:
        low = min(hit.at, where if where is not None else hit.at)
        links = (
            {"بين", "مع", "ب"}
            if where is not None and a.words[where].key.removeprefix("و") in BINDING
            else {"بين", "مع"}
        )
        if low < phrase.start < max(end, hit.at + 12) and phrase.preposition in links and clear(a, hit, phrase):
            party(a, draft, phrase)
    if len(draft.ids("party")) < 2:
        found = signer(a, hit, where)
        for n, known in enumerate(found.fillers):
            phrase = found.phrases[min(n, len(found.phrases) - 1)] if found.phrases else None
            acting = represented(a, known)
            if acting is not None:
                draft.fill("party", acting, phrase, word)
    if len(draft.ids("party")) < 2 and any(
        a.words[k].key in {"بينهما", "الثنايي", "الثناييه"} for k in range(hit.at, end)
    ):
        for ident in a.memory.pair:
            known = represented(a, a.memory.get(ident))
            if known is not None:
                draft.fill("party", known, None, word)
    if not draft.ids("party") and where is not None and a.words[where].key.endswith("توقيع"):
        for phrase in witnesses(a, hit):
            party(a, draft, phrase)
    if not draft.ids("party") and draft.status in {"proposed", "negotiated"}:
        for known, phrase in planners(a, hit):
            acting = represented(a, known)
            if acting is not None:
                draft.fill("party", acting, phrase, word)
    if not draft.ids("party") and where is not None and (reciprocal(a, where) or a.words[where].key == "حيز"):
        for ident in a.memory.pair:
            known = represented(a, a.memory.get(ident))
            if known is not None:
                draft.fill("party", known, None, word)
    if len(draft.ids("party")) == 1 and frame is not None and frame.kind in {"announce", "assert"}:
        for ident in frame.ids("speaker"):
            known = represented(a, a.memory.get(ident))
            if known is not None and known.type != "Person":
                draft.fill("party", known, None, word)


def reciprocal(a: Analysis, where: int) -> bool:
    """Whether a verb of status needs two that sign: dual, passive, or «تم توقيع»."""
    word = a.words[where]
    passive = (
        word.passive
        or where > 0
        and a.scan.has(where - 1, "passive")
        or any(a.scan.has(k, "passive") for k in range(max(0, where - 4), where))
    )
    return passive or word.key.endswith("ا") and not word.key.startswith("ال")


def witnesses(a: Analysis, hit: Hit) -> tuple[Phrase, ...]:
    """Two that attend a signing in the sentence's first list: «رعى X ونظيره Y مراسم التوقيع»."""
    for phrase in a.phrases:
        members = a.group(phrase)
        if phrase.start < hit.at and not phrase.preposition and len(members) >= 2:
            return members
    return ()


def planners(a: Analysis, hit: Hit) -> list[tuple[Known, Phrase | None]]:
    """Who plans an agreement: the two subjects of the verb before it («ناقشا رغبتهما في إبرام اتفاقية»)."""
    for verb in reversed(finite_hits(a)):
        if verb.at < hit.at and hit.at - verb.at < 12:
            found = subject(a, verb)
            if len(found.fillers) >= 2:
                return [
                    (k, found.phrases[min(n, len(found.phrases) - 1)] if found.phrases else None)
                    for n, k in enumerate(found.fillers)
                ]
            return []
    return []


def clear(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """Whether no full stop parts the agreement from a phrase."""
    low, high = sorted((hit.at, phrase.start))
    return not any(a.words[k].text in {".", "؛", ":"} for k in range(low, high))


def party(a: Analysis, draft: Draft, phrase: Phrase) -> None:
    """Fill the parties of one phrase."""
    for known in a.refer(phrase):
        acting = represented(a, known)
        if acting is not None:
            draft.fill("party", acting, phrase)


def represented(a: Analysis, known: Known) -> Known | None:
    """A person signs for a country; a capital stands for it; a place is no party."""
    acting = a.memory.acting(known)
    if acting.type == "Person":
        return a.memory.country_of(acting) or acting
    return None if acting.type == "Place" else acting


def signer(a: Analysis, hit: Hit, where: int | None) -> Argument:
    """Who signs, agrees or leaves: the subject of the verb of status."""
    nobody = Argument((), (), "none")
    if where is None:
        return nobody
    word: Word = a.words[where]
    if (
        word.passive
        or word.key.startswith(("ال", "بال"))
        or word.key.lstrip("وب") in NOUNS
        or word.key[:2] == "مو"
        or word.key[:2] == "مب"
    ):
        return genitive(a, where) or nobody
    return subject(a, light_hit(a, where))


NOUNS = stems(
    "توقيع إبرام انسحاب انسحابها انسحابه إلغاء إلغاءه سريان تعليق مصادرة اتفاق حيز بموجب موجب وساطة انهيار مفاوضات محادثات مباحثات مقترح موافقة إعلان رغبة رغبتهما السعي اتفاقهما موقع توصل"
)


def genitive(a: Analysis, i: int) -> Argument | None:
    """Who stands right behind an action noun of status, or whom its pronoun means."""
    phrase = a.starts.get(i + 1)
    if phrase is not None and not phrase.preposition:
        return a.argument(a.group(phrase), "genitive")
    if (
        a.words[i].key.endswith(("ها", "ه"))
        and a.words[i].key.rstrip("ها") != a.words[i].key
        and a.words[i].key.startswith(("انسحاب", "الغاء"))
    ):
        known = a.memory.dropped("")
        return Argument((), (known,), "pronoun") if known else None
    return None


def places(a: Analysis, start: int, end: int, draft: Draft) -> None:
    """Where: a place behind «في» or «ب»."""
    for phrase in a.phrases:
        if start < phrase.start < end and phrase.preposition in {"في", "ب"}:
            for known in a.refer(phrase):
                if known.type == "Place" and not draft.ids("place"):
                    draft.fill("place", known, phrase)


def mediators(a: Analysis, i: int, draft: Draft) -> None:
    """Who mediated: behind «بوساطة» and «برعاية», as name or adjective."""
    word = next((k for k in range(i, min(i + 26, len(a.words))) if a.scan.has(k, "mediation")), None)
    if word is None:
        return
    for k in range(word + 1, min(word + 6, len(a.words))):
        phrase, nation = a.starts.get(k), a.scan.nation(k)
        if phrase is not None:
            for member in a.group(phrase):
                for known in a.refer(member):
                    draft.fill("mediator", a.memory.acting(known), member)
            return
        if nation is not None:
            known = a.memory.of_row(nation)
            known.forms.setdefault(a.words[k].text)
            known.spans.append((a.words[k].start, a.words[k].end))
            draft.fill("mediator", known, None, (a.words[k].start, a.words[k].end))


def count(a: Analysis, i: int) -> int | None:
    """How many: the number before the noun, or a dual."""
    for k in (i - 1, i - 2, i + 1):
        if 0 <= k < len(a.words) and a.words[k].is_number and re.fullmatch(r"\d{1,4}", a.words[k].key):
            value = int(a.words[k].key)
            return value if value < 1000 and k < i else None
    if i and a.words[i - 1].key.removesuffix("ه") in NUMBER_WORDS:
        return NUMBER_WORDS[a.words[i - 1].key.removesuffix("ه")]
    return 2 if a.words[i].key.endswith(("ين", "تين")) and len(a.words[i].key) > 5 else None


SUBJECT_CUES = stems("بشأن حول لـ في مجال مجالات شأن")


def subjects(a: Analysis, i: int, end: int) -> tuple[str, ...]:
    """What it is about: the nouns behind «في مجالات», «بشأن», «حول»."""
    for k in range(i + 1, min(end, i + 12)):
        if a.words[k].key in stems("مجال مجالات المجالات بشأن حول شأن") and k + 1 < end:
            text = a.scan.text[a.words[k + 1].start : a.words[end - 1].end]
            parts = re.split(r"[،,]\s*|\s+و(?=\S)", text)
            return tuple(p.strip().removeprefix("و") for p in parts if p.strip())[:6]
    return ()


def spans_of(draft: Draft) -> list[Span]:
    """The evidence of a draft."""
    return draft.evidence
