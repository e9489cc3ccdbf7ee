"""The bundle: two editions of one assembly, the same bytes whenever they are written."""

from dataclasses import replace

import pytest

from tests.support.simulation import PAPER, Simulation, p256, simulate
from voting import archive
from voting.bundle import LOG, MANIFEST, WITHHELD, Bundle, Edition, LogLine, write
from voting.canonical import decode_lines, sha256_hex
from voting.errors import IncompleteBundle
from voting.log.tree import leaf_hash
from voting.sealing import private_jwk


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(voters=5, revotes=1, seed="bundle")


@pytest.mark.parametrize("edition", Edition)
def test_a_bundle_is_the_same_whenever_it_is_written(
    simulation: Simulation, edition: Edition
) -> None:
    assert simulation.bundle(edition) == simulation.bundle(edition)


@pytest.mark.parametrize("edition", Edition)
def test_a_bundle_reads_as_what_was_written(simulation: Simulation, edition: Edition) -> None:
    bundle, evidence = Bundle.read(simulation.bundle(edition)), simulation.evidence()
    assert (bundle.edition, bundle.assembly) == (edition, simulation.assembly)
    assert (bundle.origin, bundle.log) == (simulation.signer.name, evidence.log)
    assert bundle.files["agenda.json"] == evidence.agenda
    assert bundle.attachments == {sha256_hex(PAPER): PAPER}
    assert [line.leaf for line in bundle.lines()] == [leaf_hash(one) for one in evidence.entries]
    assert edition.words in {"公开版", "审计版"}


def test_the_public_edition_names_no_voter_who_took_part(simulation: Simulation) -> None:
    log = Bundle.read(simulation.bundle(Edition.PUBLIC)).files[LOG].decode()
    assert not [voter for voter in simulation.voters if str(voter.id) in log]
    assert '"token"' not in log
    for line, entry in zip(decode_lines(log.encode()), simulation.entries, strict=True):
        assert isinstance(line, dict)
        assert ("entry" in line) is (entry.kind not in WITHHELD)


def test_the_public_edition_has_no_private_key(simulation: Simulation) -> None:
    key = private_jwk(simulation.opening_key)
    secret = key[key.index(b'"d":"') + 5 :][:43]
    assert secret in simulation.bundle(Edition.AUDIT)
    assert secret not in simulation.bundle(Edition.PUBLIC)


def test_an_audit_edition_needs_the_opening_key(simulation: Simulation) -> None:
    for key in (None, p256("other")):
        with pytest.raises(IncompleteBundle, match="私钥"):
            write(replace(simulation.evidence(), opening_key=key), Edition.AUDIT)
    assert write(replace(simulation.evidence(), opening_key=None), Edition.PUBLIC)


def test_a_private_key_is_never_written_into_a_document(simulation: Simulation) -> None:
    leaking = replace(simulation.evidence(), notice=private_jwk(simulation.opening_key))
    for edition in Edition:
        with pytest.raises(IncompleteBundle, match=r"notice\.json 里有私钥"):
            write(leaking, edition)


def test_an_attachment_under_a_false_name_is_not_written(simulation: Simulation) -> None:
    with pytest.raises(IncompleteBundle, match="附件"):
        write(replace(simulation.evidence(), attachments={"0" * 64: PAPER}), Edition.PUBLIC)


def test_the_manifest_lists_everything_but_itself(simulation: Simulation) -> None:
    files = archive.unpack(simulation.bundle())
    listed = decode_lines(files[MANIFEST] + b"\n")[0]
    assert isinstance(listed, dict)
    assert isinstance(listed["files"], dict)
    assert {*listed["files"], MANIFEST} == {*files}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b'{"entry":{}',
        b'{"entry":{},"index":4}',
        b'{"entry":{},"index":03}',
        b'{"index":4,"kind":"ballot","leaf":"' + b"0" * 64 + b'"}',
        b'{"index":3,"kind":"ballot","leaf":"' + b"0" * 63 + b'"}',
        b'{"index": 3,"kind":"ballot","leaf":"' + b"0" * 64 + b'"}',
    ],
)
def test_a_line_of_another_shape_is_refused(line: bytes) -> None:
    with pytest.raises(IncompleteBundle, match="第 4 行"):
        LogLine.read(line, 3)


def test_a_line_that_withholds_its_entry_keeps_its_leaf() -> None:
    line = LogLine.read(b'{"index":3,"kind":"ballot","leaf":"' + b"0a" * 32 + b'"}', 3)
    assert line == LogLine(b"\x0a" * 32, kind="ballot")


def test_a_log_whose_last_line_is_cut_is_refused(simulation: Simulation) -> None:
    bundle = Bundle.read(simulation.bundle())
    cut = replace(bundle, files={**bundle.files, LOG: bundle.files[LOG][:-1]})
    with pytest.raises(IncompleteBundle, match="最后一行"):
        cut.lines()
