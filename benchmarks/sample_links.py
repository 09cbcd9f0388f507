"""Draw 300 linked rows of the authority tables, the same each time, to be checked against a second source.

    python benchmarks/sample_links.py > sample.tsv

Each row comes with its names and the sources that its table names; a checker looks the item up in a source that is not
among them and notes whether the names agree. docs/linking-sample.tsv keeps the last outcome, docs/linking.md tells it.
"""

import csv
import random
import sys

from kg.authority import authorities

SEED = 2025
SIZE = 300
COLUMNS = ("key", "qid", "type", "en", "ar", "source")


def sample() -> list[tuple[str, ...]]:
    linked = sorted((row for row in authorities().values() if row.qid), key=lambda row: row.key)
    drawn = random.Random(SEED).sample(linked, SIZE)
    return [
        (row.key, row.qid or "", row.type, row.names.get("en", ""), row.names["ar"], row.source or "") for row in drawn
    ]


if __name__ == "__main__":
    csv.writer(sys.stdout, "excel-tab", lineterminator="\n", quoting=csv.QUOTE_NONE).writerows([COLUMNS, *sample()])
