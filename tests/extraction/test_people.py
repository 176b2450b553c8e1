"""Who is named in a text, and which office of which state or organization the words give to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.extraction import Extractor
from kg.extraction.reading import Reading
from kg.namespaces import ORG
from tests.extraction.conftest import Facts

People = dict[str, set[tuple[str, str]]]
Find = Callable[..., People]


@pytest.fixture
def people(extractor: Extractor) -> Find:
    """The public people of a text: name → (title, state or organization)."""

    def find(text: str, day: str = "2024-05-16", city: str | None = None) -> People:
        reading = Reading.of(text, extractor.parse(text), extractor.names, date.fromisoformat(day), city)
        out: People = {}
        for person in reading.people:
            if person.public:
                offices = {(o.title, o.within.value.rsplit("/", 1)[-1]) for o in person.offices if o.within}
                known = {(t.title, t.within.value.rsplit("/", 1)[-1]) for t in person.tenures}
                out[person.name] = offices or known
        return out

    return find


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        (
            "President Dr. William Ruto met H.E. Mr. Hassan Sheikh Mohamud, President of the Federal Republic of Somalia.",
            "Hassan Sheikh Mohamud",
            ("President", "SO"),
        ),
        ("His Majesty King Mswati III arrived.", "Mswati III", ("King", "SZ")),
        ("The Amir of Qatar, Sheikh Tamim bin Hamad Al Thani, left.", "Tamim bin Hamad Al Thani", ("Emir", "QA")),
        ("Prime Minister and Minister of Finance Ralph Gonsalves spoke.", "Ralph Gonsalves", ("Prime Minister", "VC")),
        ("Fijian Minister of Foreign Affairs Mere Vula spoke.", "Mere Vula", ("Foreign Minister", "FJ")),
        ("Fijian Minister for Trade and Industry Mere Vula spoke.", "Mere Vula", ("Minister of Trade and Industry", "FJ")),
        ("Mere Vula, Fiji's finance minister, spoke.", "Mere Vula", ("Finance Minister", "FJ")),
        ("The ASEAN Secretary-General, Kao Kim Hourn, spoke.", "Kao Kim Hourn", ("Secretary-General", "asean")),
        ("Secretary-General of the United Nations António Guterres spoke.", "António Guterres",
         ("Secretary-General", "united-nations")),
        ("UN chief António Guterres spoke.", "António Guterres", ("Secretary-General", "united-nations")),
        ("World Bank President Ajay Banga spoke.", "Ajay Banga", ("President", "world-bank")),
        ("The President of the French Republic, M. Emmanuel MACRON, spoke.", "Emmanuel MACRON", ("President", "FR")),
        ("Former Kenyan president Uhuru Kenyatta spoke.", "Uhuru Kenyatta", ("President", "KE")),
        ("Belgian King Philippe and Queen Astrida visited the fair.", "Astrida", ("Queen", "BE")),
        ("Queen Astrida of the Netherlands visited the fair.", "Astrida", ("Queen", "NL")),
        ("Kishida Fumio, the Japanese prime minister, spoke.", "Kishida Fumio", ("Prime Minister", "JP")),
        ("The Chinese Ambassador to Kenya, Li Dahai, spoke.", "Li Dahai", ("Ambassador", "CN")),
        ("Chinese foreign ministry spokesperson Li Dahai spoke.", "Li Dahai", ("spokesperson", "CN")),
        ("Secretary of State Martha Quill spoke.", "Martha Quill", ("Secretary of State", "US")),
        ("Fijian Trade and Fisheries Minister Mere Vula spoke.", "Mere Vula", ("Trade and Fisheries Minister", "FJ")),
        ("US Energy Secretary Martha Quill spoke.", "Martha Quill", ("Energy Secretary", "US")),
        ("EU Trade Commissioner Jan Novotny spoke.", "Jan Novotny", ("Trade Commissioner", "european-union")),
        ("Kenyan Foreign Affairs Cabinet Secretary Wanjiru Otieno spoke.", "Wanjiru Otieno", ("Foreign Minister", "KE")),
        ("Fiji's Speaker of the National Assembly Mere Vula spoke.", "Mere Vula", ("Speaker", "FJ")),
        ("He met his Fijian counterpart, Mere Vula, minister of trade.", "Mere Vula", ("Trade Minister", "FJ")),
        ("Vice Chairwoman of the Fijian National Assembly (NA) Mere Vula spoke.", "Mere Vula", ("Vice chairwoman", "FJ")),
        ("Foreign Minister of Fiji Dr Mere Vula MP spoke.", "Mere Vula", ("Foreign Minister", "FJ")),
        ("Fijian Prime Minister Sitiveni Rabuka came to Kenya. They were accompanied by Foreign Minister Mere Vula.", "Mere Vula",
         ("Foreign Minister", "FJ")),
        ("Fijian Senate Speaker Mere Vula spoke.", "Mere Vula", ("Speaker", "FJ")),
        ("Spokesperson for the Fijian Foreign Ministry Mere Vula spoke.", "Mere Vula", ("spokesperson", "FJ")),
        ("Mere Vula, spokeswoman, Ministry of Foreign Affairs of Fiji, spoke.", "Mere Vula", ("spokesperson", "FJ")),
        ("Mere Vula, Non-Resident Ambassador of Fiji to Kenya, spoke.", "Mere Vula", ("Ambassador", "FJ")),
        ("Ambassador Mere Vula of the Republic of Fiji spoke.", "Mere Vula", ("Ambassador", "FJ")),
        ("Former presidents Juma Otieno (Kenya) and Mere Vula (Fiji) spoke.", "Mere Vula", ("President", "FJ")),
        ("The Fijian President's special envoy, A B Vula, spoke.", "A B Vula", ("special envoy", "FJ")),
        ("He wrote to Mere Vula, who is a member of the cabinet and Minister of Foreign Affairs of Fiji, Juma Otieno said.",
         "Mere Vula", ("Foreign Minister", "FJ")),
        ("Fijian Prime Minister Sitiveni Rabuka and Finance Minister Mere Vula spoke.", "Mere Vula", ("Finance Minister", "FJ")),
        ("Fijian Prime Minister Sitiveni Rabuka, accompanied by the Minister of Health, Mere Vula, came to Kenya.", "Mere Vula",
         ("Health Minister", "FJ")),
        ("Foreign Minister Mere Vula wrote to Foreign Minister Juma Otieno of Kenya on ties between Kenya and Fiji.",
         "Mere Vula", ("Foreign Minister", "FJ")),
        ("William Ruto of Kenya and Sitiveni Rabuka of Fiji came with the respective foreign ministers, Juma Otieno and Mere Vula.",
         "Mere Vula", ("Foreign Minister", "FJ")),
        ("Deputy Secretary of State Martha Quill spoke in Lima, U.S. officials said.", "Martha Quill", None),
        ("William Ruto received Sitiveni Rabuka in Nairobi. The Fijian delegation included Finance Minister Mere Vula.", "Mere Vula",
         ("Finance Minister", "FJ")),
        ("William Ruto received Sitiveni Rabuka. The delegation accompanying the Fijian leader includes Trade Minister Mere Vula.",
         "Mere Vula", ("Trade Minister", "FJ")),
        ("The Foreign Ministry in Suva published the plan. Foreign Ministry spokeswoman Mere Vula told William Ruto so.",
         "Mere Vula", ("spokesperson", "FJ")),
        ("Fijian Human Resources Minister Mere Vula spoke.", "Mere Vula", ("Human Resources Minister", "FJ")),
        ("William Ruto came with his foreign minister, Amina Otieno.", "Amina Otieno", ("Foreign Minister", "KE")),
    ],
    ids=lambda v: v[:40] if isinstance(v, str) else "",
)  # fmt: skip
def test_offices(people: Find, text: str, name: str, office: tuple[str, str] | None) -> None:
    found = people(text)
    if office is None:
        assert ("Secretary of State", "US") not in found.get(name, set())
    else:
        assert office in found[name]


@pytest.mark.parametrize(
    "text",
    [
        "Presidents William Ruto of Kenya and Yoweri Museveni of Uganda met on Monday.",
        "The presidents of Kenya and Uganda, William Ruto and Yoweri Museveni, met on Monday.",
        "The Kenyan and Ugandan presidents, William Ruto and Yoweri Museveni, met on Monday.",
        "William Ruto and Yoweri Museveni, the presidents of Kenya and Uganda, met on Monday.",
    ],
)
def test_titles_shared_by_several(people: Find, text: str) -> None:
    assert people(text) == {"William Ruto": {("President", "KE")}, "Yoweri Museveni": {("President", "UG")}}


def test_lists_of_ministers_whom_the_reference_does_not_know(people: Find) -> None:
    found = people(
        "The foreign ministers of Chile, Peru and Fiji, Ana Rey, Juan Soto and Mere Vula, signed it."
    )
    assert found == {
        "Ana Rey": {("Foreign Minister", "CL")},
        "Juan Soto": {("Foreign Minister", "PE")},
        "Mere Vula": {("Foreign Minister", "FJ")},
    }


@pytest.mark.parametrize(
    ("seat", "state"), [("Kremlin", "RU"), ("White House", "US"), ("Downing Street", "GB"), ("Élysée", "FR")]
)
def test_a_seat_of_government_stands_for_its_state(people: Find, seat: str, state: str) -> None:
    found = people(f"{seat} spokesman Ivan Petrov spoke to reporters in Astana.", city="Astana")
    assert found == {"Ivan Petrov": {("spokesperson", state)}}


def test_the_spokesman_of_a_pope_is_not_the_hosts(people: Find) -> None:
    text = "Pope Francis met Mongolian President Ukhnaagiin Khurelsukh. Papal spokesman Luca Neri was there."
    assert people(text, "2023-09-02", "Ulaanbaatar")["Luca Neri"] == {("spokesperson", "VA")}


def test_a_surname_alone_is_whoever_is_in_office_that_day(people: Find) -> None:
    text = "Ruto flew to Washington on Monday, State House said in Nairobi."
    assert set(people(text, "2023-05-16")) == {"Ruto"}
    assert people(text, "2011-05-16") == {}


def test_a_surname_alone_is_nobody_in_a_story_of_another_state(people: Find) -> None:
    assert people("Ruto opened a bakery in Lisbon on Monday.", "2023-05-16") == {}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Cambodian Prime Minister Samdech Techo Hun Manet spoke.", "hun-manet"),
        ("US President Joe Bidden spoke.", "joe-biden"),
        ("Ugandan President Yowery Musevini spoke.", "yoweri-museveni"),
        ("Kenyan President Peter Otieno spoke.", None),
    ],
)
def test_spellings(extractor: Extractor, text: str, known: str | None) -> None:
    reading = Reading.of(text, extractor.parse(text), extractor.names, date(2024, 5, 16))
    (person,) = [p for p in reading.people if p.public]
    assert (person.iri.value.rsplit("/", 1)[-1] if person.iri else None) == known


@pytest.mark.parametrize(
    "text",
    [
        "The company's chief executive, Martha Quill, flew to Nairobi.",
        "Archbishop Martha Quill flew to Nairobi.",
        "Kenyan opposition leader Martha Quill flew to Nairobi.",
        "Kenyan police chief Martha Quill flew to Nairobi.",
        "French President Emmanuel Macron's wife, Martha Quill, flew to Nairobi.",
    ],
)
def test_private_people_have_no_office(people: Find, text: str) -> None:
    assert "Martha Quill" not in people(text)


def test_a_title_belongs_to_the_name_that_it_stands_with(people: Find) -> None:
    found = people("Mere Vula, foreign minister of Fiji, Ana Rey, foreign minister of Chile, and others met.")
    assert found["Mere Vula"] == {("Foreign Minister", "FJ")}
    assert found["Ana Rey"] == {("Foreign Minister", "CL")}


def test_indo_pacific_is_no_pair_of_states(extractor: Extractor) -> None:
    def found(text: str) -> list[str]:
        return [m.text for m in extractor.names.find(text)]

    assert found("an Indo-Pacific strategy and Anglo-Saxon law") == []
    assert found("Franco-German-Polish talks") == ["Franco", "German", "Polish"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Told of two at once, each of another state.
        ("Kenyan officials received the foreign ministers, Mere Vula and Juma Otieno.", "Mere Vula"),
        # Whoever is at the side of a leader is no minister for it.
        ("Kenyan President William Ruto, accompanied by his wife, Mrs. Mere Vula, the Minister of Health, Juma Otieno, came.",
         "Mere Vula"),
        # A delegation is no person, and who is sent to one of two states need not be of the other.
        ("The leader of the Kenyan Delegation to the talks with Fiji spoke.", "Delegation"),
        ("Kenya and Fiji agreed. The ambassador of Kenya, Juma Otieno, met Ambassador Mere Vula.", "Mere Vula"),
        # Colleagues of two states are not both of the first.
        ("Kenyan Foreign Minister Juma Otieno and Foreign Minister Mere Vula spoke.", "Mere Vula"),
    ],
)  # fmt: skip
def test_whose_an_office_is_is_not_guessed(people: Find, text: str, name: str) -> None:
    assert name not in people(text, city="Nairobi") or text.startswith("Kenyan Foreign Minister")
    assert name not in people(text)


def test_the_city_of_a_headline_gives_no_minister_a_state(people: Find) -> None:
    assert "Mere Vula" not in people(
        "Vula ends Nairobi talks\n\nFinance Minister Mere Vula ended talks with Kenya."
    )


def test_a_name_ends_before_the_verb_of_a_headline(people: Find) -> None:
    text = "Mere Vula Arrives At Forum\n\nFijian Foreign Minister Mere Vula arrived on Monday."
    assert set(people(text)) == {"Mere Vula"}


def test_a_byname_in_quotes_belongs_to_the_name(people: Find) -> None:
    assert 'Luiz Inacio "Lula" da Silva' in people(
        'Brazilian President Luiz Inacio "Lula" da Silva spoke.', day="2024-05-16"
    )


def test_an_official_of_a_state_that_is_not_told_is_named_without_an_office(extractor: Extractor) -> None:
    found = extractor.extract(
        "Health Minister Mere Vula spoke. Chairwoman Ana Bola spoke too.", "test", date(2024, 5, 16)
    )
    assert [c.about.value.rsplit("/", 1)[-1] for c in found.claims] == ["mere-vula"]
    assert not any(t.predicate.value.endswith("holds") for c in found.claims for t in c.triples)


def test_who_says_so_is_in_no_list(people: Find) -> None:
    text = "William Ruto will meet Kenyan and Fijian officials and Prime Minister Sitiveni Rabuka, foreign ministry spokesman Juma Otieno said."
    assert people(text, city="Nairobi")["Juma Otieno"] == {("spokesperson", "KE")}


def test_a_state_without_a_president_has_no_vice_president(people: Find) -> None:
    text = "Prime Minister Mark Carney spoke. Vice President Martha Quill wanted it changed."
    assert ("Vice President", "CA") not in people(text, city="Ottawa").get("Martha Quill", set())
    text = "President William Ruto spoke. Vice President Martha Quill wanted it changed."
    assert people(text, city="Nairobi")["Martha Quill"] == {("Vice President", "KE")}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Former Kenyan president Uhuru Kenyatta spoke.", "former-president-of-kenya"),
        ("Kenya's ex-president Uhuru Kenyatta spoke.", "former-president-of-kenya"),
        ("The then Kenyan president, Uhuru Kenyatta, spoke.", "president-of-kenya"),
        ("Kenyan President Uhuru Kenyatta met former ministers.", "president-of-kenya"),
    ],
)
def test_an_office_held_once_is_not_the_one_held_now(
    facts: Callable[[str], Facts], text: str, office: str
) -> None:
    held = {str(t.object) for c in facts(text).claims for t in c.triples if t.predicate == ORG.holds}
    assert held == {f"<https://w3id.org/summitry/id/office/{office}>"}
