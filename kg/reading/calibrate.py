"""Remake kg/data/confidence.tsv by how often each rule is right: `python -m kg.reading.calibrate READINGS_DIR …`."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kg.authority import DATA
from kg.evaluate import pairings
from kg.model import Article
from kg.reading import read

HEADER = (
    "# Claims of each rule on the tuned part of the development corpus: how many were right. "
    "Remade by kg.reading.calibrate.\n"
)


def judgements(folder: Path) -> Iterable[tuple[str, bool]]:
    """(rule, right) of every claim that the reader makes on the articles of a folder of gold readings."""
    gold = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    texts = (folder.parent / "articles", Path("seeds"))
    for record in gold:
        file = next((path for place in texts if (path := place / f"{record['article']}.txt").exists()), None)
        if file is None:
            sys.exit(f"calibrate: no text of {record['article']}; it must lie in {' or '.join(map(str, texts))}")
        article = Article(record["article"], file.read_bytes().decode("utf-8"), record["published"])
        reading = read(article)
        for pairing in pairings([record], [reading]):
            right = {j for i, j in pairing.pairs if not pairing.gold.events[i].optional}
            optional = {j for i, j in pairing.pairs if pairing.gold.events[i].optional}
            yield from ((event.rule, j in right) for j, event in enumerate(reading.events) if j not in optional)


def main(folders: Iterable[str]) -> None:
    """Count and write."""
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for folder in folders:
        for rule, good in judgements(Path(folder)):
            for name in (rule, "*"):
                right[name] += good
                judged[name] += 1
    if not judged:
        raise SystemExit("calibrate: no gold readings (*.json) there; name the folder that holds them")
    lines = [f"{rule}\t{right[rule]}\t{judged[rule]}" for rule in sorted(judged)]
    (DATA / "confidence.tsv").write_text(HEADER + "rule\tright\tjudged\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
