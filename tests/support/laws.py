"""Rules for tests: the law of a date, with the estate's own rules recorded in full."""

from datetime import date

from voting.canonical import JSON
from voting.law.house import HouseRules
from voting.law.rules import Rules, compose

TODAY = date(2026, 11, 21)
RECORDED: dict[str, JSON] = {
    "revote": "last",
    "revote_clause": "截止前可以改投，以最后一次为准。",
    "silence": "none",
    "silence_clause": "没有投票的，不算参与表决。",
    "proxies": 3,
    "proxies_clause": "一人最多接受三位业主委托。",
    "extension": 15,
    "extension_clause": "参与不足三分之二的，可以延期一次，最多十五天。",
}


def house(**changed: JSON) -> HouseRules:
    """Record the estate's rules, with some of them changed."""
    return HouseRules.of({**RECORDED, **changed})


def rules(pack: str = "shandong", *, on: date = TODAY, **changed: JSON) -> Rules:
    """Compose the rules of a date, with some of the estate's own changed."""
    return compose(pack, on=on, house=house(**changed))
