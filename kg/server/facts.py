"""What the pages of articles, entities and events show: the queries that fetch it."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

DATA = "https://w3id.org/isnad/"


def counts() -> str:
    """How much the store holds, and from when to when the articles are."""
    return """SELECT ?articles ?events ?claims ?entities ?first ?last WHERE {
  { SELECT (COUNT(*) AS ?articles) WHERE { ?article a isnad:Article } }
  { SELECT (MIN(STR(?moment)) AS ?first) (MAX(STR(?moment)) AS ?last) WHERE { ?dated isnad:published ?moment } }
  { SELECT (COUNT(DISTINCT ?event) AS ?events) (COUNT(*) AS ?claims) WHERE { ?claim isnad:reports ?event } }
  { SELECT (COUNT(*) AS ?entities) WHERE { ?entity isnad:linkStatus ?status } }
}"""


def articles(limit: int, offset: int = 0) -> str:
    """Some of the articles, the newest first, with their counts of claims."""
    return f"""SELECT ?article ?id ?headline ?published ?publisher (COUNT(DISTINCT ?claim) AS ?claims) WHERE {{
  {{ SELECT ?article ?id ?moment WHERE {{
      ?article a isnad:Article ; dcterms:identifier ?id OPTIONAL {{ ?article isnad:published ?moment }}
    }} ORDER BY DESC(?moment) ?id LIMIT {limit} OFFSET {offset} }}
  {_headline("article")}
  OPTIONAL {{ ?article dcterms:publisher ?publisher }}
  BIND(SUBSTR(STR(?moment), 1, 10) AS ?published)
  OPTIONAL {{ GRAPH ?article {{ ?claim a isnad:Claim }} }}
}} GROUP BY ?article ?id ?headline ?published ?publisher ?moment ORDER BY DESC(?moment) ?id"""


def headings(iris: Iterable[str]) -> str:
    """How articles are headed, and when they were published."""
    return f"""SELECT ?article ?headline ?published WHERE {{
  VALUES ?article {{ {" ".join(str(NamedNode(iri)) for iri in iris)} }}
  {_headline("article")}
  OPTIONAL {{ ?article isnad:published ?moment BIND(SUBSTR(STR(?moment), 1, 10) AS ?published) }}
}}"""


def article(iri: str) -> str:
    """The text of an article and what is known of it."""
    return f"""SELECT ?text ?id ?language ?title ?publisher ?source ?published ?how WHERE {{
  BIND({NamedNode(iri)} AS ?article)
  ?article a isnad:Article ; nif:isString ?text ; dcterms:identifier ?id ; isnad:language ?language .
  OPTIONAL {{ ?article dcterms:title ?title }}
  OPTIONAL {{ ?article dcterms:publisher ?publisher }}
  OPTIONAL {{ ?article dcterms:source ?source }}
  OPTIONAL {{ ?article isnad:publishedHow ?how }}
  OPTIONAL {{ ?article isnad:published ?moment BIND(SUBSTR(STR(?moment), 1, 10) AS ?published) }}
}} LIMIT 1"""


def sentences(iri: str) -> str:
    """The sentences of an article."""
    return f"""SELECT ?begin ?end ?language ?part WHERE {{
  ?sentence dcterms:isPartOf {NamedNode(iri)} ; a isnad:Sentence ; nif:beginIndex ?begin ; nif:endIndex ?end ;
    isnad:language ?language ; isnad:part/skos:notation ?part .
}} ORDER BY ?begin"""


def mentions(iri: str, language: str) -> str:
    """The mentions of entities in an article."""
    return f"""SELECT DISTINCT ?begin ?end ?entity ?type ?name WHERE {{
  ?mention dcterms:isPartOf {NamedNode(iri)} ; isnad:refersTo ?entity ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?entity a ?type . VALUES ?type {{ isnad:Person isnad:Organization isnad:Country isnad:Place }}
  {_name("entity", language)}
}} ORDER BY ?begin ?end ?entity ?type"""


def claims(iri: str, language: str) -> str:
    """The claims of an article, one row a clause of evidence."""
    return f"""SELECT DISTINCT ?claim ?event ?label ?factuality ?factualityName ?rule ?quote ?who ?by
    ?begin ?end WHERE {{
  ?evidence dcterms:isPartOf {NamedNode(iri)} ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?claim isnad:evidence ?evidence ; isnad:reports ?event ; isnad:rule ?rule ; isnad:factuality ?concept .
  ?concept skos:notation ?factuality ; skos:prefLabel ?factualityName .
  FILTER(LANG(?factualityName) = {Literal(language)})
  OPTIONAL {{ ?event rdfs:label ?label FILTER(LANG(?label) = {Literal(language)}) }}
  OPTIONAL {{ ?claim isnad:quote ?quote }}
  OPTIONAL {{ ?claim isnad:attributedTo ?who {_name("who", language, "by")} }}
}} ORDER BY ?begin ?end ?claim"""


def article_roles(iri: str, language: str) -> str:
    """The words of an article that fill roles."""
    return f"""SELECT DISTINCT ?claim ?role ?roleName ?entity ?name ?begin ?end WHERE {{
  ?mention dcterms:isPartOf {NamedNode(iri)} ; isnad:fills ?role ; isnad:refersTo ?entity ;
    nif:beginIndex ?begin ; nif:endIndex ?end .
  ?claim isnad:mention ?mention ; isnad:reports ?reported .
  ?reported ?role ?entity .
  ?role rdfs:label ?roleName FILTER(LANG(?roleName) = {Literal(language)})
  {_name("entity", language)}
}} ORDER BY ?claim ?role ?begin"""


def elsewhere(iri: str) -> str:
    """The events of an article that other articles report too."""
    return f"""SELECT DISTINCT ?event ?other ?id ?headline ?source WHERE {{
  ?here isnad:reports ?event ; prov:wasDerivedFrom/dcterms:isPartOf {NamedNode(iri)} .
  ?there isnad:reports ?event ; prov:wasDerivedFrom ?source . ?source dcterms:isPartOf ?other .
  ?other dcterms:identifier ?id FILTER(?other != {NamedNode(iri)})
  {_headline("other")}
}} ORDER BY ?event ?id ?source"""


def entity(iri: str, language: str) -> str:
    """The names and links of an entity, one row a name."""
    return f"""SELECT ?kind ?name ?wikidata ?status ?country ?countryName WHERE {{
  BIND({NamedNode(iri)} AS ?entity)
  {{ ?entity rdfs:label ?name BIND("label" AS ?kind) }} UNION {{ ?entity skos:altLabel ?name BIND("other" AS ?kind) }}
  OPTIONAL {{ ?entity owl:sameAs ?wikidata }}
  OPTIONAL {{ ?entity isnad:linkStatus/skos:prefLabel ?status FILTER(LANG(?status) = {Literal(language)}) }}
  OPTIONAL {{ ?entity isnad:country ?country {_name("country", language, "countryName")} }}
}} ORDER BY ?kind ?name"""


def types(iri: str) -> str:
    """The classes of ours that a thing has."""
    return f"""SELECT ?type WHERE {{
  {NamedNode(iri)} a ?type VALUES ?type {{ isnad:Country isnad:Person isnad:Organization isnad:Place }}
}} ORDER BY ?type"""


def timeline(iri: str, language: str) -> str:
    """The events that an entity takes part in."""
    return f"""SELECT DISTINCT ?event ?label ?role ?roleName ?date ?factuality ?sure ?quote ?sentence
    ?source ?tongue WHERE {{
  ?event ?role {NamedNode(iri)} .
  ?role rdfs:subPropertyOf isnad:involves ; rdfs:label ?roleName FILTER(LANG(?roleName) = {Literal(language)})
  ?claim isnad:reports ?event ; isnad:factuality ?concept ; prov:wasDerivedFrom ?source .
  ?concept skos:notation ?factuality ; skos:prefLabel ?sure FILTER(LANG(?sure) = {Literal(language)})
  ?source nif:anchorOf ?sentence ; isnad:language ?tongue .
  OPTIONAL {{ ?event rdfs:label ?label FILTER(LANG(?label) = {Literal(language)}) }}
  OPTIONAL {{ ?event isnad:date ?date }}
  OPTIONAL {{ ?claim isnad:quote ?quote }}
}} ORDER BY (!BOUND(?date)) ?date ?event ?roleName ?source LIMIT 500"""


def companions(iri: str, language: str, met: bool = False) -> str:
    """The entities that share events with one, or meetings alone."""
    roles = "VALUES ?role { isnad:participant } VALUES ?second { isnad:participant } ?event a isnad:Meeting ."
    if not met:
        roles = "?role rdfs:subPropertyOf isnad:involves . ?second rdfs:subPropertyOf isnad:involves ."
    return f"""SELECT ?other ?name (COUNT(DISTINCT ?event) AS ?events) WHERE {{
  {roles}
  ?event ?role {NamedNode(iri)} ; ?second ?other FILTER(?other != {NamedNode(iri)})
  {_name("other", language)}
}} GROUP BY ?other ?name ORDER BY DESC(?events) ?name LIMIT 30"""


def sources(iri: str) -> str:
    """The articles that name an entity, with how often."""
    return f"""SELECT ?article ?id ?headline ?published ?mentions WHERE {{
  {{ SELECT ?article (COUNT(DISTINCT ?mention) AS ?mentions) WHERE {{
      ?mention isnad:refersTo {NamedNode(iri)} ; dcterms:isPartOf ?article }} GROUP BY ?article }}
  ?article dcterms:identifier ?id .
  {_headline("article")}
  OPTIONAL {{ ?article isnad:published ?moment BIND(SUBSTR(STR(?moment), 1, 10) AS ?published) }}
}} ORDER BY DESC(?mentions) ?id"""


def related(iri: str, language: str) -> str:
    """Other events with the same people and places, the most alike first."""
    return f"""SELECT ?event ?label ?date (COUNT(DISTINCT ?shared) AS ?common) WHERE {{
  {NamedNode(iri)} isnad:involves ?shared . ?event isnad:involves ?shared FILTER(?event != {NamedNode(iri)})
  ?event rdfs:label ?label FILTER(LANG(?label) = {Literal(language)})
  OPTIONAL {{ ?event isnad:date ?date }}
}} GROUP BY ?event ?label ?date HAVING(?common > 1) ORDER BY DESC(?common) ?date ?event LIMIT 12"""


def event(iri: str, language: str) -> str:
    """What an event is."""
    tag = Literal(language)
    return f"""SELECT ?label ?className ?kind ?status ?date ?dateEnd WHERE {{
  BIND({NamedNode(iri)} AS ?event)
  ?event a ?class . ?class rdfs:subClassOf isnad:Event ; rdfs:label ?className FILTER(LANG(?className) = {tag})
  OPTIONAL {{ ?event rdfs:label ?label FILTER(LANG(?label) = {tag}) }}
  OPTIONAL {{ ?event isnad:kind/skos:prefLabel ?kind FILTER(LANG(?kind) = {tag}) }}
  OPTIONAL {{ ?event isnad:status/skos:prefLabel ?status FILTER(LANG(?status) = {tag}) }}
  OPTIONAL {{ ?event isnad:date ?date }}
  OPTIONAL {{ ?event isnad:dateEnd ?dateEnd }}
}} LIMIT 1"""


def event_roles(iri: str, language: str) -> str:
    """Who and what fills the roles of an event."""
    return f"""SELECT DISTINCT ?role ?roleName ?entity ?name WHERE {{
  {NamedNode(iri)} ?role ?entity .
  ?role rdfs:subPropertyOf isnad:involves ; rdfs:label ?roleName FILTER(LANG(?roleName) = {Literal(language)})
  {_name("entity", language)}
}} ORDER BY ?roleName ?name"""


def event_claims(iri: str, language: str) -> str:
    """The claims of an event with their sentences."""
    return f"""SELECT DISTINCT ?claim ?factuality ?sure ?rule ?confidence ?quote ?who ?by ?sentence ?source ?tongue
    ?article ?id ?headline ?published ?publisher WHERE {{
  ?claim isnad:reports {NamedNode(iri)} ; isnad:rule ?rule ; isnad:confidence ?confidence ; isnad:factuality ?concept .
  ?concept skos:notation ?factuality ; skos:prefLabel ?sure FILTER(LANG(?sure) = {Literal(language)})
  ?claim prov:wasDerivedFrom ?source .
  ?source nif:anchorOf ?sentence ; isnad:language ?tongue ; dcterms:isPartOf ?article .
  ?article dcterms:identifier ?id .
  {_headline("article")}
  OPTIONAL {{ ?article dcterms:publisher ?publisher }}
  OPTIONAL {{ ?article isnad:published ?moment BIND(SUBSTR(STR(?moment), 1, 10) AS ?published) }}
  OPTIONAL {{ ?claim isnad:quote ?quote }}
  OPTIONAL {{ ?claim isnad:attributedTo ?who {_name("who", language, "by")} }}
}} ORDER BY ?id ?claim ?source"""


def about(iri: str) -> str:
    """A thing as RDF: what is said of it, and of the claims that report it."""
    node = NamedNode(iri)
    return f"""CONSTRUCT {{ {node} ?p ?o . ?claim ?q ?v }} WHERE {{
  {{ {node} ?p ?o }} UNION {{ ?claim isnad:reports {node} ; ?q ?v }}
}}"""


def exists(iri: str) -> str:
    """Whether anything is said of a thing."""
    return f"SELECT ?p WHERE {{ {NamedNode(iri)} ?p ?o }} LIMIT 1"


def labels(terms: Iterable[str], language: str) -> str:
    """What classes and concepts of the ontology are called in a language."""
    values = " ".join(str(NamedNode(term)) for term in terms)
    return f"""SELECT ?term ?label WHERE {{
  VALUES ?term {{ {values} }} ?term rdfs:label|skos:prefLabel ?label FILTER(LANG(?label) = {Literal(language)})
}}"""


def names(iris: Iterable[str], language: str) -> str:
    """What entities are called in a language."""
    values = " ".join(str(NamedNode(iri)) for iri in iris)
    return f"""SELECT ?term ?label WHERE {{
  VALUES ?term {{ {values} }} ?term isnad:linkStatus ?status .
  {_name("term", language, "label")}
}}"""


def _headline(variable: str) -> str:
    """The title of an article, else how its text begins."""
    return f"""?{variable} nif:isString ?{variable}Text . OPTIONAL {{ ?{variable} dcterms:title ?{variable}Title }}
  BIND(COALESCE(STR(?{variable}Title), SUBSTR(STR(?{variable}Text), 1, 300)) AS ?headline)"""


def _name(variable: str, language: str, out: str = "name") -> str:
    """The label of an entity in a language, else in its first one, else the end of its IRI."""
    mine, first = f"?{out}Own", f"?{out}First"
    return f"""OPTIONAL {{ ?{variable} rdfs:label {mine} FILTER(LANG({mine}) = {Literal(language)}) }}
  OPTIONAL {{ ?{variable} rdfs:label {first} FILTER(LANG({first}) IN ("ar", "")) }}
  BIND(COALESCE(STR({mine}), STR({first}), STRAFTER(STR(?{variable}), "entity/")) AS ?{out})"""
