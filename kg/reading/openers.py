"""The words that open a statement."""

from collections.abc import Iterator

from kg.model import Span
from kg.reading.acts import expressed
from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.cues import content_acts
from kg.reading.extent import keys, may_be_noun, quotes_name
from kg.reading.forms import Form
from kg.reading.known import agrees
from kg.reading.lexicon import Predicate, Sense
from kg.reading.stances import carried, on_what_precedes
from kg.reading.words import Split

COMPLEMENT_REACH = 24  # words after a verb in which its complement must begin
QUOTING = {":", '"', "«", "“", "”", "„"}


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
    for hit in (*issued(a), *carried(a)):
        found.setdefault(hit.at, hit)
    return [found[at] for at in sorted(found)]


ISSUED = Predicate("جاء", "Statement", "assert", "clause", (), {})


def issued(a: Analysis) -> Iterator[Hit]:
    """«جاء في بيان الكرملين أن», «وورد في رسالة لغوتيريش: "…"»: words that stand in what somebody issued."""
    for i, word in enumerate(a.words[:-2]):
        stem = word.key.removeprefix("و")
        if (
            stem in a.classes["standing"]
            and a.words[i + 1].key == "في"
            and a.words[i + 2].key in a.classes["paper"]
            and not a.quoted(i)
        ):
            conjunction = "و" if stem != word.key else ""
            hit = Hit(i, Split(conjunction, "", False, stem), Sense(ISSUED, Form("perfect", "m", "s", "")))
            if has_complement(a, hit):
                yield hit


def opens(a: Analysis, hit: Hit) -> bool:
    """Whether a form of a saying predicate can open a statement where it stands."""
    form, frame = hit.sense.form, hit.sense.predicate.frame
    following = a.words[hit.at + 1].key if hit.at + 1 < len(a.words) else ""
    if form.form == "masdar":
        return nominal(a, hit)
    if form.form == "participle":
        return circumstance(a, hit)
    if a.words[hit.at].text.lstrip("وف")[:1] == "إ" or listed_noun(a, hit):
        return False
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
    if on_what_precedes(a, hit):
        return frame != "express"
    if (
        hit.at
        and not hit.split.conjunction
        and a.words[hit.at - 1].key in a.classes["noun_only"] | {"ما", "بما", "مما", "لما"}
    ):
        return False
    if describes(a, hit) or misread(a, hit):
        return False
    if hit.sense.predicate.lemma in DEEDS and not spoken(a, hit):
        return False
    if hit.sense.predicate.lemma == "أمل" and form.form == "perfect":
        return not form.pronoun and hit.at + 1 in a.starts
    if frame == "clause":
        return has_complement(a, hit)
    if frame == "express":
        return following == "عن" or expressed(a, hit) is not None
    if form.pronoun and hit.sense.predicate.lemma == "حمل":
        return "مسووليه" in keys(a, hit.at, hit.at + 8)
    if hit.sense.predicate.lemma in {"حمل", "أخذ"}:
        return "مسووليه" in keys(a, hit.at, hit.at + 8)
    if hit.sense.predicate.lemma == "هدد" and form.form == "imperfect":
        return any(w.key[:1] == "ب" for w in a.words[hit.at + 1 : hit.at + GOVERNED])
    if hit.sense.predicate.lemma in BOUND and not near_bound(a, hit):
        return False
    if hit.sense.predicate.lemma in {"عرض", "طرح", "أمر", "وصف", "هاجم", "طلب", "دعم", "وعد", "عارض"}:
        return not hit.split.article
    return True


def listed_noun(a: Analysis, hit: Hit) -> bool:
    """«ودعم وحدة العراق والحفاظ على», «ورفض البلدين»: a form that may be a noun is one in a list of action nouns."""
    if not hit.split.conjunction or hit.at == 0 or not may_be_noun(a, hit.at):
        return False
    phrase = a.starts.get(hit.at + 1)
    if phrase is not None and phrase.kind == "pair" and phrase.head == "obl":
        return True
    if phrase is not None and not phrase.preposition and phrase.kind in {"person", "office"}:
        return False
    near = range(max(0, hit.at - LISTED), min(hit.at + LISTED, len(a.words)))
    return any(a.words[i].key.startswith("وال") and only_noun(a, i) for i in near if i != hit.at)


LISTED = 9  # words either side of an action noun in which the next of a list stands


def only_noun(a: Analysis, i: int) -> bool:
    """Whether word i can only be an action noun: «والحفاظ», «والتشديد»."""
    forms = {s.form.form for _, s in a.scan.lexicon.senses_of(a.words[i])}
    return "masdar" in forms and not forms & {"perfect", "imperfect"}


def describes(a: Analysis, hit: Hit) -> bool:
    """«شبكة تدعم الحوثيين»: an imperfect right behind an indefinite noun only describes it."""
    if hit.sense.form.form != "imperfect" or hit.split.conjunction or hit.at < 1 or hit.at in a.ends:
        return False
    before = a.words[hit.at - 1]
    plain = before.is_word and not before.key.startswith("ال") and hit.at - 1 not in a.timed
    return (
        plain
        and not a.scan.is_particle(hit.at - 1)
        and not a.scan.is_verb(hit.at - 1)
        and before.key not in a.classes["light"]
    )


BLAME = frozenset({"باللوم", "اللوم", "باللايمه", "اللايمه", "بالمسووليه", "المسووليه", "مسووليه"})
BOUND = {"ألقى": BLAME, "أنحى": BLAME, "قلل": {"من"}, "تحفظ": {"علي"}, "تبرأ": {"من"}, "اشتكى": {"من"}, "شكا": {"من"}}
"""Verbs that only take a stance with a certain word near: «ألقى باللوم على», «قلل من أهمية»."""


def near_bound(a: Analysis, hit: Hit) -> bool:
    """Whether the word with which alone a verb takes a stance stands near behind it."""
    return bool(BOUND[hit.sense.predicate.lemma] & set(keys(a, hit.at + 1, hit.at + GOVERNED)))


def misread(a: Analysis, hit: Hit) -> bool:
    """«توقع دمشق اتفاقا», «توجه الوزير إلى»: a form that begins with ت is the other verb it may be."""
    form, phrase = hit.sense.form, a.starts.get(hit.at + 1)
    if hit.split.stem[:1] != "ت" or form.number != "s" or form.pronoun:
        return False
    if form.form == "imperfect" and hit.sense.predicate.lemma == "وجه":
        return a.scan.key(hit.at + 1)[:1] == "ب" or (phrase is not None and not agrees(phrase.gender, "f"))
    if form.form != "perfect" or form.gender != "m" or phrase is None or phrase.preposition or phrase.kind != "name":
        return False
    known = a.refer(phrase)
    return bool(known) and (known[0].type == "Place" or a.memory.acting(known[0]).agreeing == "f")


def genitive_noun(a: Analysis, hit: Hit) -> bool:
    """«دعم روسيا لفنزويلا»: a form that may be an action noun and whose gender does not fit the name behind is one."""
    phrase = a.starts.get(hit.at + 1)
    if (
        phrase is None
        or phrase.preposition
        or hit.sense.form.pronoun
        or not any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(a.words[hit.at]))
    ):
        return False
    known = a.refer(phrase)
    gender = a.memory.acting(known[0]).agreeing if known and phrase.kind in {"name", "person"} else phrase.gender
    return not agrees(gender, hit.sense.form.gender)


def sourcing(a: Analysis, hit: Hit) -> bool:
    """«وفق ما أوضحت رويترز», «بحسب ما أوردته»: the verb names the medium of what stands before it."""
    return hit.at > 1 and (
        a.words[hit.at - 1].key in {"حسبما", "وفقما", "بحسبما", "مثلما"}
        or (
            a.words[hit.at - 1].key in {"ما", "لما"}
            and a.words[hit.at - 2].key in {"وفق", "بحسب", "حسب", "وحسب", "علي", "وفقا", "ووفقا", "ووفق", "وبحسب"}
        )
    )


def noun_in_content(a: Analysis, hit: Hit) -> bool:
    """«أكد دعمه»: a word that could be a verb is the noun that another verb of saying governs."""
    word = a.words[hit.at]
    if hit.split.conjunction or (
        not any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(word)) and word.key not in content_acts()
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


DEEDS = {"اعترض", "هاجم", "عرض", "طرح"}


def spoken(a: Analysis, hit: Hit) -> bool:
    """Whether a verb that may be a deed is a word: no force, ship or weapon near, «اعترض» only with «على»."""
    near = range(hit.at + 1, min(hit.at + 9, len(a.words)))
    deed = any(a.scan.has(i, name) for name in ("war", "ship", "missile", "aircraft") for i in near)
    return not deed and (hit.sense.predicate.lemma != "اعترض" or "علي" in keys(a, hit.at, hit.at + 6))


def has_complement(a: Analysis, hit: Hit) -> bool:
    """Whether what is said follows: a clause, a quote, or for verbs that take one a noun of content."""
    if quote_before(a, hit) is not None:
        return True
    if hit.sense.predicate.lemma in REPLIES:
        return replies(a, hit)
    if hit.sense.predicate.lemma == "قدر":
        return estimates(a, hit)
    reach = 5 if hit.sense.predicate.lemma in LOOSE else COMPLEMENT_REACH
    for i in unbracketed(a, hit.at + 1)[:reach]:
        word = a.words[i]
        if hit.sense.predicate.lemma == "أقر" and word.key not in COMPLEMENTS:
            continue
        if word.key in COMPLEMENTS or (word.text in QUOTING and (word.text == ":" or not quotes_name(a, i))):
            return True
        if word.key in content_acts() or (hit.sense.predicate.lemma in NOMINAL_CONTENT and may_be_noun(a, i)):
            return True
        if word.text in {".", "؛"}:
            break
        if hit.sense.predicate.lemma == "نقل" and any(
            x.form.form == "masdar" and x.form.pronoun for _, x in a.scan.lexicon.senses_of(word)
        ):
            return True
    if hit.sense.predicate.lemma == "تحدث" and hit.sense.form.form == "imperfect":
        return False
    near = set(keys(a, hit.at + 1, hit.at + GOVERNED))
    if hit.sense.predicate.lemma == "شدد" and near & a.classes["tightened"]:
        return False
    return hit.sense.predicate.lemma in SELF_EVIDENT or (
        hit.sense.predicate.lemma in GOVERNS and bool(near & GOVERNS[hit.sense.predicate.lemma])
    )


GOVERNED = 12  # words behind a verb in which the preposition of what is said stands
SELF_EVIDENT = frozenset({"أشار", "لفت", "ألمح", "أعلن", "كشف", "كرر", "برر", "استبعد"})
GOVERNS = {"تحدث": {"عن"}, "شدد": {"علي"}}
"""Verbs of saying that have other senses to the preposition with which they say something."""


LOOSE = {"زاد", "أجمع", "أبان", "خلص"}  # verbs of other senses, which what is said follows closely
REPLIES = {"علق", "رد", "عقب"}


def estimates(a: Analysis, hit: Hit) -> bool:
    """«قدر البنك الدولي الكلفة بنحو 200 مليار»: who estimates stands right behind, and a number behind him."""
    phrase = a.starts.get(hit.at + 1)
    behind = a.words[hit.at + 2 : hit.at + 16]
    return phrase is not None and not phrase.preposition and any(w.is_number for w in behind)


def quote_before(a: Analysis, hit: Hit) -> Span | None:
    """«"لن نتراجع"، قال الرئيس»: the quoted words that end right before a verb of saying."""
    if hit.split.conjunction:
        return None
    behind = hit.at - 1 - (a.words[hit.at - 1].text in {"،", ","}) if hit.at else -1
    found = next(((o, c) for o, c in a.quotes if c == behind and c - o > 2), None)
    return Span(a.words[found[0] + 1].start, a.words[found[1] - 1].end) if found is not None else None


def replies(a: Analysis, hit: Hit) -> bool:
    """Whether the words of a verb of replying follow: «ردت إيران بإطلاق صواريخ» has none, «سترد بالمثل» neither."""
    if a.words[hit.at].key.lstrip("وف")[:1] == "س":
        return False
    for i in range(hit.at + 1, min(hit.at + COMPLEMENT_REACH, len(a.words))):
        word = a.words[i]
        if word.text == ":" or word.key in SAYING or (word.text in QUOTING and not quotes_name(a, i)):
            return True
        if word.text in {".", "؛"} or (i > hit.at + 2 and a.scan.is_verb(i)):
            return False
    return False


SAYING = COMPLEMENTS | {"قايلا", "قايله", "قايلين", "بالقول", "بقوله", "بقولها"}


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


def circumstance(a: Analysis, hit: Hit) -> bool:
    """Whether a participle is a circumstance (مؤكدا أن) and no adjective: accusative, with what is said behind it."""
    form = hit.sense.form
    following = a.words[hit.at + 1] if hit.at + 1 < len(a.words) else None
    if (hit.at and a.words[hit.at - 1].key in a.classes["noun_only"]) or (
        form.gender == "f" and form.number == "s" and "ة" not in a.words[hit.at].text[-2:]
    ):
        return False
    if (
        hit.at
        and form.gender == "f"
        and (
            a.words[hit.at - 1].key == "غير" or (a.words[hit.at - 1].key.endswith("ه") and a.words[hit.at - 1].is_word)
        )
        and following is not None
        and following.key not in COMPLEMENTS
    ):
        return False
    if hit.at and (a.words[hit.at - 1].key in a.classes["copula"] or a.words[hit.at - 1].is_number):
        return False
    if hit.split.conjunction and form.gender == "f" and may_be_noun(a, hit.at):
        return False  # «ومساندة المقاومة»
    if form.number == "p" and hit.at and a.words[hit.at - 1].text not in {"،", ","} and not has_near(a, hit.at + 1, 5):
        return False
    if following is None or hit.split.article or (form.number == "p" and form.gender == "f"):
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
        (a.words[hit.at - 1].text in {"،", ","} and form.number == "s" and not a.scan.is_verb(hit.at + 1))
        or following.text in QUOTING
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
    """Whether an action noun reports a statement by itself: its speaker stands right behind it (إعلان الجيش)."""
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
