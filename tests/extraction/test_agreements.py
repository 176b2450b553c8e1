"""Which documents a text tells, one by one, whose they are, and what it says of their signing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]

MET = "French President Emmanuel Macron met Kenyan President William Ruto in Paris on Tuesday. "


def topics(found: Facts) -> set[str]:
    """What the agreements of a text are about, or their titles where no topic is told."""
    things = found.about("Agreement").values()
    return {t for slots in things for t in (slots.get("topic") or slots["label"])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France and Kenya signed memorandums on health, sport and rail.", {"health", "sport", "rail"}),
        ("France and Kenya signed a memorandum on health, sport and rail.", {"health, sport and rail"}),
        ("France and Kenya signed an accord on fishing and a treaty on rail.", {"fishing", "rail"}),
        (
            "France and Kenya signed agreements on science and technology, and tourism.",
            {"science and technology", "tourism"},
        ),
        ("Memoranda on film and on dairy farming were signed by France and Kenya.", {"film", "dairy farming"}),
        (
            "France and Kenya signed two memorandums: one on higher education, the other on wildlife.",
            {"higher education", "wildlife"},
        ),
        (
            "France and Kenya signed two memorandums. Higher education and wildlife were the subjects of "
            "the memorandums.",
            {"Higher education", "wildlife"},
        ),
        (
            "France and Kenya signed six agreements, including a treaty on extradition and a deal on ports.",
            {"extradition", "ports"},
        ),
        ("France and Kenya signed five agreements in the fields of energy and sport.", {"energy", "sport"}),
        ("France and Kenya signed eight documents.", {"eight documents"}),
        ("France and Kenya signed a number of agreements.", {"number of agreements"}),
        ("France and Kenya signed a memorandum of understanding on nuclear safety.", {"nuclear safety"}),
        ("France and Kenya signed a deal to build a geothermal plant.", {"build a geothermal plant"}),
        ("France and Kenya signed a contract worth 20 million euros for the supply of trams.", {"the supply of trams"}),
        ("France and Kenya signed a free trade agreement in Nairobi.", {"free trade agreement"}),
        ("France and Kenya signed the Treaty of Friendship and Trust.", {"Treaty of Friendship and Trust"}),
        ("France and Kenya signed a pact on solar power in Nairobi on Monday.", {"solar power"}),
        # What a list says it is of, whether in lines or in a sentence that the parser has lost.
        ("France and Kenya signed five documents:\n\nMOU on tea exports\n\nAgreement on rail\n\nTea is grown in Kericho.",
         {"tea exports", "rail"}),
        ("France and Kenya signed a letter of intent for a port, as well as a joint declaration of the ministries of health, "
         "science and sport; and an agreement on tea.", {"a port", "joint declaration", "tea"}),
        ("France and Kenya signed several agreements to strengthen their ties.", {"several agreements"}),
        ("France and Kenya signed agreements to deepen cooperation in trade, tea and sport.", {"agreements"}),
        ("France and Kenya signed an exchange of notes on Monday.", {"exchange of notes"}),
        ("France and Kenya signed a memorandum of understanding (MoU) on tea.", {"tea"}),
        ("France and Kenya signed three agreements. The agreements were on fishing and tea.", {"fishing", "tea"}),
        ("France, Kenya sign trade pacts\n\nFrance and Kenya signed three agreements on Monday.", {"three agreements"}),
        ("A deal in the fields of sport and tea were signed by France and Kenya.", {"sport and tea"}),
        ("France and Kenya signed a memorandum on co-operation.", {"co-operation"}),
        ("France and Kenya signed a memorandum on tea. Mere Vula signed the memorandum for Kenya.", {"tea"}),
    ],
)  # fmt: skip
def test_documents_one_by_one(facts: Read, text: str, expected: set[str]) -> None:
    assert topics(facts(text)) == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("France and Kenya signed a treaty on extradition.", "Occurred"),
        ("France and Kenya struck a deal on ports.", "Occurred"),
        ("A treaty on extradition was adopted by France and Kenya.", "Occurred"),
        ("France and Kenya put their names to a declaration on peace.", "Occurred"),
        ("The treaty on extradition between France and Kenya, signed in 2019, works well.", "Occurred"),
        ("France, Kenya sign rail deal\n\nThe two are friends.", "Occurred"),
        ("France and Kenya will sign a treaty on extradition.", "Planned"),
        ("France and Kenya are negotiating an agreement on fishing.", "Planned"),
        ("A treaty on extradition between France and Kenya is to be signed.", "Planned"),
        ("A treaty on extradition between France and Kenya is expected to be signed.", "Planned"),
        ("The text of a fishing agreement is being finalised by France and Kenya.", "Planned"),
        ("France and Kenya agreed to sign a treaty on extradition.", "Planned"),
        ("France and Kenya launched negotiations on a fishing agreement.", "Planned"),
        ("The signing of a treaty on extradition between France and Kenya is planned.", "Planned"),
        ("The ambassador expects a treaty between France and Kenya to be sealed by May.", "Planned"),
        ("France, Kenya to conclude tea treaty", "Planned"),
    ],
)
def test_what_is_told_of_the_signing(facts: Read, text: str, modality: str) -> None:
    assert facts(text).one("Agreement")["modality"] == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "France and Kenya did not sign the treaty on extradition.",
        "Kenya refused to sign a treaty on extradition with France.",
        "France and Kenya may sign a treaty on extradition.",
        "France and Kenya hope to sign a treaty on extradition.",
        "France and Kenya discussed a treaty on extradition.",
        "Under a treaty between France and Kenya ships may enter each other's ports.",
        "In a joint statement, France and Kenya condemned the attack.",
        "France withdrew from an agreement on fishing with Kenya.",
        "The striker signed a contract with the club until 2027.",
        "Kenyan President William Ruto has cancelled his visit to Japan, where he was to sign an agreement on rail.",
    ],
)
def test_no_agreement(facts: Read, text: str) -> None:
    for slots in facts(text).about("Agreement").values():
        assert slots["modality"] <= {"Denied", "Possible"}


def test_an_agreement_of_a_postponed_visit_stays_planned_and_undated(facts: Read) -> None:
    text = "Kenyan President William Ruto has postponed his visit to Japan, where a deal on rail was to be signed."
    agreement = facts(text).one("Agreement")
    assert agreement["modality"] == {"Planned"}
    assert "signedOn" not in agreement


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (MET + "After the talks a treaty on extradition was signed.", {"state/FR", "state/KE"}),
        (MET + "The two sides signed a treaty on extradition.", {"state/FR", "state/KE"}),
        (
            "The defence ministries of Kenya and India signed an agreement on joint exercises.",
            {"state/KE", "state/IN"},
        ),
        (
            "Kenyan President William Ruto signed a treaty on rail with his Ugandan counterpart, Yoweri Museveni.",
            {"state/KE", "state/UG"},
        ),
        (
            "The European Union and Kenya signed an agreement on trade.",
            {"organization/european-union", "state/KE"},
        ),
        ("The G20 leaders adopted a declaration on debt relief.", {"organization/g20"}),
        (
            "The BRICS summit in Kazan ended on May 15. The leaders adopted a declaration on trade.",
            {"organization/brics"},
        ),
    ],
)
def test_parties(facts: Read, text: str, parties: set[str]) -> None:
    agreement = facts(text).one("Agreement")
    assert agreement["party"] == parties
    assert "lacks" not in agreement


def test_a_firm_is_no_party_and_its_state_neither(facts: Read) -> None:
    agreement = facts("Kenya's energy ministry and the firm Volta signed a deal to build a plant.").one(
        "Agreement"
    )
    assert agreement["party"] == {"state/KE"}
    assert agreement["lacks"] == {"party"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("France and Kenya signed a treaty on extradition on May 2.", "2024-05-02"),
        ("In 1992 France and Kenya signed a treaty on extradition.", "1992"),
        (MET + "The two sides signed a treaty on extradition.", "2024-05-14"),
        (
            "French President Emmanuel Macron flew to Nairobi on Monday, where he and Kenyan President William Ruto "
            "signed a treaty on extradition.",
            "2024-05-13",
        ),
        (
            "On May 7, French President Emmanuel Macron opened a school in Kenya. After the ceremony, France and Kenya signed a "
            "pact on tea.",
            "2024-05-07",
        ),
        (
            "France and Kenya signed six agreements on Monday. One of the agreements signed is a pact on tea.",
            "2024-05-13",
        ),
    ],
)
def test_days(facts: Read, text: str, day: str) -> None:
    assert facts(text).one("Agreement")["signedOn"] == {day}


def test_a_document_told_twice_is_one(facts: Read) -> None:
    text = (
        "France, Kenya sign rail deal\n\nFrance and Kenya signed a deal on rail links on Monday. "
        "The deal was signed in Nairobi."
    )
    assert len(facts(text).about("Agreement")) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("France and Kenya will sign a pact on tea on Friday.", "2024-05-17"),
        (
            "French President Emmanuel Macron will hold talks with Kenyan President William Ruto on Friday. A pact on tea is to be "
            "signed after the talks.",
            "2024-05-17",
        ),
        ("A pact on tea between France and Kenya is to be signed on May 20.", "2024-05-20"),
    ],
)  # fmt: skip
def test_the_day_of_a_signing_to_come(facts: Read, text: str, day: str) -> None:
    agreement = facts(text).one("Agreement")
    assert agreement["modality"] == {"Planned"}
    assert agreement["signedOn"] == {day}


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron will hold talks with Kenyan President William Ruto on Friday. France and Kenya are "
        "negotiating a pact on tea.",
        "French President Emmanuel Macron will hold talks with Kenyan President William Ruto on Friday. France and Kenya will one "
        "day sign a pact on tea.",
    ],
)  # fmt: skip
def test_a_signing_to_come_of_no_told_day(facts: Read, text: str) -> None:
    assert "signedOn" not in facts(text).one("Agreement")


def test_an_agreement_on_one_thing_and_another_on_the_next(facts: Read) -> None:
    text = "France and Kenya signed on Wednesday an agreement on road transport and another on electricity."
    assert topics(facts(text)) == {"road transport", "electricity"}
    text = "France and Kenya signed on Wednesday an agreement on road transport and another minister on electricity spoke."
    assert "electricity" not in topics(facts(text))
