"""Builds the small graph that the tests of the stored queries ask: python -m tests.queries.build_fixture

Four articles (invented): one announces and reports a visit, one tells of it again with another last day, one
plans a summit and calls a visit off, one contradicts it. The text of an article is its passages in a row.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.claims import Claim, Modality, Passage
from kg.export import serialize
from kg.namespaces import ORG, PROV, RDF, RDFS, REFERENCE_GRAPH, SCHEMA, SKOS, SMT, XSD, iri
from kg.resolution import resolve
from kg.stores.base import Term

PATH = Path(__file__).parent / "data" / "fixture.trig"

PUTIN, XI, LULA = (iri("person", name) for name in ("vladimir-putin", "xi-jinping", "lula-da-silva"))
USHAKOV, ERDOGAN = iri("person", "yury-ushakov"), iri("person", "recep-tayyip-erdogan")
RU, CN, BR, TR, KZ = (iri("state", code) for code in ("RU", "CN", "BR", "TR", "KZ"))
BRICS, EAEU, SCO = (
    iri("organization", name)
    for name in ("brics", "eurasian-economic-union", "shanghai-cooperation-organisation")
)
BEIJING, HARBIN, KAZAN = iri("place", "beijing-cn"), iri("place", "harbin-cn"), iri("place", "kazan-ru")
VISIT, TALKS = iri("visit", "vladimir-putin-cn-2024-05-16"), iri("meeting", "putin-xi-2024-05-16")
SUMMIT, INVITED = iri("summit", "brics-2024-10"), iri("invitation", "putin-xi-brics-2024")
LULA_RU, XI_KZ = iri("visit", "lula-da-silva-ru-2024-10"), iri("visit", "xi-jinping-kz-2024-07")
CALL, NIGHT = iri("meeting", "putin-lula-2024-10-22"), iri("meeting", "putin-xi-undated")
RELATION, JUBILEE = iri("relation", "cn-ru"), iri("anniversary", "75-cn-ru")
DEALS, ACCORD = iri("agreement", "commercial-deals"), iri("agreement", "joint-declaration-2024-05-16")


def english(text: str) -> Literal:
    return Literal(text, language="en")


def day(text: str) -> Literal:
    return Literal(text, datatype={10: XSD.date, 7: XSD.gYearMonth, 4: XSD.gYear}[len(text)])


def reference() -> list[Triple]:
    """What the reference facts would say: more states and people than the articles name."""
    found: list[Triple] = []

    def say(subject: NamedNode, *pairs: tuple[NamedNode, Term]) -> None:
        found.extend(Triple(subject, predicate, value) for predicate, value in pairs)

    states = {
        RU: ("Russia", "RUS", ["Russian Federation"], "Russian"),
        CN: ("China", "CHN", ["PRC"], "Chinese"),
        BR: ("Brazil", "BRA", [], "Brazilian"),
        TR: ("Türkiye", "TUR", ["Turkey"], "Turkish"),
        KZ: ("Kazakhstan", "KAZ", [], "Kazakh"),
        iri("state", "KP"): ("North Korea", "PRK", ["DPRK"], "North Korean"),
        iri("state", "KR"): ("South Korea", "KOR", [], "South Korean"),
    }
    for state, (label, alpha3, others, demonym) in states.items():
        say(state, (RDF.type, SMT.State), (RDFS.label, english(label)), (SMT.isoAlpha3, Literal(alpha3)))
        say(state, (SMT.isoAlpha2, Literal(state.value[-2:])), (SMT.demonymAdjective, english(demonym)))
        say(state, *((SKOS.altLabel, english(other)) for other in others))
    kazan_tr = iri("place", "kazan-tr")
    for place, label, state in (
        (BEIJING, "Beijing", CN), (HARBIN, "Harbin", CN), (KAZAN, "Kazan", RU), (kazan_tr, "Kazan", TR),
    ):  # fmt: skip
        say(place, (RDF.type, SMT.Place), (RDFS.label, english(label)), (SMT.inState, state))
    for organization, label, other, kind in (
        (BRICS, "BRICS", "BRICS+", SMT.InformalForum),
        (EAEU, "Eurasian Economic Union", "EAEU", SMT.EconomicUnion),
        (SCO, "Shanghai Cooperation Organisation", "SCO", SMT.TreatyBasedOrganization),
    ):
        say(organization, (RDF.type, SMT.Organization), (RDFS.label, english(label)))
        say(organization, (SKOS.altLabel, english(other)), (SMT.organizationKind, kind))
    for organization, state, role, since, until in (
        (BRICS, RU, "Member", "2006", None), (BRICS, CN, "Member", "2006", None),
        (BRICS, BR, "Member", "2006", None), (BRICS, TR, "Partner", "2024-10", None),
        (EAEU, RU, "Member", "2015-01-01", None), (EAEU, KZ, "Member", "2015-01-01", None),
        (SCO, RU, "Member", "2001-06-15", None), (SCO, CN, "Member", "2001-06-15", None),
        (SCO, TR, "DialoguePartner", None, None), (EAEU, TR, "FormerMember", "2016", "2018"),
    ):  # fmt: skip
        name = organization.value.rsplit("/", 1)[-1]
        membership = iri("membership", f"{name}-{state.value[-2:].lower()}-{since or 'undated'}")
        say(membership, (RDF.type, SMT.Membership), (ORG.organization, organization), (ORG.member, state))
        say(membership, (SMT.membershipRole, SMT[role]))
        say(membership, *((p, day(d)) for p, d in ((SMT["from"], since), (SMT["until"], until)) if d))
    offices = {}
    for slug, label, body, kind in (
        ("president-of-russia", "President of Russia", RU, SMT.HeadOfState),
        ("prime-minister-of-russia", "Prime Minister of Russia", RU, SMT.HeadOfGovernment),
        ("president-of-china", "President of China", CN, SMT.HeadOfState),
        ("president-of-brazil", "President of Brazil", BR, SMT.HeadOfState),
        ("president-of-turkiye", "President of Türkiye", TR, SMT.HeadOfState),
    ):
        offices[slug] = office = iri("office", slug)
        say(office, (RDF.type, SMT.Office), (RDFS.label, english(label)), (ORG.postIn, body))
        say(office, (SMT.officeKind, kind))
    leaders = {
        PUTIN: ("Vladimir Putin", ["V. V. Putin"]),
        XI: ("Xi Jinping", []),
        LULA: ("Luiz Inácio Lula da Silva", ["Lula"]),
        ERDOGAN: ("Recep Tayyip Erdoğan", []),
        iri("person", "dmitry-medvedev"): ("Dmitry Medvedev", []),
        iri("person", "george-h-w-bush"): ("George H. W. Bush", []),
        iri("person", "george-w-bush"): ("George W. Bush", []),
        iri("person", "vladimir-xi"): ("Vladimir Xi", []),
    }
    for person, (label, others) in leaders.items():
        say(person, (RDF.type, SMT.Leader), (RDFS.label, english(label)))
        say(person, *((SKOS.altLabel, english(other)) for other in others))
    for person, slug, since, until in (
        (PUTIN, "president-of-russia", "2000-05-07", "2008-05-07"),
        (PUTIN, "prime-minister-of-russia", "2008-05-08", "2012-05-07"),
        (PUTIN, "president-of-russia", "2012-05-07", None),
        (iri("person", "dmitry-medvedev"), "president-of-russia", "2008-05-07", "2012-05-07"),
        (XI, "president-of-china", "2013-03", None),
        (LULA, "president-of-brazil", "2023-01-01", None),
        (ERDOGAN, "president-of-turkiye", "2014", None),
    ):
        tenure = iri("tenure", f"{person.value.rsplit('/', 1)[-1]}-{since}")
        say(tenure, (RDF.type, SMT.Tenure), (ORG.member, person), (SMT.inOffice, offices[slug]))
        say(tenure, (SMT["from"], day(since)), *([(SMT["until"], day(until))] if until else []))
        say(person, (ORG.holds, offices[slug]))
    return found


class ArticleBuilder:
    """One article; its text grows with the passages of its claims."""

    def __init__(self, key: str, publisher: str, published: str, mentions: list[NamedNode]) -> None:
        self.key, self.publisher, self.published, self.mentions = key, publisher, published, mentions
        self.text = ""
        self.claims: list[Claim] = []

    def tell(
        self,
        words: str,
        modality: Modality,
        about: NamedNode,
        *pairs: tuple[NamedNode, Term],
        also: tuple[Triple, ...] = (),
        speaker: NamedNode | None = None,
        confidence: float = 0.9,
        second: str | None = None,
    ) -> None:
        passages = []
        for part in (words, second):
            if part:
                start = len(self.text)
                self.text += part + " "
                passages.append(Passage.of(self.text, start, start + len(part), context=0))
        triples = tuple(Triple(about, predicate, value) for predicate, value in pairs) + also
        self.claims.append(
            Claim(
                self.key, len(self.claims) + 1, about, triples, tuple(passages), modality, confidence, speaker
            )
        )

    def quads(self) -> list[Quad]:
        article = iri("article", self.key)
        activity = NamedNode(f"{article.value}#extraction")
        found = [
            Quad(article, RDF.type, SMT.Article, article),
            Quad(article, SCHEMA.publisher, Literal(self.publisher), article),
            Quad(article, SCHEMA.datePublished, day(self.published), article),
            Quad(article, SMT.text, Literal(self.text), article),
            Quad(activity, RDF.type, PROV.Activity, article),
            *(Quad(article, SCHEMA.mentions, thing, article) for thing in self.mentions),
        ]
        for claim in self.claims:
            found += claim.quads(activity)
        return found


def articles() -> list[ArticleBuilder]:
    """The four articles."""
    visit = ((RDF.type, SMT.Visit), (SMT.visitor, PUTIN), (SMT.sendingState, RU), (SMT.hostState, CN))
    one = ArticleBuilder(
        "2024-05-16-wire-000000000001",
        "Wire",
        "2024-05-16",
        [PUTIN, XI, USHAKOV, RU, CN, BEIJING, HARBIN, BRICS, EAEU],
    )
    one.tell(
        "Putin arrived in Beijing on Thursday for a two-day visit.", Modality.UNDERWAY, VISIT, *visit,
        (SCHEMA.startDate, day("2024-05-16")), (SCHEMA.endDate, day("2024-05-17")), (SCHEMA.location, BEIJING),
    )  # fmt: skip
    one.tell(
        "He will go on to Harbin.", Modality.PLANNED, VISIT, (RDF.type, SMT.Visit), (SCHEMA.location, HARBIN),
        speaker=USHAKOV, confidence=0.8, second="The city is in the north-east.",
    )  # fmt: skip
    one.tell(
        "He is to hold talks with Xi.", Modality.PLANNED, TALKS, (RDF.type, SMT.Meeting), (SMT.participant, PUTIN),
        (SMT.participant, XI), (SMT.meetingKind, SMT.Talks), (SCHEMA.superEvent, VISIT),
        (SCHEMA.startDate, day("2024-05")), (SMT.topic, english("trade")),
    )  # fmt: skip
    one.tell(
        "Putin's aide Ushakov", Modality.ASSERTED, USHAKOV, (RDF.type, SMT.Official),
        (RDFS.label, english("Yury Ushakov")), (ORG.holds, iri("office", "presidential-aide-ru")),
        also=(
            Triple(iri("office", "presidential-aide-ru"), RDF.type, SMT.Office),
            Triple(iri("office", "presidential-aide-ru"), RDFS.label, english("presidential aide")),
            Triple(iri("office", "presidential-aide-ru"), ORG.postIn, RU),
            Triple(iri("office", "presidential-aide-ru"), SMT.officeKind, SMT.Aide),
        ),
    )  # fmt: skip
    one.tell(
        "the signing of commercial deals", Modality.PLANNED, DEALS, (RDF.type, SMT.Agreement),
        (RDFS.label, english("commercial deals")), (SMT.party, RU), (SMT.party, CN),
        (SMT.agreementKind, SMT.CommercialDeal), (SMT.concludedAt, VISIT), (SMT.topic, english("trade")),
        (SMT.topic, english("energy")),
    )  # fmt: skip
    one.tell(
        "the 75th anniversary of relations", Modality.UNDERWAY, JUBILEE, (RDF.type, SMT.Anniversary),
        (SMT.ordinal, Literal(75)), (SMT.anniversaryOf, RELATION), (SCHEMA.startDate, day("2024")),
        also=(
            Triple(RELATION, RDF.type, SMT.DiplomaticRelation),
            Triple(RELATION, SMT.between, CN), Triple(RELATION, SMT.between, RU),
        ),
    )  # fmt: skip
    one.tell(
        "Putin invited Xi to the BRICS summit in Kazan.", Modality.OCCURRED, INVITED, (RDF.type, SMT.Invitation),
        (SMT.inviter, PUTIN), (SMT.invitee, XI), (SMT.invitedTo, SUMMIT),
    )  # fmt: skip
    summit = (
        (RDF.type, SMT.Summit), (SCHEMA.organizer, BRICS), (SCHEMA.location, KAZAN), (SMT.hostState, RU),
        (SCHEMA.startDate, day("2024-10")),
    )  # fmt: skip
    one.tell("the upcoming BRICS summit in Kazan", Modality.PLANNED, SUMMIT, *summit)
    two = ArticleBuilder("2024-05-19-gazette-000000000002", "Gazette", "2024-05-19", [PUTIN, XI, RU, CN])
    two.tell(
        "Putin's state visit in May ended on Saturday.", Modality.OCCURRED, VISIT, *visit,
        (SCHEMA.startDate, day("2024-05")), (SCHEMA.endDate, day("2024-05-18")), (SMT.visitKind, SMT.StateVisit),
    )  # fmt: skip
    two.tell(
        "He talked with Xi on 16 May.", Modality.OCCURRED, TALKS, (RDF.type, SMT.Meeting), (SMT.participant, PUTIN),
        (SMT.participant, XI), (SCHEMA.startDate, day("2024-05-16")), (SCHEMA.location, BEIJING),
        (SMT.meetingKind, SMT.UnspecifiedMeeting),
    )  # fmt: skip
    two.tell(
        "They signed a joint declaration.", Modality.OCCURRED, ACCORD, (RDF.type, SMT.Agreement),
        (RDFS.label, english("joint declaration")), (SMT.party, RU), (SMT.party, CN),
        (SMT.agreementKind, SMT.Declaration), (SMT.signedOn, day("2024-05-16")), (SMT.concludedAt, VISIT),
    )  # fmt: skip
    two.tell(
        "Later they will meet again.", Modality.PLANNED, NIGHT, (RDF.type, SMT.Meeting), (SMT.participant, PUTIN),
        (SMT.participant, XI),
    )  # fmt: skip
    three = ArticleBuilder(
        "2024-10-20-courier-000000000003", "Courier", "2024-10-20", [LULA, XI, RU, BR, KZ, BRICS]
    )
    lula = (
        (RDF.type, SMT.Visit), (SMT.visitor, LULA), (SMT.sendingState, BR), (SMT.hostState, RU),
        (SCHEMA.location, KAZAN), (SCHEMA.startDate, day("2024-10-22")),
    )  # fmt: skip
    three.tell("Lula has called off his visit to Kazan.", Modality.CANCELLED, LULA_RU, *lula)
    xi = (
        (RDF.type, SMT.Visit), (SMT.visitor, XI), (SMT.sendingState, CN), (SMT.hostState, KZ),
        (SCHEMA.startDate, day("2024-07")),
    )  # fmt: skip
    three.tell("Xi may visit Kazakhstan.", Modality.POSSIBLE, XI_KZ, *xi, confidence=0.4)
    three.tell("Xi is to visit Kazakhstan in July.", Modality.PLANNED, XI_KZ, *xi, confidence=0.7)
    four = ArticleBuilder("2024-10-25-herald-000000000004", "Herald", "2024-10-25", [LULA, PUTIN, XI])
    four.tell("Lula was in Kazan on Tuesday.", Modality.OCCURRED, LULA_RU, *lula)
    four.tell("No visit of Xi to Kazakhstan was ever planned.", Modality.DENIED, XI_KZ, *xi)
    four.tell(
        "Putin and Lula spoke by phone.", Modality.OCCURRED, CALL, (RDF.type, SMT.Meeting), (SMT.participant, PUTIN),
        (SMT.participant, LULA), (SMT.meetingKind, SMT.PhoneCall), (SCHEMA.startDate, day("2024-10-22")),
        (SMT.topic, english("trade")),
    )  # fmt: skip
    return [one, two, three, four]


def build() -> list[Quad]:
    """All quads of the fixture, the resolved view among them."""
    named = [Quad(t.subject, t.predicate, t.object, REFERENCE_GRAPH) for t in reference()]
    for article in articles():
        named += article.quads()
    return [*named, *(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in resolve(named))]


if __name__ == "__main__":
    PATH.write_text(serialize(build(), "trig"), encoding="utf-8")
