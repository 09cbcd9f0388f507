"""What is said behind a verb of saying: a clause, a quote, a noun of content, or nothing."""

from kg.model import Span
from kg.reading.acts import judged
from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.cues import content_acts
from kg.reading.extent import keys, may_be_noun, quotes_name
from kg.reading.measures import LISTS

COMPLEMENT_REACH = 24  # words after a verb in which its complement must begin
GOVERNED = 12  # words behind a verb in which the preposition of what is said stands
QUOTING = {":", '"', "«", "“", "”", "„"}
DASHES = frozenset({"-", "–", "—"})
INSERT = 30  # words of an insert between dashes
SELF_EVIDENT = frozenset({"أشار", "لفت", "ألمح", "أعلن", "كشف", "كرر", "برر", "استبعد"})
NOMINAL_CONTENT = frozenset(
    {"أعلن", "كشف", "أكد", "جدد", "قرر", "رجح", "توقع", "استبعد", "أقر", "برر", "كرر", "علق", "شدد"}
)
ADMITTED = frozenset({"بعدم", "بوجود", "بفشل", "بصعوبه"})  # what one admits: «وأقر بعدم التوصل إلى توافق»
LOOSE = frozenset({"زاد", "أجمع", "أبان", "خلص", "سجل"})  # verbs of other senses, which what is said follows closely
REPLIES = frozenset({"علق", "رد", "عقب"})
GOVERNS = {"تحدث": "عن", "شدد": "علي", "أكد": "علي", "شكك": "في"}
"""Verbs of saying that have other senses to the preposition with which they say something."""
SAYING = COMPLEMENTS | {"قايلا", "قايله", "قايلين", "بالقول", "بقوله", "بقولها"}


def has_complement(a: Analysis, hit: Hit) -> bool:
    """Whether what is said follows: a clause, a quote, or for verbs that take one a noun of content."""
    lemma = hit.sense.predicate.lemma
    if quote_before(a, hit) is not None:
        return True
    if lemma == "شدد" and any(a.scan.key(i) in a.classes["tightened"] for i in (hit.at + 1, hit.at + 2)):
        return False  # «شددت الحصار المفروض عليها»
    if lemma == "أضاف" and not LISTS.isdisjoint(keys(a, hit.at + 1, hit.at + COMPLEMENT_REACH)):
        return any(a.words[i].key in COMPLEMENTS for i in range(hit.at + 1, min(hit.at + GOVERNED, len(a.words))))
    if lemma in REPLIES:
        return replies(a, hit)
    if lemma == "اعتبر" and judges(a, hit):
        return True
    if lemma == "قدر":
        return estimates(a, hit)
    if lemma == "أفاد" and reports(a, hit):
        return True
    return clause_follows(a, hit) or lemma in SELF_EVIDENT or governs(a, hit)


def clause_follows(a: Analysis, hit: Hit) -> bool:
    """Whether a clause, a quote or a noun of content begins within the reach of a verb, inserts left out."""
    lemma = hit.sense.predicate.lemma
    for i in unbracketed(a, hit.at + 1)[: 5 if lemma in LOOSE else COMPLEMENT_REACH]:
        word = a.words[i]
        if lemma in {"أقر", "اعترف"} and (word.key in ADMITTED or admitted_deed(a, i)):
            return True
        if lemma in {"أقر", "تحدث"} and word.key not in COMPLEMENTS:
            continue
        if word.key in COMPLEMENTS or (word.text in QUOTING and (word.text == ":" or not quotes_name(a, i))):
            return True
        if word.key in content_acts() or (lemma in NOMINAL_CONTENT and may_be_noun(a, i)):
            return True
        if word.text in {".", "؛"}:
            return False
        if lemma in {"نقل", "نسب"} and possessed_noun(a, i):
            return True
    return False


def admitted_deed(a: Analysis, i: int) -> bool:
    """«أقرت الحركة بإجراء محادثات»: whether word i is an action noun behind «ب»."""
    senses = a.scan.lexicon.senses_of(a.words[i])
    doing = a.words[i].key[:1] == "ب" and a.scan.has(i, "doing_noun")
    return doing or any(split.preposition == "ب" and sense.form.form == "masdar" for split, sense in senses)


def possessed_noun(a: Analysis, i: int) -> bool:
    """«نقل عنه قوله»: whether word i is an action noun with a pronoun."""
    senses = a.scan.lexicon.senses_of(a.words[i])
    return any(sense.form.form == "masdar" and sense.form.pronoun for _, sense in senses)


def governs(a: Analysis, hit: Hit) -> bool:
    """«تحدث عن», «شدد على», but «شدد الضغط على»: whether the preposition of saying something stands near."""
    lemma, near = hit.sense.predicate.lemma, set(keys(a, hit.at + 1, hit.at + GOVERNED))
    if lemma == "تحدث" and hit.sense.form.form == "imperfect":
        return False
    if lemma == "شدد":
        return "علي" in near and not tightens(a, hit)
    return lemma in GOVERNS and GOVERNS[lemma] in near


def tightens(a: Analysis, hit: Hit) -> bool:
    """«تشدد موسكو القصف على المدينة»: whether what is tightened stands before «على»."""
    near = keys(a, hit.at + 1, hit.at + GOVERNED)
    return bool(a.classes["tightened"] & set(near[: near.index("علي")]))


def judges(a: Analysis, hit: Hit) -> bool:
    """«اعتبرتها واشنطن صورية», «اعتبر القمة حدثا تاريخيا»: whether words of praise or blame follow in the clause."""
    stop = min(hit.at + GOVERNED, len(a.words))  # behind any verb: «اعتبرت ما صدر عنه تدخلا»
    ends = (i for i in range(hit.at + 1, stop) if a.words[i].text in PAUSES or a.words[i].key in COMPLEMENTS)
    return judged(a, keys(a, hit.at + 1, next(ends, stop))) is not None


PAUSES = frozenset({"،", ",", ".", "؛"})


def estimates(a: Analysis, hit: Hit) -> bool:
    """«قدر البنك الدولي الكلفة بنحو 200 مليار»: who estimates stands right behind, and a number behind him."""
    phrase = a.starts.get(hit.at + 1)
    behind = a.words[hit.at + 2 : hit.at + 16]
    return phrase is not None and not phrase.preposition and any(w.is_number for w in behind)


def reports(a: Analysis, hit: Hit) -> bool:
    """«أفادت الوزارة بسقوط قتلى»: whether who reports stands right behind, and a noun with «بـ» behind him."""
    phrase = a.starts.get(hit.at + 1)
    if phrase is None or phrase.preposition:
        return False
    return any(w.key[:1] == "ب" and len(w.key) > 4 for w in a.words[phrase.end : phrase.end + 5])


def quote_before(a: Analysis, hit: Hit) -> Span | None:
    """«"لن نتراجع"، قال الرئيس»: the quoted words that end right before a verb of saying."""
    if hit.split.conjunction:
        return None
    behind = hit.at - 1 - (a.words[hit.at - 1].text in {"،", ","}) if hit.at else -1
    found = next(((o, c) for o, c in a.quotes if c == behind and c - o > 2), None)
    return Span(a.words[found[0] + 1].start, a.words[found[1] - 1].end) if found is not None else None


def replies(a: Analysis, hit: Hit) -> bool:
    """Whether the words of a verb of replying follow: «ردت إيران بإطلاق صواريخ» has none, «سترد بالمثل» neither."""
    if a.words[hit.at].key.lstrip("وف")[:1] == "س" or (hit.split.conjunction and a.scan.key(hit.at + 1) == "في"):
        return False  # «ورد في المعاهدة»
    for i in range(hit.at + 1, min(hit.at + COMPLEMENT_REACH, len(a.words))):
        word = a.words[i]
        if word.text == ":" or word.key in SAYING or (word.text in QUOTING and not quotes_name(a, i)):
            return True
        if word.text in {".", "؛"} or (i > hit.at + 2 and a.scan.is_verb(i)):
            return False
    return False


def unbracketed(a: Analysis, start: int) -> list[int]:
    """Word indices from `start`, what stands between two dashes or in brackets left out."""
    out, inside = [], False
    for i in range(start, len(a.words)):
        if a.words[i].text in DASHES and (inside or any(w.text in DASHES for w in a.words[i + 1 : i + INSERT])):
            inside = not inside
        elif not inside:
            out.append(i)
    return out


def bracketed(a: Analysis, start: int, at: int) -> bool:
    """Whether word `at` stands between two dashes, the first of them behind `start`."""
    opened = sum(w.text in DASHES for w in a.words[start:at]) % 2 == 1
    return opened and any(w.text in DASHES for w in a.words[at + 1 : at + INSERT])
