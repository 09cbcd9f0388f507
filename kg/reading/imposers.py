"""Who imposes a measure, and whom it hits."""

from kg.reading.clauses import Analysis, Argument, Hit
from kg.reading.doers import adjective_country, suffering
from kg.reading.draft import Draft
from kg.reading.extent import before, key_in
from kg.reading.known import Known
from kg.reading.light import light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject


def imposers(a: Analysis, hit: Hit, verb: int | None, frame: Draft | None, draft: Draft) -> None:
    """Who imposes: the subject of the verb, the adjective of the noun, who threatens it."""
    word = a.words[hit.at].span
    found: Argument | None = None
    finite = verb is not None and (
        any(h.at == verb and h.finite for h in a.hits)
        or (a.words[verb].key.lstrip("وف")[-1:] in "تهاض" and not a.words[verb].key.startswith("ال"))
    )
    adjective = adjective_country(a, hit)
    phrase = a.starts.get(hit.at + 1)
    if hit.sense.form.form == "perfect":
        found = subject(a, light_hit(a, hit.at))
    elif adjective is not None and draft.kind != "asset_freeze":
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
        found = right_behind(a, hit, verb) or carrying_subject(a, verb)
    if (
        not found
        and frame is not None
        and (
            frame.kind in {"threaten", "announce", "promise"} or (verb is not None and a.words[verb].key.endswith("نا"))
        )
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
    for known, named in found.pairs() if found else ():
        acting = a.memory.acting(known)
        if acting.type != "Place":
            draft.fill("imposer", acting, named, word)


def right_behind(a: Analysis, hit: Hit, verb: int) -> Argument | None:
    """«فرض الاتحاد الأوروبي عقوبات»: who stands free between a word of imposing, verb or noun, and the measure."""
    phrase = a.starts.get(verb + 1)
    if phrase is None or phrase.preposition or phrase.conjunction or phrase.end > hit.at:
        return None
    return a.argument(a.group(phrase), "genitive")


def masdar_free(a: Analysis, i: int) -> bool:
    """Whether a word of imposing is a verb: it stands before the measure without article or preposition."""
    return (
        not a.words[i].key.startswith(("ال", "ب", "ل", "المفروض")) and a.words[i].key not in a.classes["imposing_noun"]
    )


def carrying_subject(a: Analysis, verb: int) -> Argument | None:
    """Who is the subject of the verb that carries «إعادة فرض» and its like."""
    hit = light_hit(a, verb)
    for i in before(a, hit, 8):
        if (
            i not in a.covered
            and (a.scan.has(i, "impose") or a.scan.has(i, "commit") or a.scan.has(i, "light") or decrees(a, i))
            and masdar_free(a, i)
        ):
            found = subject(a, light_hit(a, i))
            return found if found else None
    return None


def decrees(a: Analysis, i: int) -> bool:
    """«وقع الرئيس مرسوما بفرض عقوبات»: signing or issuing a decree carries what it imposes."""
    return key_in(a, i, "decreeing") and any(w.key in a.classes["decree"] for w in a.words[i + 1 : i + 9])


def sanction_targets(a: Analysis, hit: Hit, end: int, draft: Draft) -> None:
    """Whom the measure hits: behind على, ضد, عن, the object of a freeze or listing, whom a relative clause names."""
    word = a.words[hit.at].span
    limit = max(end, min(hit.at + 12, len(a.words)))
    limit = next((i for i in range(hit.at + 1, limit) if a.words[i].key in a.classes["turn"]), limit)
    for phrase in a.phrases:
        if not hit.at < phrase.start < limit:
            continue
        direct = hit.sense.form.form == "perfect" or "جمد" in a.words[hit.at].key or "تجميد" in a.words[hit.at].key
        aimed = any(a.words[k].key in a.classes["aiming"] for k in range(hit.at + 1, phrase.start))
        if (
            phrase.preposition in {"علي", "ضد", "عن", "بحق", "ل"}
            or (not phrase.preposition and (direct or aimed or of_goods(a, phrase)))
            or (hit.sense.form.form == "perfect" and phrase.preposition in {"الي", "من"})
        ):
            for known in a.refer(phrase):
                acting = a.memory.acting(known)
                if acting.type != "Place" and acting.id not in draft.ids("imposer"):
                    draft.fill("target", acting, phrase, word)
    victim = suffering(a, hit.at) if not draft.ids("target") and hit.split.preposition == "ل" else None
    for known, named in victim.pairs() if victim else ():
        draft.fill("target", a.memory.acting(known), named, word)
    pronoun = pronoun_target(a, hit, limit) if not draft.ids("target") else None
    other = other_state(a, draft, pronoun) if pronoun is not None else None
    if pronoun is not None and other is not None:
        draft.fill("target", other, None, a.words[pronoun].span)
    for i in range(hit.at + 1, limit):
        nation = a.scan.nation(i) if i not in a.covered else None
        if nation and i > hit.at + 2 and not draft.ids("target"):
            known = a.memory.of_row(nation)
            if known.id not in draft.ids("imposer"):
                a.memory.mention(known, a.words[i].start, a.words[i].end, a.words[i].text)
                draft.fill("target", known, None, a.words[i].span)


def of_goods(a: Analysis, phrase: Phrase) -> bool:
    """«على واردات كندا»: whose goods a measure hits."""
    return a.words[phrase.start - 1].key in a.classes["goods"] and a.words[phrase.start - 2].key in {"علي", "عن"}


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
    for known in a.memory.newest():
        acting = a.memory.acting(known)
        if acting.type == "Country" and acting.id not in draft.ids("imposer") and known.named_before(end):
            return acting
    return None
