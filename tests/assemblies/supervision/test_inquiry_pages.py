"""A member's exit over HTTP: who may do which step."""

from uuid import UUID

from assemblies.foundation.permissions import Role
from assemblies.records.committees import MemberRecord
from assemblies.records.oversight import InquiryRecord
from tests.support.overseen_pages import Door, paper, went_well


def opened(door: Door, seat: int = 4) -> str:
    sent = {
        "member": str(door.seats[seat]), "facts": "三次缺席。", "clause": "《示例条例》",
        "papers": paper(),
    }  # fmt: skip
    return went_well(door.street.post(door.at("/inquiries/new"), data=sent))


def test_a_members_exit_from_inquiry_to_draft_agenda(door: Door) -> None:
    assert door.director.get(door.at("/inquiries/new")).status_code == 403
    address = opened(door)
    accused = door.members[4]
    assert door.street.get(f"{address}/notice.pdf").data.startswith(b"%PDF-")
    went_well(door.street.post(f"{address}/notice", data={"text": "当面送达"}))
    assert door.members[1].post(f"{address}/reply", data={"text": "x"}).status_code == 403
    alone = door.street.post(f"{address}/reply", data={"text": "转述"})
    assert alone.status_code == 422
    assert "书面陈述" in alone.text
    went_well(accused.post(f"{address}/reply", data={"text": "我有病历。"}))
    assert door.street.post(f"{address}/suspend", data={"text": "公告栏"}).status_code == 422
    went_well(door.street.post(f"{address}/suspend", data={"text": "公告栏", "paper": paper()}))
    assert door.street.get(f"{address}/suspension.pdf").data.startswith(b"%PDF-")
    assert door.director.post(f"{address}/recommend", data={"text": "x"}).status_code == 403
    went_well(door.street.post(f"{address}/recommend", data={"text": "缺席属实。"}))
    assert "建议不计入提议人数" in door.members[1].get(address).text
    assert accused.post(f"{address}/propose").status_code == 403
    assert door.street.post(f"{address}/propose").status_code == 403
    for one in range(2):
        went_well(door.members[one].post(f"{address}/propose"))
    assert door.street.post(f"{address}/move").status_code == 409
    went_well(door.members[2].post(f"{address}/propose"))
    assert door.members[2].post(f"{address}/move").status_code == 403
    went_well(door.director.post(f"{address}/move"))
    assert "已提请业主大会表决" in door.street.get(address).text
    with door.site.database.reading() as session:
        record = session.get_one(InquiryRecord, UUID(address.rpartition("/")[2]))
        assert record.item_id is not None
        assert session.get_one(MemberRecord, door.seats[4]).left_on is None


def test_owners_propose_on_paper(door: Door) -> None:
    address = opened(door)
    went_well(door.street.post(f"{address}/notice", data={"text": "当面送达"}))
    went_well(door.street.post(f"{address}/reply", data={"text": "书面陈述。", "paper": paper()}))
    wrong = {"rooms": "9号楼101"}
    refused = door.offices[Role.COMMUNITY].post(
        f"{address}/petition", data={**wrong, "paper": paper()}
    )
    assert refused.status_code == 422
    assert "名册上没有：9号楼101" in refused.text
    assert door.members[1].post(f"{address}/petition", data=wrong).status_code == 403
    right = {"rooms": "1号楼1单元101", "paper": paper()}
    went_well(door.offices[Role.COMMUNITY].post(f"{address}/petition", data=right))
    went_well(door.street.post(f"{address}/move"))
    assert "1 名业主提议（共 5 名）" in door.street.get(address).text


def test_only_the_member_resigns(door: Door) -> None:
    address = opened(door)
    for client in (door.members[1], door.director):
        assert client.post(f"{address}/resign").status_code == 403
    assert door.street.post(f"{address}/resign").status_code == 403
    assert door.street.post(f"{address}/departure").status_code == 409
    assert door.street.post(f"{address}/conclude").status_code == 409
    went_well(door.members[4].post(f"{address}/resign"))
    assert "已离任" in door.street.get(door.at("/inquiries")).text


def test_who_has_left_the_committee_ends_the_inquiry(door: Door) -> None:
    address = opened(door)
    assert "本人已离任，办结" not in door.street.get(address).text
    with door.site.database.writing() as session:
        member = session.get_one(MemberRecord, door.seats[4])
        member.left_on = member.joined_on
    assert "本人已离任，办结" in door.street.get(address).text
    went_well(door.street.post(f"{address}/departure"))


def test_an_unfounded_inquiry_is_closed_by_the_street(door: Door) -> None:
    address = opened(door)
    assert door.director.post(f"{address}/unfounded", data={"text": "x"}).status_code == 403
    assert door.street.post(f"{address}/unfounded", data={"text": ""}).status_code == 422
    went_well(door.street.post(f"{address}/unfounded", data={"text": "病历属实。"}))
    assert "经调查不成立" in door.street.get(door.at("/inquiries")).text
