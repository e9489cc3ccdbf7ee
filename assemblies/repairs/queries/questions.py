"""What the fund must not pay (F165 25, SD 71), and who pays instead."""

from voting.law.rules import Rules

# By a word of the question, because cities add questions of their own.
_PAYERS = {
    "保修": "由建设单位负责保修和承担费用。",
    "专业单位": "由供水、供电、供气、供热、通信等专业单位负责维修和承担费用。",
    "损坏": "由造成损坏的人承担维修费用。",
    "物业": "由物业服务企业按合同维修，费用已经包含在物业费里。",
    "一户": "由这一户的业主自己维修和承担费用。",
}
_OTHERS = "由依法应当负责的人承担费用。"


def questions(rules: Rules) -> tuple[str, ...]:
    """Return the questions that must all be answered no before the fund pays."""
    return tuple(str(one) for one in rules.listed("fund_not_chargeable"))


def who_pays(question: str) -> str:
    """Say in one sentence who pays where a question is answered yes."""
    return next((said for word, said in _PAYERS.items() if word in question), _OTHERS)
