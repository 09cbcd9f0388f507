"""Links to Wikidata for what the tables do not know: candidates, files for review, a person's decisions."""
