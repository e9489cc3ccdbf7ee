"""Signing in: the right password only, limited tries, sessions that end when they must."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.permissions import Staff
from assemblies.foundation.refusals import Incomplete
from assemblies.staff import queries, services

PASSWORD = "correct-horse-battery"


def opened(session: Session, now: datetime) -> None:
    services.open_account(session, "lin", "林主任", PASSWORD, now=now)


def signed_in(session: Session, now: datetime, password: str = PASSWORD) -> Staff | str:
    return services.sign_in(session, "lin", password, "127.0.0.1", now=now)


def test_the_right_password_signs_in(session: Session, now: datetime) -> None:
    opened(session, now)
    person = signed_in(session, now)
    assert isinstance(person, Staff)
    assert queries.by_cookie(session, person.get_id()) is not None


def test_wrong_password_and_unknown_name_get_the_same_answer(
    session: Session, now: datetime
) -> None:
    opened(session, now)
    wrong = signed_in(session, now, "not-the-password")
    unknown = services.sign_in(session, "nobody", PASSWORD, "127.0.0.1", now=now)
    assert wrong == unknown == "账号或密码不对，请检查后重新输入。"


def test_after_eight_wrong_tries_the_right_password_waits_a_quarter_of_an_hour(
    session: Session, now: datetime
) -> None:
    opened(session, now)
    for _ in range(services.PER_ACCOUNT):
        assert signed_in(session, now, "not-the-password") == "账号或密码不对，请检查后重新输入。"
    assert "尝试次数过多" in str(signed_in(session, now))
    assert isinstance(signed_in(session, now + services.WINDOW), Staff)


def test_one_address_cannot_try_every_account(session: Session, now: datetime) -> None:
    for number in range(services.PER_ADDRESS):
        services.sign_in(session, f"name{number}", PASSWORD, "10.0.0.1", now=now)
    answer = services.sign_in(session, "another", PASSWORD, "10.0.0.1", now=now)
    assert "尝试次数过多" in str(answer)


@pytest.mark.parametrize("deed", ["password", "disable"])
def test_a_new_password_or_a_closed_account_ends_every_session(
    session: Session, now: datetime, deed: str
) -> None:
    opened(session, now)
    person = signed_in(session, now)
    assert isinstance(person, Staff)
    if deed == "password":
        services.set_password(session, person.id, "another-long-password")
    else:
        services.disable(session, person.id, now=now + timedelta(minutes=1))
    assert queries.by_cookie(session, person.get_id()) is None


@pytest.mark.parametrize("cookie", ["", "x", "x/y", "00000000-0000-0000-0000-000000000000/z"])
def test_a_made_up_cookie_is_nobody(session: Session, cookie: str) -> None:
    assert queries.by_cookie(session, cookie) is None


def test_short_passwords_and_taken_names_are_refused(session: Session, now: datetime) -> None:
    opened(session, now)
    with pytest.raises(Incomplete, match="已经有人使用"):
        services.open_account(session, "lin", "另一人", PASSWORD, now=now)
    with pytest.raises(Incomplete, match="至少"):
        services.open_account(session, "wang", "王", "short", now=now)


def test_made_passwords_are_long_and_never_the_same() -> None:
    made = {services.new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 19 for one in made)
