"""The IRIs that Summitry uses; the one place where its own base is written down.

>>> SMT.Visit.value
'https://w3id.org/summitry/ontology#Visit'
>>> iri("state", "RU").value
'https://w3id.org/summitry/id/state/RU'
"""

from __future__ import annotations

from pyoxigraph import NamedNode

BASE = "https://w3id.org/summitry/"
ID = BASE + "id/"


class Namespace:
    """Terms of one vocabulary, as attributes or items.

    >>> Namespace("https://schema.org/")["location"].value
    'https://schema.org/location'
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self._terms: dict[str, NamedNode] = {}

    def __getitem__(self, name: str) -> NamedNode:
        term = self._terms.get(name)
        if term is None:
            term = self._terms[name] = NamedNode(self.base + name)
        return term

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        # Kept as an attribute: from then on Python finds it without asking here.
        term = self.__dict__[name] = self[name]
        return term


SMT = Namespace(BASE + "ontology#")
SCHEMA = Namespace("https://schema.org/")
ORG = Namespace("http://www.w3.org/ns/org#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SH = Namespace("http://www.w3.org/ns/shacl#")
WD = Namespace("http://www.wikidata.org/entity/")

# The named graph of the reference facts; every other named graph is a claim, an article or an addition.
REFERENCE_GRAPH = NamedNode(ID + "graph/reference")
# The named graph in which a store keeps what it knows of itself (format version, software version).
STORE_GRAPH = NamedNode(ID + "graph/store")
# The named graph in which a store keeps its commits. It tells of the store and not of the world: its terms are no
# part of the ontology, and it is left out of exports and of every count of things.
LOG_GRAPH = NamedNode(ID + "graph/log")
LOG = Namespace(LOG_GRAPH.value + "#")

# Kinds of things that have an IRI of their own under ID; each has a prefix of the same name in exports.
KINDS = (
    "state", "person", "office", "organization", "membership", "place", "visit", "meeting", "summit",
    "agreement", "invitation", "relation", "anniversary", "article", "claim", "addition", "tenure",
)  # fmt: skip

PREFIXES: dict[str, str] = {
    "smt": SMT.base,
    "schema": SCHEMA.base,
    "org": ORG.base,
    "foaf": FOAF.base,
    "prov": PROV.base,
    "oa": OA.base,
    "skos": SKOS.base,
    "dcterms": DCTERMS.base,
    "geo": GEO.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "owl": OWL.base,
    "xsd": XSD.base,
    "wd": WD.base,
    **{kind: f"{ID}{kind}/" for kind in KINDS},
}


def iri(kind: str, *parts: str | int) -> NamedNode:
    """The IRI of a thing of one of the KINDS, from the parts that identify it.

    >>> iri("claim", "2024-05-16-menafn-0a1b2c3d4e5f", 3).value
    'https://w3id.org/summitry/id/claim/2024-05-16-menafn-0a1b2c3d4e5f/3'
    """
    return NamedNode(f"{ID}{kind}/{'/'.join(str(part) for part in parts)}")
