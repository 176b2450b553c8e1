"""Who roles, addresses and the first person stand for, and visits and talks told around them."""

from __future__ import annotations

from collections.abc import Callable

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


def test_an_address_without_a_name_is_who_bears_it(facts: Read) -> None:
    found = facts(
        "Qatari Emir Sheikh Tamim bin Hamad Al Thani opened the plant. His Highness arrived in Muscat on May 15."
    )
    visit = found.one("Visit")
    assert visit["hostState"] == {"state/OM"}
    assert visit["startDate"] == {"2024-05-15"}


def test_the_head_of_state_is_who_was_told(facts: Read) -> None:
    found = facts(
        "President of Tajikistan Emomali Rahmon opened the exhibition. The Head of State left for Tashkent on May 15."
    )
    assert found.one("Visit")["hostState"] == {"state/UZ"}


def test_the_guest_is_who_pays_the_visit(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto paid an official visit to Japan on 14-15 May. "
        "The distinguished guest was received by Prime Minister Fumio Kishida."
    )
    assert found.one("Meeting")["participant"] == {"person/william-ruto", "person/fumio-kishida"}


def test_we_are_the_speaker_and_the_other_leader(facts: Read) -> None:
    found = facts(
        "PRESIDENT WILLIAM RUTO: Welcome. I have President Emmanuel Macron with me. We held talks in Nairobi on Monday.\n\n"
        "PRESIDENT EMMANUEL MACRON: Thank you, and thank you all for waiting."
    )
    assert found.one("Meeting")["participant"] == {"person/william-ruto", "person/emmanuel-macron"}


def test_him_is_not_who_does_it(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto flew to Paris on May 6. French President Emmanuel Macron received him there."
    )
    assert found.one("Meeting")["participant"] == {"person/william-ruto", "person/emmanuel-macron"}


def test_several_stops_are_several_visits(facts: Read) -> None:
    found = facts("Kenyan President William Ruto visited Paris, Berlin and Rome in April.")
    states = {frozenset(v["hostState"]) for v in found.about("Visit").values()}
    assert states == {frozenset({s}) for s in ("state/FR", "state/DE", "state/IT")}


def test_several_times_are_several_visits(facts: Read) -> None:
    found = facts("Kenyan President William Ruto came to Tokyo in March 2023 and February 2024.")
    assert {frozenset(v["startDate"]) for v in found.about("Visit").values()} == {
        frozenset({"2023-03"}),
        frozenset({"2024-02"}),
    }


def test_who_is_due_somewhere_is_expected_there(facts: Read) -> None:
    visit = facts("Kenyan President William Ruto is due in Tokyo on Sunday.").one("Visit")
    assert visit["modality"] == {"Planned"}
    assert visit["startDate"] == {"2024-05-19"}


def test_where_gives_talks_their_place_and_day(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto was in Paris on May 6, where he met French President Emmanuel Macron."
    )
    meeting = found.one("Meeting")
    assert meeting["startDate"] == {"2024-05-06"}
    assert meeting["location"] == {"place/paris-fr"}


def test_talks_take_place_between(facts: Read) -> None:
    found = facts(
        "A meeting took place in Vienna between Kenyan President William Ruto and French President Emmanuel Macron."
    )
    assert found.one("Meeting")["location"] == {"place/vienna-at"}


def test_a_telephone_call_from_somebody(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto received a telephone call from French President Emmanuel Macron on May 6."
    )
    assert found.one("Meeting")["meetingKind"] == {"PhoneCall"}
    assert not found.about("Visit")


def test_to_call_somebody_something_is_no_call(facts: Read) -> None:
    found = facts("Kenyan President William Ruto called French President Emmanuel Macron a friend.")
    assert not found.about("Meeting")


def test_days_are_counted_from_the_one_before(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto opened a school on 3 April 2024. Two days later he flew to Tokyo."
    )
    assert found.one("Visit")["startDate"] == {"2024-04-05"}


def test_the_item_of_a_diary_is_of_whom_the_headline_names(facts: Read) -> None:
    found = facts(
        "Diary of Kenyan Foreign Minister Musalia Mudavadi\n\nFriday, 17 May\n\n"
        "10.00 Talks with Japanese Prime Minister Fumio Kishida\n\n- opens a school\n\n- lunch with students"
    )
    meeting = found.one("Meeting")
    assert meeting["startDate"] == {"2024-05-17"}
    assert meeting["modality"] == {"Planned"}


def test_who_stays_at_home_visits_nobody(facts: Read) -> None:
    found = facts("Kenyan President William Ruto signed the law in Nairobi on Monday.")
    assert not found.about("Visit")


def test_to_recall_a_visit_is_to_tell_it_as_past(facts: Read) -> None:
    found = facts("Kenyan President William Ruto recalled his state visit to Japan in February.")
    assert found.one("Visit")["modality"] == {"Occurred"}


def test_who_was_him_goes_on_being_he(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto came home. French President Emmanuel Macron praised him. He flew to Tokyo on May 6."
    )
    assert found.one("Visit")["visitor"] == {"person/william-ruto"}


def test_a_bare_day_is_of_the_month_told_last(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto opened a school on 3 April 2024. He flew to Tokyo on the 12th."
    )
    assert found.one("Visit")["startDate"] == {"2024-04-12"}


def test_the_monarch_is_the_king(facts: Read) -> None:
    found = facts("Jordan's King Abdullah II opened a school. The monarch flew to Tokyo on May 6.")
    assert found.one("Visit")["hostState"] == {"state/JP"}
