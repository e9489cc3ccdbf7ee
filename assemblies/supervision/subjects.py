"""What the record can be filtered by: subjects, each a group of the kinds of its entries."""

from dataclasses import dataclass

from voting.log.supervision import WORDS


@dataclass(frozen=True, slots=True)
class Subject:
    """A group of kinds of entry under the word of its button."""

    name: str
    words: str
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of entry that belong here."""
        return tuple(
            kind
            for kind in WORDS
            if kind.partition(".")[0] in self.begins or kind.rpartition(".")[2] in self.ends
        )


SUBJECTS = (
    Subject("assemblies", "业主大会", ("assembly",)),
    Subject("resolutions", "决定", ("resolution",)),
    Subject("fund", "维修资金", ("fund", "authority")),
    Subject("repairs", "维修", ("repair",)),
    Subject("seals", "印章", ("seal",)),
    Subject(
        "committee",
        "业委会",
        ("committee", "group", "candidate", "term", "member", "filing", "handover"),
    ),
    Subject("meetings", "业委会会议", ("meeting",)),
    Subject("reports", "定期报告", ("report", "month")),
    Subject("orders", "纠错和退出", ("order", "inquiry")),
    Subject("notes", "记事", ("note",)),
    Subject("duties", "法定事项", ("duty",)),
    Subject("late", "逾期", (), ("late", "overdue")),
)


def subject_of(name: str) -> Subject | None:
    """Return a subject by its name in an address; None for all of them."""
    return next((one for one in SUBJECTS if one.name == name), None)
