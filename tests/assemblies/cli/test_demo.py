"""A first start makes all of the demonstration or nothing; every later one keeps the data."""

import re
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from assemblies.cli import demo, demo_agendas
from assemblies.cli.greeting import demonstrations, greeting
from assemblies.cli.phones import let_in
from assemblies.cli.rehearsal import choices
from assemblies.counts import queries as counted
from assemblies.foundation.clock import Clock
from assemblies.foundation.permissions import Role, Staff
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.site import Site
from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from tests.assemblies.cli.conftest import URL, Demonstration

SIGN_IN = re.compile(r"^    ([a-z]+) +((?:[a-z0-9]{4}-){3}[a-z0-9]{4})   (\S+)　", re.MULTILINE)
LETTER = re.compile(rf"{URL}/v/([2-9A-HJKMNP-Z]{{12}})")


def test_the_first_start_says_everything_once(demonstration: Demonstration) -> None:
    text = greeting(demonstration.site, demonstration.made)
    assert f"{URL}/staff/sign-in" in text
    assert demonstration.made.passphrase in text
    assert len(LETTER.findall(text)) == 1
    assert len(re.findall(rf"{URL}/board/[0-9a-f-]{{36}}", text)) == 2
    assert re.search("的投票信，核对身份请输入身份证号的后四位：[0-9]{3}[0-9X]", text)


def test_every_sign_in_that_is_printed_works_and_holds_its_role(
    demonstration: Demonstration,
) -> None:
    printed = SIGN_IN.findall(greeting(demonstration.site, demonstration.made))
    assert [(name, role) for name, _, role in printed] == [
        ("director", Role.DIRECTOR.value),
        ("vice", Role.MEMBER.value),
        ("keeper", f"{Role.MEMBER.value}、{Role.SEAL_KEEPER.value}"),
        ("fourth", Role.MEMBER.value),
        ("fifth", Role.MEMBER.value),
        ("scrutineer", Role.SCRUTINEER.value),
        ("teller", Role.TELLER.value),
        ("street", Role.STREET.value),
        ("community", Role.COMMUNITY.value),
        ("authority", Role.AUTHORITY.value),
        ("administrator", Role.ADMINISTRATOR.value),
    ]
    now = demonstration.site.clock.now()
    for name, password, role in printed:
        with demonstration.site.database.writing() as session:
            person = staff.sign_in(session, name, password, "127.0.0.1", now=now)
        assert isinstance(person, Staff)
        assert person.roles_zh == role


def test_a_second_start_keeps_the_data_and_prints_no_password(small_site: Site) -> None:
    first = demo.prepare(small_site)
    second = demo.prepare(small_site)
    assert SIGN_IN.findall(first)
    assert not SIGN_IN.findall(second)
    assert "password" in second
    assert LETTER.findall(first) == LETTER.findall(second) != []
    with small_site.database.reading() as session:
        assert session.execute(select(func.count()).select_from(EstateRecord)).scalar() == 1


def test_the_letter_that_is_printed_votes_and_then_another_one_is(
    demonstration: Demonstration,
) -> None:
    site, keys = demonstration.site, demonstration.site.keys
    (code,) = LETTER.findall(greeting(site, None))
    now = site.clock.now()
    with site.database.writing() as session:
        running, _ = demonstrations(session)
        frozen = counted.frozen(session, running.id)
        voter = next(one for one in frozen.roll if keys.letter_code(str(one.id), 1) == code)
        assert len(voter.parts) == 3
        phone = let_in(session, frozen, voter, code, keys, now=now)
        chosen = choices(frozen, voter, demo_agendas.CROWD, 0)
        assert len(chosen) == 3
        phone.cast(session, chosen, keys, now=now)
    (another,) = LETTER.findall(greeting(site, None))
    assert another != code


def test_after_the_closing_no_letter_is_printed(demonstration: Demonstration) -> None:
    site = demonstration.site
    later = replace(site, clock=Clock(timedelta(days=12)))
    text = greeting(later, None)
    assert not LETTER.findall(text)
    assert len(re.findall(rf"{URL}/board/", text)) == 2


def test_a_start_that_is_broken_off_leaves_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise WrongStep

    monkeypatch.setattr(demo_agendas, "open_now", refuse)
    with pytest.raises(WrongStep):
        demo.prepare(site)
    with site.database.reading() as session:
        for table in (AccountRecord, NodeRecord, EstateRecord):
            assert session.execute(select(func.count()).select_from(table)).scalar() == 0


def test_of_two_starts_at_once_one_finds_it_made(site: Site) -> None:
    said: list[str] = []
    starts = [Thread(target=lambda: said.append(demo.prepare(site))) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert sorted(bool(SIGN_IN.findall(text)) for text in said) == [False, True]
    with site.database.reading() as session:
        assert session.execute(select(func.count()).select_from(EstateRecord)).scalar() == 1


def test_a_database_in_use_gets_no_demonstration_and_gives_no_letter_away(
    small_site: Site,
) -> None:
    with small_site.database.writing() as session:
        staff.open_account(
            session, "chair", "业委会", "a long password", now=small_site.clock.now()
        )
    text = demo.prepare(small_site)
    assert f"{URL}/staff/sign-in" in text
    assert not LETTER.findall(text)
    with small_site.database.reading() as session:
        assert demonstrations(session) == ()
