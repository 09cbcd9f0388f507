"""Statements: who says what, to whom, about whom, through whom; speech acts and stances."""

from collections.abc import Iterator
from functools import cache

from kg.authority import listed, rows
from kg.model import Span
from kg.reading.clauses import (
    COMPLEMENTS,
    NOBODY,
    RELATIVES,
    VAGUE,
    Analysis,
    Argument,
    Hit,
    after_phrases,
    finite_hits,
    subject,
    subject_after,
)
from kg.reading.draft import Draft
from kg.reading.memory import Known, agrees
from kg.reading.phrases import OPEN, Phrase
from kg.reading.words import fold, splits

WINDOW = 24  # words after a verb in which its complement must begin
QUOTING = {":", '"', "«", "“", "”", "„"}
ACTORS = {"Person", "Organization", "Country"}


@cache
def content_acts() -> dict[str, str]:
    """Key of an expressed noun to the act it makes."""
    return {fold(w): row["act"] for row in rows("content_acts") for w in listed(row["words"])}


@cache
def content_cues() -> tuple[tuple[frozenset[str], str], ...]:
    """Words in what is said, and the act they make, in order of preference."""
    return tuple((frozenset(fold(w) for w in listed(row["words"])), row["act"]) for row in rows("content_cues"))


def statements(a: Analysis, number: int, before: Draft | None) -> Iterator[Draft]:
    """The statements of a sentence, in order; `before` is the statement that came last in the paragraph."""
    hits = openers(a)
    note_opening(a)
    verbs = [h for h in finite_hits(a) if h.at not in {o.at for o in hits} and not a.quoted(h.at)]
    last = before
    for k, hit in enumerate(hits):
        while verbs and verbs[0].at < hit.at:
            note_subject(a, verbs.pop(0))
        end = hits[k + 1].at if k + 1 < len(hits) else len(a.words)
        draft = statement(a, hit, end, number, last)
        if draft is None:
            continue
        if draft is not last:
            yield draft
        last = draft
    for verb in verbs:
        note_subject(a, verb)


def note_opening(a: Analysis) -> None:
    """Remember who stands free right behind the first word of a sentence, whatever verb that may be."""
    first = next((i for i in (1, 2) if i in a.starts), None)
    opening = a.words[0] if a.words else None
    if first is None or opening is None or not opening.is_word or a.scan.is_particle(0) or opening.key.startswith("ال"):
        return
    phrase = a.starts[first]
    if not phrase.preposition and phrase.kind in {"person", "office", "org", "name"}:
        for known in a.refer(phrase)[:1]:
            a.memory.subject(a.memory.acting(known) if known.type == "Place" else known)


def note_subject(a: Analysis, hit: Hit) -> None:
    """Remember who does a verb that opens no statement, for the dropped subjects after it."""
    found = subject(a, hit)
    if found.how in {"after", "before"}:
        for known in found.fillers:
            a.memory.subject(known, found.fillers)


def openers(a: Analysis) -> list[Hit]:
    """The words that open a statement: one sense a word, saying before acting, none inside a quote."""
    found: dict[int, Hit] = {}
    for hit in a.hits:
        if hit.sense.predicate.type != "Statement" or hit.at in found:
            continue
        if hit.sense.form.first or a.quoted(hit.at):
            continue
        if opens(a, hit):
            found[hit.at] = hit
        elif hit.finite:
            a.refuse(hit.at, "statement", "nothing that is said follows")
    return list(found.values())


def opens(a: Analysis, hit: Hit) -> bool:
    """Whether a form of a saying predicate can open a statement where it stands."""
    form, frame = hit.sense.form, hit.sense.predicate.frame
    following = a.words[hit.at + 1].key if hit.at + 1 < len(a.words) else ""
    if form.form == "masdar":
        return nominal(a, hit)
    if form.form == "participle":
        return circumstance(a, hit)
    if hit.at and a.words[hit.at - 1].key in {"لم", "ولم", "لن", "ولن"} and hit.sense.predicate.lemma != "استبعد":
        return False
    if (
        a.words[hit.at].key in {"نقلا", "وفقا", "ردا", "وردا", "تعليقا"}
        or sourcing(a, hit)
        or noun_in_content(a, hit)
        or a.words[hit.at].passive
        or genitive_noun(a, hit)
    ):
        return False
    if (
        hit.at
        and not hit.split.conjunction
        and a.words[hit.at - 1].key in PREPOSITIONS_BEFORE | {"ما", "بما", "مما", "لما"}
    ):
        return False
    if hit.sense.predicate.lemma in ACTS and not spoken(a, hit):
        return False
    if frame == "clause":
        return has_complement(a, hit)
    if frame == "express":
        return following == "عن" or expressed(a, hit) is not None
    if form.pronoun and hit.sense.predicate.lemma == "حمل":
        return "مسووليه" in keys(a, hit.at, hit.at + 8)
    if hit.sense.predicate.lemma in {"حمل", "أخذ"}:
        return "مسووليه" in keys(a, hit.at, hit.at + 8)
    if hit.sense.predicate.lemma in {"عرض", "طرح", "أمر", "وصف", "هاجم", "طلب", "دعم", "وعد", "عارض"}:
        return not hit.split.article
    return True


PREPOSITIONS_BEFORE = frozenset(
    fold(w) for w in "من إلى على في عن بعد قبل دون عدم بشأن حول رغم خلال أهمية ضرورة مع إثر وسط".split()
)


def genitive_noun(a: Analysis, hit: Hit) -> bool:
    """«دعم روسيا لفنزويلا»: a form that is also an action noun, whose gender does not fit the name behind it, is the noun."""
    phrase = a.starts.get(hit.at + 1)
    if (
        phrase is None
        or phrase.preposition
        or hit.sense.form.pronoun
        or not any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(a.words[hit.at]))
    ):
        return False
    known = a.refer(phrase)
    gender = a.memory.gender_of(a.memory.acting(known[0])) if known else phrase.gender
    return not agrees(gender, hit.sense.form.gender)


def sourcing(a: Analysis, hit: Hit) -> bool:
    """«وفق ما أوضحت رويترز», «بحسب ما أوردته»: the verb names the medium of what stands before it."""
    return hit.at > 1 and (
        a.words[hit.at - 1].key in {"حسبما", "وفقما", "بحسبما", "مثلما"}
        or a.words[hit.at - 1].key in {"ما", "لما"}
        and a.words[hit.at - 2].key in {"وفق", "بحسب", "حسب", "وحسب", "علي", "وفقا", "ووفقا", "ووفق", "وبحسب"}
    )


def noun_in_content(a: Analysis, hit: Hit) -> bool:
    """«أكد دعمه»: a word that could be a verb is the noun that another verb of saying governs."""
    word = a.words[hit.at]
    if (
        hit.split.conjunction
        or not any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(word))
        and word.key not in content_acts()
    ):
        return False
    if hit.at and a.words[hit.at - 1].key in {"عن", "علي", "في", "الي", "من", "اي", "عدم"}:
        return True
    for other in a.hits:
        if (
            0 < hit.at - other.at <= 8
            and other.sense.predicate.type == "Statement"
            and other.sense.form.form in {"perfect", "imperfect", "participle"}
        ):
            between = a.words[other.at + 1 : hit.at]
            if not any(
                w.key in COMPLEMENTS or w.text in {"،", ",", ":", "."} for w in between
            ) and other.sense.predicate.frame in {"clause", "express", "target"}:
                return True
    return False


ACTS = {"اعترض", "هاجم", "عرض", "طرح"}


def spoken(a: Analysis, hit: Hit) -> bool:
    """Whether a verb that may be a deed is a word: no force, ship or weapon near, «اعترض» only with «على»."""
    near = range(hit.at + 1, min(hit.at + 9, len(a.words)))
    deed = any(a.scan.has(i, name) for name in ("war", "ship", "missile", "aircraft") for i in near)
    return not deed and (hit.sense.predicate.lemma != "اعترض" or "علي" in keys(a, hit.at, hit.at + 6))


def keys(a: Analysis, start: int, end: int) -> list[str]:
    """Keys of words start:end, conjunctions and prepositions left on."""
    return [w.key for w in a.words[start:end]]


def has_complement(a: Analysis, hit: Hit) -> bool:
    """Whether what is said follows: a clause, a quote, or for verbs that take one a noun of content."""
    if hit.sense.predicate.lemma in REPLIES:
        return replies(a, hit)
    for i in unbracketed(a, hit.at + 1)[:WINDOW]:
        word = a.words[i]
        if hit.sense.predicate.lemma == "أقر" and word.key not in COMPLEMENTS:
            continue
        if word.key in COMPLEMENTS or word.text in QUOTING and (word.text == ":" or not _short_quote(a, i)):
            return True
        if word.key in content_acts() or (hit.sense.predicate.lemma in NOMINAL_CONTENT and _masdar(a, i)):
            return True
        if word.text in {".", "؛"}:
            break
        if hit.sense.predicate.lemma == "نقل" and any(
            x.form.form == "masdar" and x.form.pronoun for _, x in a.scan.lexicon.senses_of(word)
        ):
            return True
    return hit.sense.predicate.lemma in {"أشار", "لفت", "ألمح", "تحدث"} or hit.sense.predicate.lemma in {
        "أعلن",
        "كشف",
        "شدد",
        "كرر",
        "برر",
        "استبعد",
    }


REPLIES = {"علق", "رد", "عقب"}


def replies(a: Analysis, hit: Hit) -> bool:
    """Whether a verb of replying has what it replies to, or its words, right behind its subject."""
    near = a.words[hit.at + 1 : hit.at + 12]
    return any(w.key in {"علي", "قايلا", "قايله", "بان", "بانه", "بالقول"} or w.text == ":" for w in near)


def unbracketed(a: Analysis, start: int) -> list[int]:
    """Word indices from `start`, what stands between two dashes or in brackets left out."""
    out, inside = [], False
    for i in range(start, len(a.words)):
        if a.words[i].text in {"-", "–", "—"} and (
            inside or any(w.text in {"-", "–", "—"} for w in a.words[i + 1 : i + 30])
        ):
            inside = not inside
        elif not inside:
            out.append(i)
    return out


NOMINAL_CONTENT = {"أعلن", "كشف", "أكد", "جدد", "قرر", "رجح", "توقع", "استبعد", "أقر", "برر", "كرر", "علق", "شدد"}


def _short_quote(a: Analysis, i: int) -> bool:
    """Whether a quote that opens at word i only quotes a name."""
    return any(o == i and c - o <= 4 for o, c in a.quotes) and i + 1 in a.covered


def _masdar(a: Analysis, i: int) -> bool:
    return any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(a.words[i]))


def circumstance(a: Analysis, hit: Hit) -> bool:
    """Whether a participle is a circumstance (مؤكدا أن) and no adjective: accusative, and what is said follows at once."""
    form = hit.sense.form
    following = a.words[hit.at + 1] if hit.at + 1 < len(a.words) else None
    if (
        hit.at
        and a.words[hit.at - 1].key in PREPOSITIONS_BEFORE
        or form.gender == "f"
        and form.number == "s"
        and "ة" not in a.words[hit.at].text[-2:]
    ):
        return False
    if (
        hit.at
        and form.gender == "f"
        and (a.words[hit.at - 1].key == "غير" or a.words[hit.at - 1].key.endswith("ه") and a.words[hit.at - 1].is_word)
        and following is not None
        and following.key not in COMPLEMENTS
    ):
        return False
    if following is None or hit.split.article or form.number == "p" and form.gender == "f":
        return False
    if form.pronoun == "?" and not (
        following.key in content_acts() and hit.sense.predicate.lemma in {"مجدد", "جدد", "أكد"}
    ):
        return False
    if hit.sense.predicate.frame in {"clause", "express"}:
        return (
            following.key in COMPLEMENTS
            or following.text in QUOTING
            or following.key in {"الي", "علي", "ب", "عن"}
            or following.key in content_acts()
            or has_near(a, hit.at + 1, 5)
        )
    return (
        following.text in QUOTING
        or following.key in COMPLEMENTS | {"الي", "من", "اياه", "اياها", "ب"}
        or hit.at + 1 in a.starts
        or following.key[:1] in "بل"
        or has_near(a, hit.at + 1, 4)
        or bool({"الي", "علي", "من"} & set(keys(a, hit.at + 1, hit.at + 9)))
    )


def has_near(a: Analysis, i: int, reach: int) -> bool:
    """Whether a complement begins within some words."""
    return any(w.key in COMPLEMENTS or w.text in {":", "«", "“"} for w in a.words[i : i + reach])


NOUNS_THAT_SPEAK = {"أعلن", "طالب", "اتهم", "هدد", "نفى", "دعا"}


def nominal(a: Analysis, hit: Hit) -> bool:
    """Whether an action noun reports a statement by itself: its speaker stands right behind it (إعلان الجيش, مطالبة البرهان)."""
    if hit.sense.predicate.lemma not in NOUNS_THAT_SPEAK or hit.split.article or hit.sense.form.pronoun:
        return False
    phrase = a.starts.get(hit.at + 1)
    if phrase is not None and phrase.surface.startswith("الأمن"):
        return False
    return (
        phrase is not None
        and not phrase.preposition
        and phrase.kind in {"person", "office", "org", "name", "nation"}
        and len(a.words) > phrase.end
        and hit.sense.form.number == "s"
    )


def expressed(a: Analysis, hit: Hit) -> str | None:
    """The act of the noun that a verb of expressing governs."""
    for i in range(hit.at + 1, min(hit.at + 13, len(a.words))):
        if a.words[i].key in COMPLEMENTS or a.words[i].text in {":", "."}:
            return None
        for split in splits(a.words[i].key):
            if split.stem in content_acts():
                return content_acts()[split.stem]
    return None


def statement(a: Analysis, hit: Hit, end: int, number: int, last: Draft | None) -> Draft | None:
    """The statement that a hit opens, or the last one where it goes on with it."""
    found = speaker(a, hit, last)
    if found and (all(a.memory.acting(k).type == "Place" for k in found.fillers) or stance_of_force(hit, found)):
        a.refuse(hit.at, "statement", "its subject cannot speak")
        return None
    if not found:
        a.memory.silenced = a.memory.silenced or found.how == "vague"
        a.refuse(hit.at, "statement", "nobody we know of speaks" if found.how == "vague" else "no subject")
        return None
    if is_medium(found) and inner_saying(a, hit, end):
        a.memory.medium = found.fillers[0]
        a.refuse(hit.at, "statement", "an outlet passes on what another says")
        return None
    if own_words(a, hit, found, last, number):
        last.evidence.append(span(a, hit.at, trimmed(a, hit.at, end)))  # type: ignore[union-attr]
        return last
    stop = trimmed(a, hit.at, end)
    draft = Draft(
        "Statement",
        act(a, hit, stop),
        f"statement_{hit.sense.form.form}_{found.how}",
        number,
        hit.at,
        [span(a, evidence_start(a, hit, found), stop)],
    )
    word = (a.words[hit.at].start, a.words[hit.at].end)
    for known in found.fillers:
        a.memory.subject(known, found.fillers)
    draft.fill_all("speaker", map(a.memory.acting, found.fillers), found.phrases, word)
    content = content_start(a, hit, stop)
    draft.content = (content, stop)
    draft.direct = content > 0 and a.words[content - 1].key not in COMPLEMENTS
    draft.quote = quotation(a, hit.at, stop)
    medium(a, hit, stop, draft, found)
    carried_medium(a, hit, draft, found, last)
    addressees(a, hit, content, draft, found)
    topics(a, hit, content, stop, draft)
    if goes_on(hit, draft, last):
        return extended(last, draft)
    return draft


def stance_of_force(hit: Hit, found: Argument) -> bool:
    """«القوات التي تدافع عن المدينة»: what a force does in a relative clause is no stance."""
    return (
        hit.sense.predicate.frame == "target" and found.how == "relative" and found.phrases[0].kind in {"nation", "own"}
    )


def own_words(a: Analysis, hit: Hit, found: Argument, last: Draft | None, number: int) -> bool:
    """«قال إن بلاده قررت»: what a speaker says his own side says or decides is what he says."""
    if last is None or last.sentence != number or found.how != "before" or hit.at >= last.content[1] + 8:
        return False
    complement = any(w.key in COMPLEMENTS for w in a.words[last.at : hit.at])
    if (
        hit.sense.predicate.frame == "target"
        and found.phrases[0].start
        and a.words[found.phrases[0].start - 1].key in COMPLEMENTS
    ):
        return True
    mine = {c.id for i in last.ids("speaker") if (c := a.memory.country_of(a.memory.get(i))) is not None}
    return complement and all(a.memory.acting(k).id in mine for k in found.fillers)


def goes_on(hit: Hit, draft: Draft, last: Draft | None) -> bool:
    """Whether «وتابع» with a quote goes on with the last statement."""
    if last is None:
        return False
    same = draft.ids("speaker") == last.ids("speaker")
    if hit.sense.predicate.kind == "continue" and not draft.direct:
        return False
    describes = hit.sense.predicate.lemma in {"وصف", "رأى"} and last.kind not in EVALUATIONS
    if (
        same
        and not describes
        and (hit.sense.form.form == "participle" and hit.sense.predicate.lemma in ELABORATING or explains(hit, last))
    ):
        return draft.sentence == last.sentence
    if hit.sense.predicate.kind != "continue":
        return False
    return same and draft.quote is not None and draft.kind in {"assert", "continue", last.kind}


EVALUATIONS = frozenset({"condemn", "accuse", "reject", "praise", "welcome"})
ELABORATING = frozenset({"قال", "اعتبر", "أوضح", "أشار", "لفت", "بين", "رأى", "وصف", "برر"})


def explains(hit: Hit, last: Draft) -> bool:
    """«نددت بالهجوم ووصفته بأنه»: describing goes on with condemning."""
    return (
        hit.sense.predicate.lemma in {"وصف", "رأى", "اعتبر"}
        and bool(hit.split.conjunction)
        and last.kind in EVALUATIONS
    )


def extended(last: Draft | None, draft: Draft) -> Draft | None:
    """The last statement with the evidence and the quote of its continuation."""
    if last is None:
        return None
    last.evidence += draft.evidence
    if draft.quote:
        if last.quote is None:
            last.quote = draft.quote
        else:
            last.more_quotes.append(draft.quote)
    return last


def speaker(a: Analysis, hit: Hit, last: Draft | None) -> Argument:
    """Who is held responsible for the words."""
    form = hit.sense.form
    if form.form == "masdar":
        phrase = a.starts[hit.at + 1]
        return a.argument(a.group(phrase), "genitive")
    if form.form == "participle":
        return circumstance_subject(a, hit, last)
    if hit.sense.predicate.lemma == "طلب" and "عدم" in keys(a, hit.at + 1, hit.at + 2):
        return NOBODY
    if refused(a, hit, last):
        return Argument((), tuple(a.memory.get(i) for i in last.ids("addressee")), "addressee")  # type: ignore[union-attr]
    found = subject(a, hit)
    if found.how == "after" and takes_object(a, hit, found):
        known = a.memory.dropped(form.gender)
        if known is not None and known.id != a.memory.acting(found.fillers[0]).id:
            return Argument((), (known,), "dropped")
    return quoted_source(a, hit, found)


def refused(a: Analysis, hit: Hit, last: Draft | None) -> bool:
    """«دعت موسكو إلى وقف دعمها، لكنها رفضت»: who was asked refuses."""
    asked = last is not None and last.kind in {"demand", "request", "propose"} and bool(last.ids("addressee"))
    return (
        asked
        and hit.sense.predicate.kind == "reject"
        and hit.at > 0
        and a.words[hit.at - 1].key in {"لكنها", "لكنه", "ولكنها", "ولكنه"}
    )


OBJECT_NEEDED = {"اتهم", "شكر", "هنأ", "طالب", "ناشد", "حث", "أبلغ"}
OBJECT_POSSIBLE = {"دعا", "حذر"}


def takes_object(a: Analysis, hit: Hit, found: Argument) -> bool:
    """Whether the one free phrase behind a verb is its object: the verb needs one and none other follows."""
    lemma, last = hit.sense.predicate.lemma, found.phrases[-1]
    if not hit.split.conjunction or hit.sense.form.pronoun or lemma not in OBJECT_NEEDED | OBJECT_POSSIBLE:
        return False
    following = a.words[last.end].key if last.end < len(a.words) else "."
    closed = following in {"الي", "علي", "من", "ان", "بان"} or following[:1] == "ب" and last.end not in a.starts
    if lemma in OBJECT_NEEDED:
        return closed and found.phrases[0].kind != "source"
    return (
        closed
        and found.fillers[0].type in {"Country", "Place"}
        and bool(a.memory.subjects)
        and a.memory.subjects[-1].spans[-1][0] >= a.words[0].start
    )


def quoted_source(a: Analysis, hit: Hit, found: Argument) -> Argument:
    """«نقلت السفارة عن لافروف قوله»: the source is the speaker, not the one who passes it on."""
    if hit.sense.predicate.lemma != "نقل":
        return found
    phrase = next((p for p in a.phrases if hit.at < p.start < hit.at + 12 and p.preposition == "عن"), None)
    return a.argument(a.group(phrase), "source") if phrase is not None else NOBODY


def circumstance_subject(a: Analysis, hit: Hit, last: Draft | None) -> Argument:
    """The subject of a participle: the sentence's last subject of the same gender and number."""
    form = hit.sense.form
    phrase = next(
        (
            p
            for p in reversed(a.phrases)
            if p.end <= hit.at
            and a.words[p.end - 1].end <= a.words[hit.at].start
            and p.conjunction is False
            and p.preposition == ""
            and p.kind in {"person", "office", "org", "name", "nation", "source"}
        ),
        None,
    )
    known = a.memory.dropped(form.gender)
    if known is None and phrase is not None:
        return a.argument((phrase,), "before")
    return Argument((), (known,), "dropped") if known is not None else NOBODY


def object_phrase(a: Analysis, hit: Hit, found: Argument) -> Phrase | None:
    """The object behind the subject, no preposition before it."""
    start = max((p.end for p in found.phrases), default=hit.at + 1) if found.how == "after" else hit.at + 1
    for phrase in a.phrases:
        if phrase.start < start:
            continue
        if any(
            w.key in COMPLEMENTS or w.text in {":", ".", "«", "“"} and k + 1 not in a.starts
            for k, w in enumerate(a.words[start : phrase.start], start)
        ):
            return None
        if phrase.start - start > 6:
            return None
        if not phrase.preposition:
            return phrase
    return None


def is_medium(found: Argument) -> bool:
    """Whether a speaker is one that passes words on: an agency, an outlet, a platform."""
    return all(outlet(known) for known in found.fillers)


def outlet(known: Known) -> bool:
    """Whether an entity is a news agency, an outlet or a platform."""
    if known.row is not None and known.type == "Organization":
        return known.row.extra.get("kind") in {"agency", "outlet", "platform"}
    return known.type == "Organization" and known.head in {
        "وكاله",
        "صحيفه",
        "قناه",
        "شبكه",
        "موقع",
        "اذاعه",
        "مجله",
        "منصه",
        "تلفزيون",
    }


def inner_saying(a: Analysis, hit: Hit, end: int) -> bool:
    """Whether another saying verb with a subject of its own stands in what a medium reports."""
    later = [h for h in openers(a) if h.at >= end and h.at - hit.at < 14 and h.finite]
    return any(subject(a, h).how in {"after", "before"} and not h.split.conjunction for h in later[:1])


def act(a: Analysis, hit: Hit, stop: int) -> str:
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
    noun = next(
        (
            content_acts()[k]
            for k in (w.key for w in a.words[hit.at + 1 : min(hit.at + 9, stop)])
            if k in content_acts()
        ),
        None,
    )
    complement = next((i for i in range(hit.at + 1, stop) if a.words[i].key in COMPLEMENTS), stop)
    if (
        noun
        and predicate.lemma in {"أكد", "جدد", "أعلن", "كرر", "شدد"}
        and any(k in content_acts() for k in keys(a, hit.at, min(complement, hit.at + 9)))
    ):
        return noun
    cue = cued(a, hit.at + 1, stop)
    if cue and predicate.kind != "announce":
        return cue
    if predicate.lemma in {"اعتبر", "رأى"}:
        return evaluated(a, hit, stop)
    return "assert" if predicate.kind == "continue" else predicate.kind


def cued(a: Analysis, start: int, stop: int) -> str | None:
    """The act that words in what is said give away."""
    found = set(keys(a, start, min(stop, start + 24)))
    found |= {k[1:] for k in found if k[:1] == "و"}
    return next((kind for cues, kind in content_cues() if cues & found), None)


PRAISE = frozenset(
    fold(w)
    for w in "تاريخية تاريخي التاريخية التاريخي هامة مهمة مهم إيجابية إيجابي إيجابيا بناءة مثمرة ممتازة ممتاز عظيم عظيمة جيدة جيد نجاح ناجحة ناجح مشجعة شجاع شجاعة بناء".split()
)


def evaluated(a: Analysis, hit: Hit, stop: int) -> str:
    """Praise or condemnation by the words of an evaluation."""
    found = {k.removeprefix("ب").removeprefix("ال") for k in keys(a, hit.at + 1, stop)}
    praise = {p.removeprefix("ال") for p in PRAISE}
    if found & praise:
        return "praise"
    return "condemn" if hit.sense.predicate.lemma == "وصف" else cued(a, hit.at + 1, stop) or "assert"


def content_start(a: Analysis, hit: Hit, stop: int) -> int:
    """The word with which what is said begins."""
    for i in range(hit.at + 1, stop):
        if a.words[i].key in COMPLEMENTS or a.words[i].text == ":":
            return i + 1
        if a.words[i].text in OPEN and not _short_quote(a, i):
            return i + 1
        if a.words[i].key in content_acts() or i not in a.covered and _masdar(a, i):
            return i
    return min(hit.at + 1, stop)


def quotation(a: Analysis, start: int, stop: int) -> str | None:
    """The first quoted words longer than a name."""
    for o, c in a.quotes:
        if start < o < stop and c - o > 3 and not (c - o < 6 and o + 1 in a.starts and a.starts[o + 1].end >= c):
            inside = a.words[o + 1 : c]
            return a.scan.text[inside[0].start : inside[-1].end] if inside else None
    return None


def trimmed(a: Analysis, start: int, end: int) -> int:
    """The end of a statement's words, trailing conjunctions and punctuation left out."""
    while end - 1 > start and (
        not a.words[end - 1].is_word
        and a.words[end - 1].text not in '"»”'
        and not a.words[end - 1].is_number
        or a.words[end - 1].key in TRAILING
    ):
        end -= 1
    return end


TRAILING = frozenset(
    fold(w) for w in "فيما كما لكن لكنه لكنها بينما حيث و وكان وكانت قد وقد ثم وهو الذي التي غير أن وكما".split()
)


def span(a: Analysis, start: int, end: int) -> Span:
    """The characters of words start:end."""
    return Span(a.words[start].start, a.words[max(start, end - 1)].end)


def evidence_start(a: Analysis, hit: Hit, found: Argument) -> int:
    """Evidence begins with a subject that stands before its verb."""
    starts = [p.start for p in found.phrases if p.start < hit.at] if found.how in {"before", "relative"} else []
    return min([hit.at, *starts])


MEDIA_CUES = frozenset(
    fold(w)
    for w in "بحسب حسب وفق وفقا نقلا عبر لوكالة على موقع حسابه منصة تلفزيون قناة صحيفة شبكة وكالة مقابلة حديث تغريدة تدوينة".split()
)


def medium(a: Analysis, hit: Hit, stop: int, draft: Draft, found: Argument) -> None:
    """Through whom the words came: an outlet in the clause, or a statement of an institution (بحسب بيان أصدره الكرملين)."""
    start = evidence_start(a, hit, found)
    while start and a.words[start - 1].text not in {".", "؛"} and hit.at - start < 8:
        start -= 1
    for phrase in after_phrases(a, start, stop):
        known = a.refer(phrase)
        if not known or phrase in found.phrases:
            continue
        if outlet(known[0]) and cue_before(a, phrase):
            draft.fill("via", known[0], phrase)
        elif reported_by(a, phrase) and known[0].id not in draft.ids("speaker"):
            draft.fill("via", known[0], phrase)


def carried_medium(a: Analysis, hit: Hit, draft: Draft, found: Argument, last: Draft | None) -> None:
    """The agency that passed the words on before them, or through which the same speaker went on speaking."""
    word = (a.words[hit.at].start, a.words[hit.at].end)
    if a.memory.medium is not None:
        draft.fill("via", a.memory.medium, None, word)
        a.memory.medium = None
    if hit.sense.predicate.lemma == "نقل":
        for known in subject_after(a, hit).fillers:
            if known.id not in draft.ids("speaker"):
                draft.fill("via", known, None, word)
    going_on = (
        last is not None
        and not draft.ids("via")
        and found.how == "dropped"
        and draft.ids("speaker") == last.ids("speaker")
    )
    if going_on and last is not None and draft.sentence - last.sentence <= 1:
        for ident in last.ids("via"):
            draft.fill("via", a.memory.get(ident), None, word)


def cue_before(a: Analysis, phrase: Phrase) -> bool:
    """Whether a preposition or a word of passing on stands before an outlet."""
    near = keys(a, max(0, phrase.start - 6), phrase.start)
    return phrase.preposition in {"في", "علي", "ل", "عبر", "عن", "مع", "الي", "ب"} or bool(MEDIA_CUES & set(near))


def reported_by(a: Analysis, phrase: Phrase) -> bool:
    """«بحسب بيان أصدره الكرملين», «وفق بيان للرئاسة»."""
    near = keys(a, max(0, phrase.start - 4), phrase.start)
    cue = next((n for n, k in enumerate(near) if k in {"بحسب", "وفق", "حسب", "وفقا"}), None)
    named = cue is not None and (
        cue == len(near) - 1 or bool({"بيان", "بيانات", "تصريحات", "تصريح", "ما", "لما", "مصادر"} & set(near[cue:]))
    )
    return named and phrase.kind in {"name", "org", "person", "office"}


def addressees(a: Analysis, hit: Hit, content: int, draft: Draft, found: Argument) -> None:
    """To whom: the object of a verb that takes one, or who stands behind «ل» before what is said."""
    if (
        hit.sense.predicate.frame == "object"
        and hit.sense.predicate.kind != "accuse"
        and hit.sense.predicate.lemma not in {"عرض"}
    ):
        pronoun = hit.sense.form.pronoun
        phrase = object_phrase(a, hit, found)
        if phrase is not None and phrase.start < max(content, hit.at + 10):
            for member in a.group(phrase):
                fill(a, draft, "addressee", member)
        elif pronoun:
            fill_pronoun(a, draft, "addressee", hit)
        return
    if hit.at + 1 < len(a.words) and a.words[hit.at + 1].key in {"له", "لها", "لهم"}:
        fill_pronoun(a, draft, "addressee", hit, {"له": "m", "لها": "f"}.get(a.words[hit.at + 1].key, ""))
    if hit.sense.predicate.lemma in {"طمأن", "اقترح", "عرض"} and (phrase := whom(a, hit, found, content)) is not None:
        fill(a, draft, "addressee", phrase)
    told = hit.sense.predicate.frame == "express" and draft.kind in {"thank", "congratulate", "request"}
    for phrase in after_phrases(a, hit.at + 1, draft.content[1] if told else content):
        if told and phrase.preposition in {"ل", "الي"}:
            fill(a, draft, "addressee", phrase)
        elif (
            phrase.preposition == "ل"
            and beside(a, hit, found, phrase)
            and phrase not in found.phrases
            and not any(outlet(k) for k in a.refer(phrase))
        ):
            if hit.sense.predicate.frame == "clause":
                fill(a, draft, "addressee", phrase)


def beside(a: Analysis, hit: Hit, found: Argument, phrase: Phrase) -> bool:
    """Whether a phrase stands right behind the verb or its subject, and in no apposition to it."""
    starts = [hit.at + 1, *(p.end for p in found.phrases)]
    return any(0 <= phrase.start - s <= 1 for s in starts) or found.how != "after"


def whom(a: Analysis, hit: Hit, found: Argument, content: int) -> Phrase | None:
    """«طمأن مصر», «اقترح على الجانب الإيراني», «عرض على أنقرة»: to whom, behind «على» or as the object."""
    for phrase in after_phrases(a, hit.at + 1, max(content, hit.at + 8)):
        if phrase not in found.phrases and phrase.preposition in {
            "علي",
            "" if hit.sense.predicate.lemma == "طمأن" else "علي",
        }:
            return phrase
    return None


def fill_pronoun(a: Analysis, draft: Draft, role: str, hit: Hit, gender: str | None = None) -> None:
    """An attached pronoun refers to the actor last named before that is not the speaker."""
    word = (a.words[hit.at].start, a.words[hit.at].end)
    if gender is None:
        gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun, "")
    for known in reversed(a.memory.recent):
        acting = a.memory.acting(known)
        if (
            known.type in ACTORS
            and acting.id not in draft.ids("speaker")
            and gender in {"", a.memory.gender_of(acting)}
            and any(e <= word[0] for _, e in known.spans)
        ):
            draft.fill(role, acting, None, word)
            return


def fill(a: Analysis, draft: Draft, role: str, phrase: Phrase) -> None:
    """Fill a role with what a phrase refers to; actors' roles take countries for their capitals."""
    for known in a.refer(phrase):
        acting = a.memory.acting(known)
        if acting.id not in draft.ids("speaker"):
            draft.fill(role, acting, phrase)


def topics(a: Analysis, hit: Hit, content: int, stop: int, draft: Draft) -> None:
    """The one or two entities that the words are chiefly about."""
    taken = {*draft.ids("speaker"), *draft.ids("via"), *draft.ids("addressee")}
    start = hit.at + 1 if hit.sense.predicate.frame in {"target", "object"} else content
    for phrase in after_phrases(a, start, stop):
        for known in map(a.memory.acting, a.refer(phrase)):
            if len(draft.ids("about")) < 2 and known.type in ACTORS and known.id not in taken and not outlet(known):
                draft.fill("about", known, phrase)
        if len(draft.ids("about")) >= 1 and phrase.kind != "pair":
            return


__all__ = ["RELATIVES", "VAGUE", "statements"]
