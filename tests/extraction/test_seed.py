"""The article that the project started from, and our digest of it: what the claims must hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.articles import read
from kg.claims import Modality
from kg.extraction import Extractor, Names
from kg.namespaces import ORG, iri
from tests.conftest import DIGEST, SEED
from tests.extraction.conftest import Facts

pytest.importorskip("spacy", reason="needs the extra nlp")

VISIT = "visit/vladimir-putin-cn-2024-05-16"


@pytest.fixture(params=[SEED, DIGEST], ids=["original", "digest"])
def seed(request: pytest.FixtureRequest, names: Names) -> Facts:
    path: Path = request.param
    if not path.exists():
        pytest.skip("the original article is not in this checkout: it is its publisher's property")
    (article,) = read(path)
    found = Extractor(names).read(article)
    return Facts(article.text, found.claims, found.mentions)


@pytest.mark.parametrize(
    ("person", "office"),
    [
        ("vladimir-putin", "president-of-russia"),
        ("xi-jinping", "president-of-china"),
        ("yury-ushakov", "presidential-aide-of-russia"),
    ],
)
def test_office_holders(seed: Facts, person: str, office: str) -> None:
    held = {
        t.object
        for c in seed.claims
        for t in c.triples
        if t.predicate == ORG.holds and t.subject == iri("person", person)
    }
    assert held == {iri("office", office)}


def test_one_visit(seed: Facts) -> None:
    visit = seed.one("Visit")
    assert visit["visitor"] == {"person/vladimir-putin"}
    assert visit["sendingState"] == {"state/RU"}
    assert visit["hostState"] == {"state/CN"}
    assert visit["location"] == {"place/beijing-cn", "place/harbin-cn"}
    assert visit["startDate"] == {"2024-05-16"}
    assert visit["endDate"] == {"2024-05-17"}
    assert visit["modality"] == {"Underway"}
    assert visit["occasion"] == {"anniversary/75-cn-ru"}


def test_how_the_last_day_follows(seed: Facts) -> None:
    (claim,) = [c for c in seed.claims if c.rule == "derived-end"]
    assert any("two-day" in p.exact for p in claim.passages)
    assert "2 days" in (claim.derivation or "")
    assert "2024-05-17" in (claim.derivation or "")


def test_talks(seed: Facts) -> None:
    talks = seed.one("Meeting")
    assert talks["participant"] == {"person/vladimir-putin", "person/xi-jinping"}
    assert talks["modality"] == {"Planned"}
    assert talks["superEvent"] == {VISIT}
    assert {"organization/brics", "organization/eurasian-economic-union"} == talks["about"]
    assert any("bilateral cooperation" in t for t in talks["topic"])


def test_summit_and_invitation(seed: Facts) -> None:
    summit = seed.about("Summit")
    (name,) = summit
    assert name.startswith("summit/brics-kazan-")
    assert summit[name]["modality"] == {"Planned"}
    invitation = seed.one("Invitation")
    assert (invitation["inviter"], invitation["invitee"]) == (
        {"person/vladimir-putin"},
        {"person/xi-jinping"},
    )
    assert invitation["invitedTo"] == {name}


def test_anniversary(seed: Facts) -> None:
    anniversary = seed.one("Anniversary")
    assert anniversary["ordinal"] == {"75"}
    assert anniversary["anniversaryOf"] == {"relation/cn-ru"}


def test_agreements_are_planned_and_none_is_signed(seed: Facts) -> None:
    agreements = list(seed.about("Agreement").values())
    assert {k for a in agreements for k in a["agreementKind"]} == {
        "BilateralAgreement",
        "CommercialDeal",
        "RegionalAccord",
    }
    assert all(a["party"] == {"state/RU", "state/CN"} for a in agreements)
    assert seed.modalities("Agreement") == {Modality.PLANNED}
    assert all("signedOn" not in a for a in agreements)


def test_the_aide_is_a_speaker(seed: Facts) -> None:
    assert {c.speaker for c in seed.claims if c.speaker} == {iri("person", "yury-ushakov")}
