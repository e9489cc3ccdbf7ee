"""Why a ballot or a key is not taken, in words for the voter or for the teller at the desk."""

from assemblies.foundation.refusals import NotAllowed, Stale, WrongStep


class NotOpenYet(WrongStep):
    """Voting has not begun."""

    said = "投票还没有开始，请在投票信上写的时间再来。"


class AlreadyOpened(WrongStep):
    """The ballots were opened: nothing more is taken."""

    said = "已经开票，不能再收票了。"


class VotingOver(WrongStep):
    """The closing time has passed: no further device is enrolled."""

    said = "投票已经截止，不能再投票了。"


class NotYourBallot(NotAllowed):
    """The ballot speaks for another voter than the one who signed in."""

    said = "这张票不是您家的票，没有提交。请重新扫描您家信上的二维码。"


class NonceTaken(Stale):
    """Another ballot was logged under this nonce."""

    said = "这张票与先前收到的一张编号相同而内容不同，没有收。请刷新页面后重新投票。"


class TooManyDevices(NotAllowed):
    """So many devices speak for one voter that another one is a sign of trouble."""

    said = "您家已经有 10 部手机或浏览器用来投过票，不能再加。请到现场服务点办理。"


class KeyTaken(NotAllowed):
    """The key already speaks for another voter."""

    said = "这部手机的签名钥匙已经属于另一户，请刷新页面重试，或到现场服务点办理。"


class WrongChannel(NotAllowed):
    """A phone's key signed a paper, or a paper's key a phone's ballot."""

    said = "手机投的票和现场录入的纸质票，要用各自的钥匙签名。这张票没有收，请刷新页面重试。"


class TooManyPapers(NotAllowed):
    """So many papers were keyed in for one voter that another one is a sign of trouble."""

    said = "这一户已经录入过 10 张纸质票，不能再录。请监票人先核对原票。"
