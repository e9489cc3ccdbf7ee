"""A lost password is replaced at the machine, and the old one ends."""

import pytest

from assemblies.cli import passwords
from assemblies.foundation.permissions import Staff
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.site import Site
from assemblies.staff import services as staff

OLD = "an old password"


def test_the_new_password_signs_in_and_the_old_one_no_longer(site: Site) -> None:
    now = site.clock.now()
    with site.database.writing() as session:
        staff.open_account(session, "director", "林海生", OLD, now=now)
    said = passwords.reset(site, "director")
    password = said.splitlines()[0].partition("：")[2]
    with site.database.writing() as session:
        assert isinstance(staff.sign_in(session, "director", OLD, "127.0.0.1", now=now), str)
        assert isinstance(staff.sign_in(session, "director", password, "127.0.0.1", now=now), Staff)


def test_nobody_of_that_name_is_told_so(small_site: Site) -> None:
    with pytest.raises(NotFound, match="nobody"):
        passwords.reset(small_site, "nobody")


def test_a_closed_account_gets_no_password(small_site: Site) -> None:
    now = small_site.clock.now()
    with small_site.database.writing() as session:
        account = staff.open_account(session, "teller", "周明", OLD, now=now)
        staff.disable(session, account, now=now)
    with pytest.raises(NotFound):
        passwords.reset(small_site, "teller")
