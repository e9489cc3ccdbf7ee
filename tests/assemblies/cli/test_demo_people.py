"""Invented owners look real to every check and can be nobody."""

from assemblies.cli.demo_people import company, invented_name, person, phone
from assemblies.estates.register.identity import CREDIT, RESIDENT, document
from assemblies.estates.register.values import OwnerKind


def test_a_thousand_names_are_a_thousand_names() -> None:
    assert len({invented_name(number) for number in range(1_024)}) == 1_024


def test_numbers_pass_the_check_and_belong_to_no_region() -> None:
    for number in range(400):
        owner = person(number)
        read, doubts = document(owner.id_type, str(owner.id_number), owner.name)
        assert (read.kind, read.id_type, read.number, doubts) == (
            OwnerKind.PERSON,
            RESIDENT,
            owner.id_number,
            (),
        )
        assert str(owner.id_number).startswith("990000")


def test_a_company_has_a_credit_code_that_passes() -> None:
    owner = company(7, "示例商贸有限公司")
    read, doubts = document(owner.id_type, str(owner.id_number), owner.name)
    assert (read.kind, read.id_type, doubts) == (OwnerKind.COMPANY, CREDIT, ())


def test_the_same_number_is_the_same_person_and_others_differ() -> None:
    assert person(5) == person(5)
    assert len({person(number).id_number for number in range(400)}) == 400
    assert len({phone(number) for number in range(1_000)}) == 1_000
