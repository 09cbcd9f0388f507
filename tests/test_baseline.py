"""The naive baseline: the nearest names of each trigger, with evidence in the text."""

from kg.model import Article
from kg.reading.baseline import read_baseline
from kg.readings import dumps

TEXT = "أدانت روسيا الهجوم على دمشق. ووصل وفد من الصين إلى موسكو في 7 مايو 2021 ووقّع اتفاقا مع روسيا."


def test_it_gives_each_trigger_the_nearest_names():
    reading = read_baseline(Article("one", TEXT, "2021-05-09"))
    names = {entity.id: entity.key for entity in reading.entities}
    statement = next(event for event in reading.events if event.type == "Statement")
    assert (statement.kind, [names[i] for i in statement.roles["speaker"]]) == ("condemn", ["russia"])
    agreement = next(event for event in reading.events if event.type == "Agreement")
    assert (agreement.status, agreement.date) == ("signed", "2021-05-07")
    assert {event.rule for event in reading.events} == {"baseline_nearest"}


def test_evidence_holds_the_fillers_and_lies_in_the_text():
    reading = read_baseline(Article("one", TEXT, None))
    for event in reading.events:
        low, high = event.evidence[0].start, event.evidence[-1].end
        assert all(low <= filler.start < filler.end <= high <= len(TEXT) for filler in event.fillers)


def test_same_article_same_bytes():
    article = Article("one", TEXT, None)
    assert dumps(read_baseline(article)) == dumps(read_baseline(article))


def test_no_trigger_or_name_no_event():
    assert read_baseline(Article("one", "السماء صافية.", None)).events == ()
