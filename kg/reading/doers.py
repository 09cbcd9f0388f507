"""Who does an action noun."""

from kg.reading.attendance import FIRST, on_occasion
from kg.reading.carriers import (
    carrier_subject,
    nominal_carrier,
    only_reports,
    pronoun_behind,
    relative_subject,
    taken_up_behind,
)
from kg.reading.clauses import COMPLEMENTS, NOBODY, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.extent import before, key_in, keys, nearest
from kg.reading.factuality import looked_into
from kg.reading.known import Known
from kg.reading.pronouns import ACTORS, meant
from kg.reading.scan import Phrase, quoted_end
from kg.reading.subjects_before import RELATIVES
from kg.reading.victims import endurable, killer, killing
from kg.reading.words import keyset


def taken_up_at_once(a: Analysis, hit: Hit) -> bool:
    """«الضربة التي قامت بها الدول الثلاث»: whether a relative clause right behind a noun tells who does it."""
    opening = next((k for k in (hit.at + 1, hit.at + 2) if a.scan.key(k) in RELATIVES), None)
    if opening is None or not hit.split.article:
        return False
    return pronoun_behind(a, opening + 1) or a.scan.key(opening + 1).endswith(("ها", "ته"))


def noun_subject(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """Who does an action noun: its genitive, its adjective's country, its pronoun, its verb's subject."""
    meeting = hit.sense.predicate.type == "Meeting"
    for rule in FIRST if meeting else ():
        if attending := rule(a, hit):
            return attending
    if meeting and a.scan.key(hit.at + 1) in RELATIVES and a.scan.has(hit.at + 2, "joining"):
        return Argument((), (), "none")  # «نوه بالاجتماع الذي جمع بين الرئيسين»
    if (by := decided(a, hit)) is not None:
        return by
    if a.scan.key(hit.at - 1).removeprefix("ب") in REPELLED:
        return adjective_country(a, hit) or NOBODY  # «أعلنت الهيئة صد الهجوم»
    phrase = a.starts.get(hit.at + 1)
    if hit.sense.form.pronoun and hit.sense.predicate.roles.get("gen") == "target" and not own_act(a, hit):
        supplied = hit.sense.predicate.kind in {"arms_transfer", "military_aid"}
        return carrier_subject(a, hit) or (speaking_state(a, frame) if supplied else NOBODY)
    if hit.sense.form.pronoun:
        return possessor(a, hit) or accused(a, hit, frame)
    if phrase is not None and not meeting and genitive(a, hit, phrase):
        return a.argument(a.group(phrase), "genitive")
    if phrase is not None and armed_with(a, hit, phrase):
        return a.argument((phrase,), "adjective")
    if phrase is not None and owned(a, hit, phrase):
        return a.argument(a.group(phrase), "owner")
    adjective = adjective_country(a, hit)
    if adjective is not None:
        return adjective
    if endured(a, hit):
        return relative_subject(a, hit) or NOBODY
    if (verb := killing(a, hit)) is not None and (by_it := killer(a, verb)) is not None:
        return a.argument((by_it,), "subject")
    if hit.split.conjunction:
        earlier = next((at for at in sorted(a.doers, reverse=True) if listed_behind(a, hit, at)), None)
        if earlier is not None and a.doers[earlier]:
            return Argument((), a.doers[earlier].fillers, "coordinated")
    finders = (relative_subject, nominal_carrier, carrier_subject)
    if not meeting and (carried := relative_subject(a, hit, 2)):
        return carried
    if not meeting and taken_up_at_once(a, hit):
        return relative_subject(a, hit) or NOBODY
    for finder in finders if not hit.split.preposition else finders[::-1]:
        if carried := finder(a, hit):
            return carried
    found = accused(a, hit, frame) or his_own(a, hit, frame) or standing_before(a, hit)
    return found or (on_occasion(a, hit) if meeting else NOBODY)


def genitive(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«هجوم الجيش», «قصف أوديسا»: whether the phrase right behind an action noun is its genitive."""
    if phrase.preposition or phrase.conjunction or sent(hit, phrase):
        return False
    return not (apart(hit, phrase) or adjectival(a, hit, hit.at + 1))


def listed_behind(a: Analysis, hit: Hit, at: int) -> bool:
    """«بطرد 12 موظفا واستدعاء سفيرها», «بقصف … وبتدمير»: whether an act is listed with the one at word `at`."""
    first = a.words[at].key[:1]
    envoy = hit.sense.predicate.kind == "recall" and first == "ب" and hit.at - at < LISTED
    return at < hit.at and (first == hit.split.preposition or envoy)


LISTED = 9  # words between two acts of a list


def sent(hit: Hit, phrase: Phrase) -> bool:
    """«استدعاء سفيرها ستيفان روماتيه»: whether who stands behind a diplomatic act is an envoy, who does none."""
    return hit.sense.predicate.kind in {"recall", "expulsion"} and phrase.kind in {"person", "office"}


def apart(hit: Hit, phrase: Phrase) -> bool:
    """«لم يمنع الهجوم قوات الطوارئ»: behind an article stands an adjective («الهجوم الحوثي») and no genitive."""
    return hit.split.article and phrase.end > hit.at + 2


def armed_with(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«هجوم بطائرات مسيرة روسية», «قصف بصواريخ إيرانية»: whether a state's arms stand behind an act of force."""
    arms = any(a.scan.has(phrase.start, name) for name in ("aircraft", "missile", "warplane"))
    return arms and phrase.kind == "nation" and phrase.preposition == "ب" and hit.sense.predicate.kind == "strike"


def endured(a: Analysis, hit: Hit) -> bool:
    """«بعد تعرضه لقصف», «تعرضت كنيسة للقصف»: an act of force whose doer is not who a verb or pronoun names."""
    if not endurable(a, hit) or hit.sense.predicate.type != "MilitaryAction":
        return False
    return any(key_in(a, i, "suffering") or a.words[i].key in a.classes["endurance"] for i in before(a, hit, 6))


def own_act(a: Analysis, hit: Hit) -> bool:
    """«تواصل قصفها لمناطق»: whether the pronoun of an action noun tells who acts, since what is acted on follows."""
    if hit.sense.predicate.kind == "war":
        return True
    behind = range(hit.at + 1, min(hit.at + (4 if hit.sense.predicate.kind == "strike" else 2), len(a.words)))
    return any((a.scan.key(i)[:1] == "ل" and len(a.scan.key(i)) > 3) or a.scan.key(i) in {"علي", "ضد"} for i in behind)


def owned(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«هجوم لحزب الله على إسرائيل», «قتل في كمين للمقاومة»: who stands behind an indefinite act with «ل» does it."""
    roles, lemma = hit.sense.predicate.roles, hit.sense.predicate.lemma
    free = "ل" not in roles or (lemma == "كمين" and a.scan.key(hit.at - 1) == "في")
    return phrase.preposition == "ل" and roles.get("gen") == "agent" and free and not hit.split.article


def his_own(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """«قال إنه ألغى ضربات»: what a speaker says of himself is his state's doing."""
    if frame is None or (told_before(a, hit) and hit.sense.predicate.type == "MilitaryAction"):
        return NOBODY
    own = next((i for i in range(frame.at, hit.at) if a.words[i].key in COMPLEMENTS), None)
    if own is not None and any(key_in(a, i, "passive") for i in range(own + 1, hit.at)):
        return NOBODY  # «أعلن أنه تم إطلاق صواريخ»
    said = own is not None and a.words[own].key in {"انه", "انها", "بانه", "بانها"} and plain_gap(a, own, hit.at) <= 2
    return speaking_state(a, frame) if said else NOBODY


def plain_gap(a: Analysis, start: int, end: int) -> int:
    """How many words between two are neither of a phrase nor of a date; many where another clause begins between."""
    between = range(start + 1, end)
    apart = COMPLEMENTS | RELATIVES | a.classes["meanwhile"] - {"في"}
    if any(a.words[i].key in apart and i not in a.covered for i in between):
        return len(a.words)
    if not a.finite.isdisjoint(between):
        return len(a.words)
    return sum(a.words[i].is_word and i not in a.covered and i not in a.timed for i in between)


def speaking_state(a: Analysis, frame: Draft | None) -> Argument:
    """The state of the one who promises, announces or weighs an act."""
    if frame is None or frame.kind not in {"promise", "announce", "threaten", "assert", "propose"}:
        return Argument((), (), "none")
    speakers = tuple(a.memory.get(i) for i in frame.ids("speaker"))
    return Argument((), tuple(a.memory.side(k) or k for k in speakers), "frame")


def pronoun_object(a: Analysis, hit: Hit) -> Known | None:
    """Whom the pronoun of «تزويدها» means: the state or force of its gender named last before; «تدميرها» a thing."""
    if hit.sense.predicate.kind == "strike" and not hit.finite and hit.sense.predicate.lemma != "اغتال":
        return None
    gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun, "")
    personal = hit.sense.predicate.lemma == "اغتال" or hit.sense.predicate.type == "Meeting"
    return meant(a, hit.at, gender, (), {"Person"} if personal else ACTORS)


def possessor(a: Analysis, hit: Hit) -> Argument | None:
    """Whom the pronoun of an action noun means: the last subject of its gender, or a person of the sentence."""
    gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun, "")
    named = a.ends.get(hit.at)
    if named is not None and not named.preposition and a.scan.lexicon.noun(a.words[named.start - 1], "deciding_noun"):
        return a.argument((named,), "genitive")  # «إعلان ترامب انسحابه»
    carried = carrier_subject(a, hit)
    if carried:
        return carried
    start = a.words[0].start
    known = a.memory.dropped(gender)
    if known is None or not known.named_since(start):
        persons = [k for p in a.phrases if p.end <= hit.at and p.kind == "person" for k in a.refer(p)]
        known = next((k for k in reversed(persons) if k.agreeing in {gender, ""}), known)
    return Argument((), (known,), "pronoun") if known is not None else None


def standing_before(a: Analysis, hit: Hit) -> Argument:
    """«ردت ألمانيا وفرنسا بطرد»: who stands free before a noun with «ب» in its clause does it."""
    nobody = Argument((), (), "none")
    carried = nearest(a, hit, 3, "commit") is not None
    if (not governed_by_b(a, hit) and not carried) or any(
        w.key in a.classes["casualty"] for w in a.words[max(0, hit.at - 10) : hit.at]
    ):
        return nobody
    stops = {".", "؛"} if carried else {"،", ",", ".", "؛"}
    stop = next((i for i in range(hit.at - 1, -1, -1) if a.words[i].text in stops or a.words[i].key in COMPLEMENTS), -1)
    between = range(stop + 1, hit.at)
    if any(a.words[i].key in a.classes["turn"] | a.classes["permitting"] for i in between) or spoken_of(a, hit, stop):
        return nobody
    free = [p for p in a.phrases if stop < p.start < hit.at and not p.preposition and p.kind != "own"]
    return a.argument(a.group(free[0]), "before") if free else nobody


def governed_by_b(a: Analysis, hit: Hit) -> bool:
    """«بقصف», «بتقديم مساعدات عسكرية»: whether «ب» stands before an action noun or the noun of doing before it."""
    return hit.split.preposition == "ب" or (a.scan.key(hit.at - 1)[:1] == "ب" and a.scan.has(hit.at - 1, "doing_noun"))


def spoken_of(a: Analysis, hit: Hit, stop: int) -> bool:
    """«نددت تركيا بالهجوم على السفارة»: whether a verb of saying governs an act of force, whose subject only speaks."""
    if hit.sense.predicate.type != "MilitaryAction":
        return False
    said = (h.sense.predicate for h in a.hits if stop < h.at < hit.at and h.finite)
    return any(p.type == "Statement" and (p.kind in STANCES or (p.kind == "assert" and p.lemma != "رد")) for p in said)


STANCES = frozenset(
    ["condemn", "welcome", "praise", "concern", "warn", "accuse", "demand", "request", "reject", "deny"]
)
"""Speech acts of one who speaks of another's act."""


def doing(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """Who does an act whose genitive is its target or place: «قصف أوديسا», «بتزويد موسكو», «معركة تعز التي تخوضها»."""
    rules = (nominal_carrier(a, hit), carrier_subject(a, hit), taken_up_behind(a, hit))
    return next(filter(None, rules), None) or accused(a, hit, frame) or standing_before(a, hit)


def decided(a: Analysis, hit: Hit) -> Argument | None:
    """«قرار لندن طرد دبلوماسيين», «موافقة باريس على بيع»: who stands between a noun of deciding and the act."""
    phrase = a.ends.get(hit.at) or (a.ends.get(hit.at - 1) if a.scan.key(hit.at - 1) == "علي" else None)
    if phrase is None or phrase.preposition or not phrase.start:
        return None
    return a.argument((phrase,), "owner") if a.words[phrase.start - 1].key in a.classes["deciding_noun"] else None


def accused(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """Who is accused of an act is its agent; who announces, threatens or promises one does it."""
    if frame is None:
        return Argument((), (), "none")
    if hit.sense.predicate.type == "Meeting" and hit.split.article and not hit.split.preposition:
        return Argument((), (), "none")
    if hit.sense.predicate.type == "Meeting" and "بين" in keys(a, hit.at + 1, hit.at + 3):
        return NOBODY  # «نفى الكرملين وجود خطط للقاء بين بوتين وزيلينسكي»
    if hit.sense.predicate.type == "Meeting":
        speakers = (a.memory.get(i) for i in frame.ids("speaker"))
        return Argument((), tuple(k for k in speakers if k.type != "Organization" or k.row is not None), "frame")
    if frame.kind != "accuse" and hit.sense.predicate.type == "MilitaryAction" and told_before(a, hit):
        return Argument((), (), "none")
    if hit.sense.predicate.kind not in {"war"} and any(a.memory.get(i).outlet for i in frame.ids("speaker")):
        return Argument((), (), "none")
    if hit.sense.predicate.type == "MilitaryAction" and not imputed(a, hit, frame):
        return NOBODY
    role = (
        "about"
        if frame.kind == "accuse"
        else "speaker"
        if frame.kind in {"threaten", "announce", "promise", "deny", "reject"}
        else ""
    )
    where = {f.entity for f in frame.fillers if (p := a.at_character(f.start)) is not None and p.preposition == "في"}
    ids = [i for i in frame.ids(role)[:1] if i not in where] if role == "about" else frame.ids(role)
    found = Argument((), tuple(a.memory.get(i) for i in ids), "frame")
    return NOBODY if only_reports(a, hit, frame.at, found) else found


REPELLED = keyset("صد إحباط إفشال التصدي")


def imputed(a: Analysis, hit: Hit, frame: Draft) -> bool:
    """«اتهمت كييف موسكو بقصف», «أعلن الجيش تدمير»: whether an act of force is just what is imputed or announced."""
    if looked_into(a, hit):
        return False
    gap = plain_gap(a, frame.at, hit.at)
    return gap <= GAP if frame.kind == "accuse" and governed_by_b(a, hit) else gap <= GAP // 2


GAP = 6  # words between a verb of saying and the act of force that it is about, phrases not counted


def told_before(a: Analysis, hit: Hit) -> bool:
    """«أعلن الجيش أن الهجوم», «أعلن استدعاء السفير بعد إسقاط الطائرة»: an act that is not what is announced."""
    return hit.split.article or (a.scan.key(hit.at - 1) in a.classes["meanwhile"] and a.scan.key(hit.at - 1) != "في")


def adjective_country(a: Analysis, hit: Hit) -> Argument | None:
    """«الهجوم الروسي», «حشد عسكري أميركي»: the country that one of the noun's adjectives names."""
    first = quoted_end(a.scan, hit.at + 1) or hit.at + 1  # «مناورات "زاباد" الروسية البيلاروسية»
    for i in range(first, min(first + 4, len(a.words))):
        if i > first and not a.words[i - 1].key.endswith(("ي", "يه", "يا", "ين", "ه", "ات")):
            return None
        if a.scan.has(i, "mediation"):
            return None  # «استئناف العلاقات بوساطة صينية»
        if a.scan.key(i)[:1] == "و" and any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(a.words[i])):
            return None
        phrase = a.starts.get(i)
        country = a.scan.nation(i)
        if country is not None and (phrase is None or adjectival(a, hit, i)):
            known, other = a.mention(country, i), second_side(a, hit, i + 1)
            return Argument((a.adjective(country, i), *other.phrases), (known, *other.fillers), "adjective")
        if phrase is not None or a.scan.is_particle(i) or not a.words[i].is_word or i in a.finite:
            return None
    return None


def adjectival(a: Analysis, hit: Hit, i: int) -> bool:
    """«قصفا روسيا», «هجوما صاروخيا روسيا»: whether a country's name is the accusative of its adjective."""
    accusative = all(word.text.rstrip("ً").endswith("ا") for word in a.words[hit.at : i + 1])
    return accusative and a.scan.nation(i) is not None


MUTUAL = frozenset({"war", "clash", "exercise", "talks", "summit"})  # kinds of acts of two: «مناورات صينية روسية»


def second_side(a: Analysis, hit: Hit, i: int) -> Argument:
    """«الحرب الروسية الأوكرانية»: the other of two states whose adjectives follow a noun of what two do."""
    country = a.scan.nation(i) if i < len(a.words) and hit.sense.predicate.kind in MUTUAL else None
    if country is None or i in a.starts:
        return NOBODY
    return Argument((a.adjective(country, i),), (a.mention(country, i),), "adjective")
