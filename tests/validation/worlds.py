"""Small random worlds: a pool of triples, good and bad, of which some are in the graph and some change."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import OA, ORG, PROV, RDF, RDFS, SCHEMA, SMT, XSD, iri

STATES = [iri("state", "RU"), iri("state", "CN")]
PEOPLE = [iri("person", "putin"), iri("person", "xi")]
OFFICES = [iri("office", "a"), iri("office", "b")]
BRICS = iri("organization", "brics")
PLACES = [iri("place", "kazan-ru"), iri("place", "beijing-cn")]
VISIT, MEETING, SUMMIT = iri("visit", "1"), iri("meeting", "1"), iri("summit", "1")
AGREEMENT, INVITATION = iri("agreement", "1"), iri("invitation", "1")
RELATION, ANNIVERSARY = iri("relation", "cn-ru"), iri("anniversary", "75-cn-ru")
MEMBERSHIP, TENURE = iri("membership", "brics-ru"), iri("tenure", "1")
THINGS = [*STATES, *PEOPLE, *OFFICES, BRICS, *PLACES, VISIT, MEETING, SUMMIT, AGREEMENT]
DATES = [
    Literal("2024-05-16", datatype=XSD.date),
    Literal("2024-05", datatype=XSD.gYearMonth),
    Literal("2023", datatype=XSD.gYear),
    Literal("2024-02-30", datatype=XSD.date),
    Literal("soon"),
]
CLASSES: dict[NamedNode, list[NamedNode]] = {
    SMT.State: STATES,
    SMT.Leader: PEOPLE,
    SMT.Official: PEOPLE[:1],
    SMT.Office: OFFICES,
    SMT.Organization: [BRICS, STATES[0]],
    SMT.Place: PLACES,
    SMT.Visit: [VISIT],
    SMT.Meeting: [MEETING],
    SMT.Summit: [SUMMIT],
    SMT.Agreement: [AGREEMENT],
    SMT.Invitation: [INVITATION],
    SMT.DiplomaticRelation: [RELATION],
    SMT.Anniversary: [ANNIVERSARY],
    SMT.Membership: [MEMBERSHIP],
    SMT.Tenure: [TENURE],
}
PROPERTIES: list[tuple[NamedNode, list[NamedNode], list[NamedNode | Literal]]] = [
    (RDFS.label, THINGS[:9], [Literal("name", language="en"), Literal("")]),
    (SMT.isoAlpha2, STATES, [Literal("RU"), Literal("CN"), Literal("x")]),
    (SMT.capital, STATES, [*PLACES, BRICS]),
    (ORG.holds, PEOPLE, [*OFFICES, BRICS]),
    (ORG.postIn, OFFICES, [*STATES, BRICS]),
    (SMT.inState, PLACES, [*STATES]),
    (SMT.visitor, [VISIT], [*PEOPLE]),
    (SMT.hostState, [VISIT, SUMMIT], [*STATES]),
    (SMT.sendingState, [VISIT], [*STATES]),
    (SMT.host, [VISIT], [*PEOPLE]),
    (SMT.lacks, [VISIT, AGREEMENT, INVITATION], [SMT.visitor, SMT.hostState, SMT.party, SMT.inviter]),
    (SCHEMA.location, [VISIT, MEETING, SUMMIT], [*PLACES]),
    (SCHEMA.startDate, [VISIT, ANNIVERSARY], [*DATES]),
    (SCHEMA.endDate, [VISIT], [*DATES]),
    (SCHEMA.superEvent, [MEETING, VISIT], [VISIT, SUMMIT, MEETING]),
    (SMT.participant, [MEETING, SUMMIT], [*PEOPLE, BRICS, PLACES[0]]),
    (SMT.status, [VISIT, AGREEMENT], [SMT.Planned, SMT.Occurred, SMT.Denied]),
    (SMT.party, [AGREEMENT], [*STATES, BRICS]),
    (SMT.signedOn, [AGREEMENT], [DATES[0]]),
    (SMT.inviter, [INVITATION], [*PEOPLE]),
    (SMT.invitee, [INVITATION], [*PEOPLE, STATES[0]]),
    (SMT.invitedTo, [INVITATION], [SUMMIT, BRICS]),
    (SMT.between, [RELATION], [*STATES]),
    (SMT.establishedOn, [RELATION], [Literal("1949-10-02", datatype=XSD.date), DATES[2]]),
    (SMT.anniversaryOf, [ANNIVERSARY], [RELATION]),
    (
        SMT.ordinal,
        [ANNIVERSARY],
        [Literal("75", datatype=XSD.integer), Literal("074", datatype=XSD.integer)],
    ),
    (ORG.member, [MEMBERSHIP, TENURE], [STATES[0], *PEOPLE]),
    (ORG.organization, [MEMBERSHIP], [BRICS]),
    (SMT.inOffice, [TENURE], [*OFFICES]),
    (SMT["from"], [TENURE, MEMBERSHIP], [DATES[0], DATES[2]]),
    (SMT.until, [TENURE], [DATES[1], Literal("2001", datatype=XSD.gYear)]),
]
TYPES = [Triple(thing, RDF.type, name) for name, things in CLASSES.items() for thing in things]
POOL = TYPES + [
    Triple(subject, predicate, value)
    for predicate, subjects, values in PROPERTIES
    for subject in subjects
    for value in values
]

ARTICLE, CLAIM = iri("article", "a"), iri("claim", "a", "1")
PASSAGE, POSITION, QUOTE = (NamedNode(f"{CLAIM.value}#{part}") for part in ("p", "position", "quote"))
ARTICLE_POOL = [
    Triple(ARTICLE, RDF.type, SMT.Article),
    Triple(ARTICLE, SMT.sha256, Literal("0" * 64)),
    Triple(ARTICLE, SMT.text, Literal("Xi arrived.")),
    Triple(ARTICLE, SMT.text, Literal(r"Putin \1 arrived.")),
    Triple(CLAIM, RDF.type, SMT.Claim),
    Triple(CLAIM, SCHEMA.about, VISIT),
    Triple(CLAIM, SMT.modality, SMT.Occurred),
    Triple(CLAIM, SMT.confidence, Literal("0.90", datatype=XSD.decimal)),
    Triple(CLAIM, SMT.confidence, Literal("1.5", datatype=XSD.decimal)),
    Triple(CLAIM, SCHEMA.isPartOf, ARTICLE),
    Triple(CLAIM, PROV.wasGeneratedBy, NamedNode(f"{ARTICLE.value}#extraction")),
    Triple(CLAIM, PROV.wasQuotedFrom, PASSAGE),
    Triple(PASSAGE, RDF.type, OA.SpecificResource),
    Triple(PASSAGE, OA.hasSource, ARTICLE),
    Triple(PASSAGE, OA.hasSource, VISIT),
    Triple(PASSAGE, OA.hasSelector, POSITION),
    Triple(PASSAGE, OA.hasSelector, QUOTE),
    Triple(POSITION, OA.start, Literal("3", datatype=XSD.integer)),
    Triple(POSITION, OA.start, Literal("4", datatype=XSD.integer)),
    Triple(POSITION, OA.end, Literal("10", datatype=XSD.integer)),
    Triple(QUOTE, OA.exact, Literal("arrived")),
]
