"""A graph with all that stores may treat differently: scripts, language tags, precisions of dates, quotes, several names.

It is the graph of the golden answers with five more articles (invented).
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.claims import Modality
from kg.namespaces import ORG, RDF, RDFS, REFERENCE_GRAPH, SCHEMA, SKOS, SMT, iri
from kg.resolution import resolve
from kg.stores.base import Term
from tests.queries.build_fixture import (
    CN,
    ERDOGAN,
    PUTIN,
    RU,
    TR,
    XI,
    ArticleBuilder,
    articles,
    day,
    english,
    reference,
)  # fmt: skip

WALESA, NESTEROVA = iri("person", "lech-walesa"), iri("person", "надежда-нестерова")
PL, CI = iri("state", "PL"), iri("state", "CI")
LODZ, NAMELESS = iri("place", "lodz-pl"), iri("place", "źródło-pl")
FORUM = iri("organization", "wspolnota")
TOUR, AGAIN, TALK = (
    iri("visit", "erdogan-pl-2025"),
    iri("visit", "erdogan-pl-2025-b"),
    iri("meeting", "walesa-erdogan"),
)
PACT, UNTITLED = iri("agreement", "umowa"), iri("agreement", "без-названия")
SOON = iri("visit", "walesa-ci")
MILLENNIUM, FETE, CALLED = (
    iri("anniversary", "1000-pl"),
    iri("summit", "wspolnota-2025"),
    iri("invitation", "walesa-tr"),
)
DASHES: Final = "Jak powiedział: \"Łódź — to 'serce'\\głos\" … (za €5) 😀 習近平"


def facts() -> list[Triple]:
    """Reference facts with names in several scripts and languages."""
    found: list[Triple] = []

    def say(subject: NamedNode, *pairs: tuple[NamedNode, Term]) -> None:
        found.extend(Triple(subject, predicate, value) for predicate, value in pairs)

    for state, name, alpha3, adjective, other in (
        (PL, "Poland", "POL", "Polish", "Rzeczpospolita Polska"),
        (CI, "Côte d'Ivoire", "CIV", "Ivorian", "Ivory Coast"),
    ):
        say(state, (RDF.type, SMT.State), (RDFS.label, english(name)), (SMT.isoAlpha3, Literal(alpha3)))
        say(state, (SMT.isoAlpha2, Literal(alpha3[:2])), (SMT.demonymAdjective, english(adjective)))
        say(state, (SKOS.altLabel, english(other)))
    say(PL, (RDFS.label, Literal("Polska", language="pl")), (RDFS.label, Literal("Польша", language="ru")))
    say(PL, (RDFS.label, Literal("波兰", language="zh-Hans")))
    say(LODZ, (RDF.type, SMT.Place), (RDFS.label, english("Łódź")), (SMT.inState, PL))
    say(NAMELESS, (RDF.type, SMT.Place), (SMT.inState, PL))
    say(WALESA, (RDF.type, SMT.Leader), (RDFS.label, english("Lech Wałęsa")))
    say(NESTEROVA, (RDF.type, SMT.Official))
    office = iri("office", "president-pl")
    say(office, (RDF.type, SMT.Office), (RDFS.label, english("President of Poland")), (ORG.postIn, PL))
    say(office, (SMT.officeKind, SMT.HeadOfState))
    say(WALESA, (ORG.holds, office))
    tenure = iri("tenure", "lech-walesa-1990")
    say(tenure, (RDF.type, SMT.Tenure), (ORG.member, WALESA), (SMT.inOffice, office))
    say(tenure, (SMT["from"], day("1990-12")), (SMT["until"], day("1995-12-22")))
    say(FORUM, (RDF.type, SMT.Organization), (RDFS.label, english("Wspólnota «Północ»")))
    say(FORUM, (SMT.organizationKind, SMT.Alliance), (SMT.organizationKind, SMT.InformalForum))
    for state, role, since, until in (
        (PL, "Member", "1999-03-12", None), (CI, "Observer", "2004", None), (TR, "Member", "1952-02", "2025-06"),
        (RU, "Member", "2001", None), (PL, "Observer", "1994", "1999-03"), (CN, "Member", None, None),
    ):  # fmt: skip
        membership = iri("membership", f"wspolnota-{state.value[-2:].lower()}-{since or 'undated'}")
        say(membership, (RDF.type, SMT.Membership), (ORG.organization, FORUM), (ORG.member, state))
        say(membership, (SMT.membershipRole, SMT[role]))
        say(membership, *((p, day(d)) for p, d in ((SMT["from"], since), (SMT["until"], until)) if d))
    return found


def more_articles() -> list[ArticleBuilder]:
    """Articles that tell of one visit in several ways, and of much that has only some of what can be told."""
    tour = (
        (RDF.type, SMT.Visit), (SMT.visitor, ERDOGAN), (SMT.sendingState, TR), (SMT.hostState, PL),
        (SCHEMA.location, LODZ), (SCHEMA.location, NAMELESS),
    )  # fmt: skip
    one = ArticleBuilder(
        "2025-05-02-gazeta-000000000005", "Gazeta Łódzka", "2025-05-02", [ERDOGAN, WALESA, PL, TR]
    )
    one.tell(
        DASHES,
        Modality.PLANNED,
        TOUR,
        *tour,
        (SCHEMA.startDate, day("2025-05")),
        second="Ciąg dalszy nastąpi…",
    )
    one.tell(
        "Разговор по телефону", Modality.OCCURRED, TALK, (RDF.type, SMT.Meeting), (SMT.participant, WALESA),
        (SMT.participant, ERDOGAN), (SMT.participant, NESTEROVA), (SMT.meetingKind, SMT.PhoneCall),
        (SMT.topic, Literal("торговля", language="ru")), (SMT.topic, english("Trade & «gas»")),
        (SMT.topic, Literal("貿易", language="zh-Hant")), (SCHEMA.startDate, day("2025-05")), speaker=NESTEROVA,
    )  # fmt: skip
    one.tell(
        "Umowa o gazie", Modality.OCCURRED, PACT, (RDF.type, SMT.Agreement),
        (RDFS.label, english("Umowa o „przyjaźni” (50 % \\ gazu)")), (SMT.party, PL), (SMT.party, TR), (SMT.party, CI),
        (SMT.agreementKind, SMT.Treaty), (SMT.agreementKind, SMT.Declaration), (SMT.signedOn, day("2025-05")),
        (SMT.topic, Literal("Энергия", language="ru")), (SMT.concludedAt, TOUR),
    )  # fmt: skip
    one.tell(
        "документ", Modality.POSSIBLE, UNTITLED, (RDF.type, SMT.Agreement), (SMT.party, CI), (SMT.party, PL),
        (SMT.agreementKind, SMT.GeneralAgreement), confidence=0.3,
    )  # fmt: skip
    two = ArticleBuilder("2025-05-17-renmin-000000000006", "人民日报", "2025-05-17", [ERDOGAN, XI, FORUM, CI])
    two.tell("埃尔多安访问了罗兹。", Modality.OCCURRED, AGAIN, *tour, (SCHEMA.startDate, day("2025-05-16")))
    two.tell("没有会面", Modality.DENIED, TALK, (RDF.type, SMT.Meeting), (SMT.participant, WALESA))
    two.tell(
        "tysiąclecie", Modality.UNDERWAY, MILLENNIUM, (RDF.type, SMT.Anniversary), (SMT.ordinal, Literal(1000)),
        (SMT.anniversaryOf, PL), (SCHEMA.startDate, day("2025-05-16")),
    )  # fmt: skip
    two.tell(
        "szczyt „Północ”", Modality.PLANNED, FETE, (RDF.type, SMT.Summit), (SCHEMA.organizer, FORUM),
        (SCHEMA.location, LODZ), (SMT.hostState, PL), (SCHEMA.startDate, day("2025-09")),
    )  # fmt: skip
    two.tell(
        "zaproszenie", Modality.OCCURRED, CALLED, (RDF.type, SMT.Invitation), (SMT.inviter, WALESA),
        (SMT.invitee, ERDOGAN), (SMT.invitee, XI), (SMT.invitedTo, FETE),
    )  # fmt: skip
    three = ArticleBuilder(
        "2025-05-18-presse-000000000007", "La Presse d’Abidjan", "2025-05-18", [ERDOGAN, PUTIN]
    )
    three.tell(
        "La visite a été annulée.", Modality.CANCELLED, TOUR, *tour, (SCHEMA.startDate, day("2025-05-16"))
    )
    # Publisher or day of an article need not be known.
    four = ArticleBuilder("2025-05-19-anon-000000000008", "", "2025-05-19", [PL])
    four.tell(
        "Drugie tysiąclecie",
        Modality.PLANNED,
        MILLENNIUM,
        (RDF.type, SMT.Anniversary),
        (SMT.ordinal, Literal(2000)),
    )
    four.tell(
        "wizyta", Modality.PLANNED, SOON, (RDF.type, SMT.Visit), (SMT.visitor, WALESA), (SMT.hostState, CI)
    )
    five = ArticleBuilder("undated-presse-000000000009", "Presse", "2025-05-20", [PL, CI])
    five.tell(
        "rocznica", Modality.OCCURRED, MILLENNIUM, (RDF.type, SMT.Anniversary), (SMT.ordinal, Literal(999))
    )
    five.tell(
        "wizyta", Modality.PLANNED, SOON, (RDF.type, SMT.Visit), (SMT.visitor, WALESA), (SMT.hostState, CI)
    )
    return [one, two, three, four, five]


def build() -> list[Quad]:
    """All quads, the resolved view in the default graph."""
    named = [Quad(t.subject, t.predicate, t.object, REFERENCE_GRAPH) for t in (*reference(), *facts())]
    for article in (*articles(), *more_articles()):
        for quad in article.quads():
            lacks = quad.predicate == SCHEMA.publisher and quad.object == Literal("")
            lacks |= quad.predicate == SCHEMA.datePublished and "undated" in article.key
            named += [] if lacks else [quad]
    return [*named, *(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in resolve(named))]


# name of the case: query, parameters; beside those of tests/queries/cases.py
CASES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "agreements-title": ("agreements", {"topic": "„PRZYJAŹNI"}),
    "agreements-kind": ("agreements", {"kind": "declaration", "party": "Cote divoire", "since": "2025-05-03"}),
    "agreements-topic-ru": ("agreements", {"topic": "ЭНЕРГИЯ"}),
    "anniversaries-2000": ("anniversaries", {"years": "2000", "state": "Polish"}),
    "contradictions-joined": ("contradictions", {"thing": AGAIN.value}),
    "evidence-joined": ("evidence", {"thing": AGAIN.value}),
    "evidence-talk": ("evidence", {"thing": TALK.value}),
    "invitations-to": ("invitations", {"to": "Erdoğan"}),
    "itinerary-łódź": ("itinerary", {"visitor": "erdogan"}),
    "leaders-wałęsa": ("leaders", {"person": "Wałęsa"}),
    "leaders-1995": ("leaders", {"all": "yes", "on": "1995"}),
    "leaders-1995-12-22": ("leaders", {"all": "yes", "on": "1995-12-22"}),
    "meetings-łódź": ("meetings", {"person": "Wałęsa", "since": "2025-05-20"}),
    "members-1999": ("members", {"organization": "Wspólnota «Północ»", "on": "1999-03-11"}),
    "members-2025": ("members", {"organization": "wspólnota północ", "on": "2025-06"}),
    "shared-2025": ("shared-organizations", {"state": "Poland", "other": "Turkey", "on": "2025"}),
    "shared-now": ("shared-organizations", {"state": "Poland", "other": "China"}),
    "shared-role": ("shared-organizations", {"state": "POL", "other": "RUS", "role": "member"}),
    "timeline-poland": ("timeline", {"state": "Ivory Coast"}),
    "timeline-2025": ("timeline", {"since": "2025-05-16", "until": "2025-09-01"}),
    "topics-ru": ("topics", {"words": "ТОРГ"}),
    "unconfirmed-2025": ("unconfirmed", {"since": "2025"}),
    "visits-łódź": ("visits", {"place": "Łódź", "since": "2025"}),
    "who-met-erdoğan": ("who-met-whom", {"person": "Recep Tayyip Erdoğan"}),
}  # fmt: skip
