"""What an item needs, said in words before anybody votes."""

from voting.law.citations import Citation
from voting.law.majorities import ENTITLED, Majority
from voting.law.matters import Matter
from voting.law.rules import Rules


def words(matter: Matter, scope_zh: str, rules: Rules) -> str:
    """Say who must take part and who must agree, with the provisions.

    `scope_zh` names the owners concerned: 本小区, 3 号楼, 本单元.

    Law: civil-code art. 278 para. 2; before 2021 property-law art. 76 para. 2.
    """
    quorum, needed = rules.quorum(), rules.majority(matter)
    whole = f"{scope_zh}全体业主" if needed.area.base == ENTITLED else "参与表决的业主"
    law = Citation.shortly((*quorum.law, *needed.law))
    return (
        f"须有{scope_zh}{_both(quorum)}的业主参与表决；"
        f"并经{whole}中{_both(needed)}的业主同意（{law}）。"
    )


def _both(majority: Majority) -> str:
    return f"专有部分面积{majority.area.words_zh}、且人数{majority.heads.words_zh}"
