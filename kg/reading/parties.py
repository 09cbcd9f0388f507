"""Who is party to an agreement, who mediates it, and where."""

from kg.reading.clauses import Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.light import finite_hits, light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.terms import BINDING, stems
from kg.reading.words import Word


def names_both(a: Analysis, hit: Hit, end: int) -> bool:
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
        if low < phrase.start < max(end, hit.at + 12) and phrase.preposition in links and same_clause(a, hit, phrase):
            fill_party(a, draft, phrase)
    if len(draft.ids("party")) < 2:
        found = signer(a, hit, where)
        for n, known in enumerate(found.fillers):
            phrase = found.phrases[min(n, len(found.phrases) - 1)] if found.phrases else None
            acting = a.memory.represented(known)
            if acting is not None:
                draft.fill("party", acting, phrase, word)
    if len(draft.ids("party")) < 2 and any(
        a.words[k].key in {"بينهما", "الثنايي", "الثناييه"} for k in range(hit.at, end)
    ):
        for ident in a.memory.pair:
            known = a.memory.represented(a.memory.get(ident))
            if known is not None:
                draft.fill("party", known, None, word)
    if not draft.ids("party") and where is not None and a.words[where].key.endswith("توقيع"):
        for phrase in witnesses(a, hit):
            fill_party(a, draft, phrase)
    if not draft.ids("party") and draft.status in {"proposed", "negotiated"}:
        for known, phrase in planners(a, hit):
            acting = a.memory.represented(known)
            if acting is not None:
                draft.fill("party", acting, phrase, word)
    if not draft.ids("party") and where is not None and (reciprocal(a, where) or a.words[where].key == "حيز"):
        for ident in a.memory.pair:
            known = a.memory.represented(a.memory.get(ident))
            if known is not None:
                draft.fill("party", known, None, word)
    if len(draft.ids("party")) == 1 and frame is not None and frame.kind in {"announce", "assert"}:
        for ident in frame.ids("speaker"):
            known = a.memory.represented(a.memory.get(ident))
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
    """Who plans an agreement: the two agreement_subjects of the verb before it («ناقشا رغبتهما في إبرام اتفاقية»)."""
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


def same_clause(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """Whether no full stop parts the agreement from a phrase."""
    low, high = sorted((hit.at, phrase.start))
    return not any(a.words[k].text in {".", "؛", ":"} for k in range(low, high))


def fill_party(a: Analysis, draft: Draft, phrase: Phrase) -> None:
    """Fill the parties of one phrase."""
    for known in a.refer(phrase):
        acting = a.memory.represented(known)
        if acting is not None:
            draft.fill("party", acting, phrase)


def signer(a: Analysis, hit: Hit, where: int | None) -> Argument:
    """Who signs, agrees or leaves: the subject of the verb of status."""
    nobody = Argument((), (), "none")
    if where is None:
        return nobody
    word: Word = a.words[where]
    if (
        word.passive
        or word.key.startswith(("ال", "بال"))
        or word.key.lstrip("وب") in STATUS_NOUNS
        or word.key[:2] == "مو"
        or word.key[:2] == "مب"
    ):
        return status_genitive(a, where) or nobody
    return subject(a, light_hit(a, where))


STATUS_NOUNS = stems(
    "توقيع إبرام انسحاب انسحابها انسحابه إلغاء إلغاءه سريان تعليق مصادرة اتفاق حيز بموجب موجب وساطة انهيار مفاوضات محادثات مباحثات مقترح موافقة إعلان رغبة رغبتهما السعي اتفاقهما موقع توصل"
)


def status_genitive(a: Analysis, i: int) -> Argument | None:
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


def agreement_places(a: Analysis, start: int, end: int, draft: Draft) -> None:
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
            known = a.memory.touch(nation, a.words[k].start, a.words[k].end, a.words[k].text)
            draft.fill("mediator", known, None, (a.words[k].start, a.words[k].end))
