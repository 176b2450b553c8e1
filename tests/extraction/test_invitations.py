"""Who invites whom, whichever way round the words put it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]

RUTO, MACRON = "person/william-ruto", "person/emmanuel-macron"


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan President William Ruto invited French President Emmanuel Macron to visit Kenya.",
        "Kenyan President William Ruto extended an invitation to French President Emmanuel Macron.",
        "French President Emmanuel Macron accepted an invitation from Kenyan President William Ruto.",
        "French President Emmanuel Macron declined Kenyan President William Ruto's invitation to Nairobi.",
        "French President Emmanuel Macron thanked Kenyan President William Ruto for the invitation to visit Nairobi.",
        "French President Emmanuel Macron was invited to Nairobi by Kenyan President William Ruto.",
        "An invitation to visit Nairobi was extended to French President Emmanuel Macron by Kenyan President "
        "William Ruto.",
        "French President Emmanuel Macron arrived in Nairobi at the invitation of Kenyan President William Ruto.",
        "At the invitation of Kenyan President William Ruto, French President Emmanuel Macron will visit Kenya.",
        "The visit of French President Emmanuel Macron takes place at the invitation of Kenyan President "
        "William Ruto.",
        "Kenyan President William Ruto's invitation to French President Emmanuel Macron was announced on Monday.",
        "Kenyan President William Ruto met French President Emmanuel Macron and invited him to Nairobi.",
        '"I have invited Emmanuel Macron to Nairobi," Kenyan President William Ruto said. '
        "French President Emmanuel Macron smiled.",
        "French President Emmanuel Macron met Kenyan President William Ruto. Ruto invited his French counterpart "
        "to Nairobi.",
        "Responding to an invitation from Kenyan President William Ruto, French President Emmanuel Macron made a visit to Kenya.",
        "At the invitation of the Hon. Dr. William Ruto, President of the Republic of Kenya, French President Emmanuel Macron "
        "paid a visit to Kenya.",
        "Kenya extended formal invitations on Friday to French President Emmanuel Macron and Prime Minister Gabriel Attal to visit "
        "Nairobi. The invitations were signed by Kenyan President William Ruto, who invited Macron.",
        "Kenya invites Macron\n\nKenyan President William Ruto invited French President Emmanuel Macron to Nairobi.",
    ],
)
def test_who_invites_whom(facts: Read, text: str) -> None:
    invitation = facts(text).one("Invitation")
    assert (invitation["inviter"], invitation["invitee"]) == ({RUTO}, {MACRON})


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron has not been invited to Nairobi by Kenyan President William Ruto.",
        "Kenyan President William Ruto may invite French President Emmanuel Macron to Nairobi.",
        "Kenyan President William Ruto wants to invite French President Emmanuel Macron to Nairobi.",
        "The Kenyan government invited investors to Nairobi.",
        "French President Emmanuel Macron received no invitation from Kenyan President William Ruto.",
        "Kenya will be invited when all members agree.",
    ],
)
def test_no_invitation(facts: Read, text: str) -> None:
    assert facts(text).about("Invitation") == {}


def test_one_record_for_each_invitee(facts: Read) -> None:
    text = "Kenyan President William Ruto invited Emmanuel Macron and Fumio Kishida to the summit in Nairobi."
    found = facts(text).about("Invitation")
    assert [slots["invitee"] for slots in found.values()] == [{MACRON}, {"person/fumio-kishida"}]


def test_states_and_organizations_invite_too(facts: Read) -> None:
    found = facts("BRICS leaders decided to invite Egypt and Ethiopia to join the group.").about("Invitation")
    assert {i for slots in found.values() for i in slots["inviter"]} == {"organization/brics"}
    assert {i for slots in found.values() for i in slots["invitee"]} == {"state/EG", "state/ET"}


def test_where_to_is_not_who(facts: Read) -> None:
    text = "French President Emmanuel Macron sent William Ruto an invitation for the BRICS summit in Kazan."
    invitees = [i for slots in facts(text).about("Invitation").values() for i in slots["invitee"]]
    assert "organization/brics" not in invitees


def test_an_accepted_invitation_is_a_planned_visit(facts: Read) -> None:
    text = (
        "Kenyan President William Ruto invited French President Emmanuel Macron to pay an official visit to Kenya. "
        "Macron accepted the invitation."
    )
    visit = facts(text).one("Visit")
    assert (visit["visitor"], visit["hostState"]) == ({MACRON}, {"state/KE"})
    assert visit["modality"] == {"Planned"}
    assert visit["visitKind"] == {"OfficialVisit"}


def test_an_invitation_alone_is_no_visit(facts: Read) -> None:
    text = "Kenyan President William Ruto invited French President Emmanuel Macron to visit Kenya."
    for slots in facts(text).about("Visit").values():
        assert slots["modality"] == {"Possible"}


def test_two_inviters_for_two_states_invite_apart(facts: Callable[[str], Facts]) -> None:
    text = "William Ruto will go on tour at the invitation of French President Emmanuel Macron and German Chancellor Olaf Scholz."
    assert {len(i["inviter"]) for i in facts(text).about("Invitation").values()} == {1}
    assert len(facts(text).about("Invitation")) == 2


def test_a_couple_invites_once(facts: Callable[[str], Facts]) -> None:
    text = "William Ruto will go to Spain at the invitation of King Felipe VI and Queen Letizia."
    assert len(facts(text).about("Invitation")) <= 1
