"""Record the estate's own rules for an assembly."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.agendas.services.assemblies import editable
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete
from voting.law.house import HouseRules, Silence
from voting.law.rules import compose

PACKS = {
    "shandong": "山东省",
    "dezhou": "山东省德州市",
    "zaozhuang": "山东省枣庄市",
    "qingdao": "山东省青岛市",
    "zibo": "山东省淄博市",
    "weifang": "山东省潍坊市",
    "liaocheng": "山东省聊城市",
    "national": "全国（本省没有规则包时）",
}
ONLY_NONE = (
    "本版本只支持“没有投票的，不算参与表决”。"
    "把沉默推定为赞成，要先有条款，还要逐户证明已经送达；送达证明在以后的版本提供。"
)


def record_rules(
    session: Session, assembly: UUID, pack: str, house: HouseRules, *, now: datetime
) -> None:
    """Record which pack holds and what the estate's own rules say, each with its clause.

    Raises `CutsUnderTheLaw` with the reason for a clause that asks for less than the law,
    `Incomplete` for what this release cannot carry out, `WrongStep` once the agenda is posted.
    """
    record = editable(session, assembly)
    if pack not in PACKS:
        raise Incomplete("请选择适用的规则。")
    if house.silence is not Silence.NONE:
        raise Incomplete(ONLY_NONE)
    compose(pack, on=in_china(record.planned_post or now).date(), house=house)
    record.pack, record.house_rules = pack, dict(house.to_json())
