"""VotingError and one class per refusal; `said` is the sentence a user may be shown."""


class VotingError(Exception):
    """The root of every refusal in the core."""

    said: str = "这一步没有办成，请稍后再试，或与工作人员联系。"


# --- canonical bytes -------------------------------------------------------------------------


class NotCanonical(VotingError):
    """The value or the bytes have no place in the canonical encoding (RFC 8785, integers only)."""

    said = "数据的写法不符合规范，系统没有接收。"


class Malformed(VotingError):
    """A well-encoded object lacks a field, has one too many, or holds the wrong kind of value."""

    said = "数据不完整或格式不对，系统没有接收。"


# --- signatures and seals --------------------------------------------------------------------


class BadSignature(VotingError):
    """The signature does not belong to these bytes and this key."""

    said = "签名核对不上，内容可能被改动过，系统没有接收。"


class UntrustedKey(VotingError):
    """The signature's key is not one that the caller trusts here."""

    said = "这把签名钥匙没有登记，不能使用。"


class CannotOpen(VotingError):
    """The sealed message was not made for this key, or was changed on its way."""

    said = "密封的内容打不开：它不是封给这把钥匙的，或者已被改动。"


class WrongPassphrase(VotingError):
    """The passphrase does not open the wrapped key."""

    said = "口令不对，请再输入一次。"


# --- the log ---------------------------------------------------------------------------------


class BadProof(VotingError):
    """A Merkle proof does not lead to the root it claims."""

    said = "存证核对不上：这条记录不在所声称的日志里。"


class MalformedNote(Malformed):
    """The text is not a signed note as C2SP signed-note describes it."""

    said = "日志快照的格式不对，无法核对。"


class UnsignedNote(BadSignature):
    """No key that the reader knows has signed this note."""

    said = "日志快照上没有可信的签名。"


# --- roll, agenda, ballots -------------------------------------------------------------------


class NotOnTheRoll(VotingError):
    """Nobody of this id may vote in this assembly."""

    said = "名册上没有这位表决权人。"


class NoSuchItem(VotingError):
    """The agenda has no such item."""

    said = "议程上没有这一事项。"


class WrongAssembly(VotingError):
    """The ballot was made for another assembly, roll, agenda or set of rules."""

    said = "这张票不是为本次会议制作的，系统没有接收。"


class BrokenChain(VotingError):
    """The ballot does not follow the device's last one."""

    said = "本机上一次的投票记录对不上，请刷新页面后重新提交。"


# --- the evidence ----------------------------------------------------------------------------


class Unproven(VotingError):
    """The evidence does not show what it claims; `said` names the place and what is wrong there."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


class NotReached(VotingError):
    """A step of the verification rests on one that did not hold."""

    said = "前面的步骤没有通过，这一步无从检查。"


class DamagedArchive(Unproven):
    """The archive is not, byte for byte, the one that its files make."""


class IncompleteBundle(Unproven):
    """A file of the bundle is missing, is one too many, or is not the one that is listed."""


# --- the law ---------------------------------------------------------------------------------


class NoSuchArticle(VotingError):
    """No article of this number is kept in voting/law/articles."""

    said = "系统没有收录所引的条文。"


class NoSuchRule(VotingError):
    """No rule of this name is in force on this date in these rule packs."""

    said = "规则库里没有这一条规则，或者它在当时还没有生效。"


class RuleNotRecorded(VotingError):
    """The convener has not yet recorded a rule that has no silent default."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        self.said = (
            f"请先写明本小区的规则和条款原文：{'、'.join(missing)}。系统不替业主作默认选择。"
        )
        super().__init__(self.said)


class CutsUnderTheLaw(VotingError):
    """A clause of the estate's own rules moves what the law does not let it move."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)


class UnlawfulDate(VotingError):
    """A planned date breaks a period that the law or the estate's rules set."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said)
