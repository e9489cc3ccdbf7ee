"""Every route declares its need, and every role gets exactly what the table grants it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule

from assemblies.foundation.permissions import GRANTED, OUTSIDE_ROLES, Need, Role
from assemblies.foundation.site import Site
from assemblies.staff import services
from tests.support.site import application

PASSWORD = "correct-horse-battery"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    """Return one application with an account for every role on a street of its own."""
    folder = tmp_path_factory.mktemp("site")
    path = folder / "zhongjue.db"
    path.write_bytes(sqlite_template.read_bytes())
    made = application(f"sqlite:///{path}", folder)
    site: Site = made.extensions["site"]
    with site.database.writing() as session:
        node = services.add_node(session, "street", "示例街道", None)
        for role in Role:
            account = services.open_account(
                session, role.name.lower(), role.value, PASSWORD, now=NOW
            )
            services.grant(session, account, role, node)
    yield made
    site.database.close()


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def need_of(app: Flask, rule: Rule) -> Need:
    need = getattr(app.view_functions[rule.endpoint], "need", None)
    assert isinstance(need, Need), rule.endpoint
    return need


EXAMPLES = {"UUIDConverter": UUID(int=7), "IntegerConverter": 1}


def address(rule: Rule) -> str:
    """Return the route with invented arguments that nothing answers to."""
    kinds = {name: type(rule._converters[name]).__name__ for name in rule.arguments}
    built = rule.build({name: EXAMPLES.get(kind, "x") for name, kind in kinds.items()})
    assert built is not None
    return built[1]


def test_every_route_declares_what_it_needs(app: Flask) -> None:
    undeclared = [
        rule.endpoint
        for rule in routes(app)
        if not isinstance(getattr(app.view_functions[rule.endpoint], "need", None), Need)
    ]
    assert undeclared == []


@pytest.mark.parametrize("role", Role, ids=[role.name for role in Role])
def test_every_role_is_refused_what_the_table_does_not_grant(app: Flask, role: Role) -> None:
    client = app.test_client()
    answer = client.post(
        "/staff/sign-in", data={"username": role.name.lower(), "password": PASSWORD}
    )
    assert answer.status_code == 302
    for rule in routes(app):
        need = need_of(app, rule)
        if need in OUTSIDE_ROLES:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            status = client.open(address(rule), method=method).status_code
            granted = need in GRANTED[role]
            where = f"{role.name} {method} {rule.rule}: {status}"
            assert status != 500, where
            assert granted or status == 403, where
            if granted and not rule.arguments:
                assert status != 403, where


def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    client = app.test_client()
    for rule in routes(app):
        need = need_of(app, rule)
        if need in {Need.PUBLIC, Need.VOTER}:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = client.open(address(rule), method=method)
            assert answer.status_code == 302, rule.rule
            assert "/staff/sign-in" in answer.headers["Location"]


def test_a_role_reaches_down_its_own_branch_only(app: Flask) -> None:
    site: Site = app.extensions["site"]
    with site.database.writing() as session:
        east = services.add_node(session, "street", "东街", None)
        west = services.add_node(session, "street", "西街", None)
        estate = services.add_node(session, "estate", "东苑", east)
        account = services.open_account(session, "east", "东街王", PASSWORD, now=NOW)
        services.grant(session, account, Role.STREET, east)
        signed_in = services.sign_in(session, "east", PASSWORD, "127.0.0.1", now=NOW)
    assert not isinstance(signed_in, str)
    assert signed_in.may(Need.CERTIFY, at=estate)
    assert not signed_in.may(Need.CERTIFY, at=west)
    assert not signed_in.may(Need.CERTIFY, at=UUID(int=0))


def test_the_property_company_has_no_role_in_a_vote() -> None:
    assert not any("物业服务" in role.value for role in Role)


def test_liaisons_and_the_machines_keeper_see_no_register_and_no_evidence() -> None:
    for role in (Role.LIAISON, Role.ADMINISTRATOR):
        assert not GRANTED[role] & {Need.SEE_REGISTER, Need.SEE_EVIDENCE, Need.COUNT}


def test_the_street_never_edits_and_never_votes() -> None:
    edits = {Need.EDIT_REGISTER, Need.CONVENE, Need.FREEZE, Need.COUNT, Need.KEEP_KEY, Need.VOTER}
    assert not GRANTED[Role.STREET] & edits
