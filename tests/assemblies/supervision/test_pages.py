"""The supervision room over HTTP: what each role may see and do, from a note to an order."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from assemblies.foundation.permissions import Role
from assemblies.records.committees import committee_of
from assemblies.records.oversight import ReportRecord
from assemblies.supervision.queries.reports import PARTS
from assemblies.supervision.services.timely import keep_up
from tests.support.committee import resolved
from tests.support.overseen import A_DAY
from tests.support.overseen_pages import Door, paper, went_well

# --- the record


def test_the_record_shows_what_happened_with_its_source(door: Door) -> None:
    door.told("meeting.held", "召开第一次会议")
    door.told("duty.late", "张贴公告逾期", f"order:{uuid4()}")
    page = door.street.get(door.at()).text
    assert page.index("张贴公告逾期") < page.index("召开第一次会议")
    assert f"{door.at('/orders/')}" in page
    late = door.street.get(door.at("?subject=late")).text
    assert "张贴公告逾期" in late
    assert "召开第一次会议" not in late
    assert "没有符合的记录" in door.street.get(door.at("?subject=late&year=2020")).text


@pytest.mark.parametrize("asked", ["?page=x&year=y", "?page=-3", "?year=0&page=0", "?year=1999"])
def test_an_address_typed_by_hand_shows_a_page(door: Door, asked: str) -> None:
    assert door.street.get(door.at(asked)).status_code == 200


@pytest.mark.parametrize("year", ["0", "10000", "-5"])
def test_a_year_outside_the_calendar_shows_no_error(door: Door, year: str) -> None:
    assert door.street.get(door.at(f"?year={year}")).status_code == 200


def test_a_number_beyond_the_record_is_not_found(door: Door) -> None:
    for number in (2, 10**40):
        assert door.street.get(door.at(f"/entries/{number}")).status_code == 404
        assert door.street.post(door.at(f"/entries/{number}"), data={}).status_code == 404


def test_the_record_is_printed_and_handed_out(door: Door) -> None:
    assert door.street.get(door.at("/record.zip")).status_code == 404
    door.told("meeting.held", "召开第一次会议")
    assert door.street.get(door.at("/record.pdf")).data.startswith(b"%PDF-")
    assert door.street.get(door.at("/record.pdf?since=x&until=2020-01-01")).status_code == 200
    assert door.street.get(door.at("/record.zip")).data.startswith(b"PK")


def test_notes_are_written_by_the_street_and_answered_by_the_committee(door: Door) -> None:
    door.told("meeting.held", "召开第一次会议")
    went_well(door.street.post(door.at("/entries/1"), data={"text": "请补充会议纪要。"}))
    went_well(door.offices[Role.COMMUNITY].post(door.at("/notes"), data={"text": "请及时公示。"}))
    assert door.street.post(door.at("/notes"), data={"text": " "}).status_code == 422
    for client in (door.director, door.members[1]):
        assert client.post(door.at("/notes"), data={"text": "自己写"}).status_code == 403
    page = door.director.get(door.at()).text
    assert "有 2 条记事还没有答复" in page
    note = page.split("/supervision/notes/")[1][:36]
    assert "请" in door.director.get(door.at(f"/notes/{note}")).text
    went_well(door.director.post(door.at(f"/notes/{note}"), data={"text": "已补。"}))
    assert "有 1 条记事还没有答复" in door.street.get(door.at()).text
    assert door.street.post(door.at(f"/notes/{note}"), data={"text": "x"}).status_code == 403


def test_no_route_writes_an_entry_of_the_record_or_takes_one_away(app: Flask) -> None:
    """What may be posted is a deed of its own; the record hears of it. Nothing deletes."""
    rules = [one for one in app.url_map.iter_rules() if one.endpoint.startswith("supervision.")]
    assert all(not (one.methods or set()) & {"PUT", "PATCH", "DELETE"} for one in rules)
    posted = {
        one.rule.rpartition("/supervision")[2] for one in rules if "POST" in (one.methods or ())
    }
    assert posted == {
        "/notes",
        "/notes/<uuid:note>",
        "/entries/<int:entry>",  # a note beside the entry
        "/reports",
        "/reports/<uuid:report>",
        "/reports/<uuid:report>/submit",
        "/reports/<uuid:report>/receive",
        "/orders/new",
        "/orders/<uuid:order>/serve",
        "/orders/<uuid:order>/reply",
        "/orders/<uuid:order>/close",
        "/inquiries/new",
        *(f"/inquiries/<uuid:inquiry>/{step}" for step in INQUIRY_STEPS),
    }


INQUIRY_STEPS = (
    "notice",
    "reply",
    "suspend",
    "recommend",
    "propose",
    "petition",
    "move",
    "conclude",
    "departure",
    "unfounded",
    "resign",
)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.SEAL_KEEPER])
def test_who_does_not_supervise_sees_nothing(door: Door, role: Role) -> None:
    for path in ("", "/reports", "/orders", "/inquiries", "/record.pdf", "/record.zip"):
        assert door.offices[role].get(door.at(path)).status_code == 403, path


# --- regular reports


def test_a_report_goes_from_draft_to_receipt(door: Door) -> None:
    later = door.site.clock.now() + 120 * A_DAY
    with door.site.database.writing() as session:
        keep_up(session, door.site.keys, now=later)
        committee = committee_of(session, door.estate.estate, now=later).id
        held = select(ReportRecord).where(ReportRecord.committee_id == committee)
        report = session.execute(held.order_by(ReportRecord.since)).scalars().all()[0].id
    address = door.at(f"/reports/{report}")
    assert "待提交" in door.director.get(door.at("/reports")).text
    assert door.director.get(f"{address}.pdf").data.startswith(b"%PDF-")
    refused = door.director.post(f"{address}/submit")
    assert refused.status_code == 422
    assert "请先写完" in refused.text
    written = dict.fromkeys(PARTS, "无")
    assert door.street.post(address, data=written).status_code == 403
    went_well(door.director.post(address, data=written))
    assert door.members[1].post(f"{address}/submit").status_code == 403
    went_well(door.director.post(f"{address}/submit"))
    community = door.offices[Role.COMMUNITY]
    assert door.director.post(f"{address}/receive", data={"text": "好"}).status_code == 403
    assert community.post(f"{address}/receive", data={"text": ""}).status_code == 422
    went_well(community.post(f"{address}/receive", data={"text": "内容属实。"}))
    assert "内容属实。" in door.director.get(address).text
    assert "已签收" in door.street.get(door.at("/reports")).text


def test_the_interval_is_set_by_community_and_street_only(door: Door) -> None:
    assert door.director.post(door.at("/reports"), data={"months": "1"}).status_code == 403
    went_well(door.offices[Role.COMMUNITY].post(door.at("/reports"), data={"months": "1"}))
    assert "每月" in door.director.get(door.at("/reports")).text
    assert door.street.post(door.at("/reports"), data={"months": "5"}).status_code == 422
    went_well(door.street.post(door.at("/reports"), data={"months": "0"}))


# --- orders


def test_an_order_goes_from_issue_to_closing_and_stands_on_the_board(door: Door) -> None:
    assert door.director.get(door.at("/orders/new")).status_code == 403
    assert door.offices[Role.COMMUNITY].get(door.at("/orders/new")).status_code == 403
    form = door.street.get(door.at("/orders/new")).text
    assert "和平里小区（示例）业主委员会" in form
    sent = {
        "kind": "correct", "office": "示例街道办事处", "addressee": "业主委员会", "resolution": "",
        "facts": "未公示。", "clause": "《示例条例》第五十条", "demand": "公示。",
        "due_on": (door.site.clock.now() + 20 * A_DAY).date().isoformat(),
    }  # fmt: skip
    assert door.street.post(door.at("/orders/new"), data={**sent, "facts": ""}).status_code == 422
    assert door.street.post(door.at("/orders/new"), data={**sent, "due_on": ""}).status_code == 422
    address = went_well(door.street.post(door.at("/orders/new"), data=sent))
    assert door.director.get(f"{address}.pdf").data.startswith(b"%PDF-")
    missing = door.street.post(f"{address}/serve", data={"text": "当面"})
    assert missing.status_code == 422
    assert "回执" in missing.text
    went_well(door.street.post(f"{address}/serve", data={"text": "当面", "paper": paper()}))
    assert door.street.post(f"{address}/reply", data={"text": "x"}).status_code == 403
    assert door.director.post(f"{address}/reply", data={"text": ""}).status_code == 422
    went_well(door.director.post(f"{address}/reply", data={"text": "已公示。"}))
    assert door.director.post(f"{address}/close", data={"text": "x"}).status_code == 403
    went_well(door.street.post(f"{address}/close", data={"text": "已改正。"}))
    board = door.app.test_client().get(f"/board/estates/{door.estate.estate}/orders")
    for words in ("未公示。", "已办结", "示例街道"):
        assert words in board.text
    assert "王主任" not in board.text


def test_a_revocation_names_the_decision_it_ends(door: Door) -> None:
    with door.site.database.writing() as session:
        target = resolved(session, door.estate.estate, door.site.clock.now(), title="收取停车费").id
    sent = {
        "kind": "revoke", "office": "示例区住建局", "addressee": "业主大会", "facts": "未达比例。",
        "clause": "《民法典》第二百七十八条", "demand": "撤销。", "resolution": str(target),
    }  # fmt: skip
    authority = door.offices[Role.AUTHORITY]
    address = went_well(authority.post(door.at("/orders/new"), data=sent))
    page = door.director.get(address).text
    assert "撤销决定书" in page
    assert "收取停车费" in page
    assert door.director.get(f"{address}.pdf").data.startswith(b"%PDF-")


def test_the_board_of_an_estate_without_orders_says_so(door: Door) -> None:
    answer = door.app.test_client().get(f"/board/estates/{door.estate.estate}/orders")
    assert "没有被责令改正或者撤销过" in answer.text
    assert door.app.test_client().get(f"/board/estates/{uuid4()}/orders").status_code == 404
