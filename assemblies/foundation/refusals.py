"""Refusals of the application: each says in Chinese what happened and what to do instead."""

from voting.errors import VotingError


class Refusal(VotingError):
    """Base: something was asked that is not granted; `said` is shown to the user."""

    said = "这一步现在不能办理。"

    def __init__(self, said: str | None = None) -> None:
        """Refuse, in the class's own words or in `said`."""
        if said is not None:
            self.said = said
        super().__init__(self.said)


class NotFound(Refusal):
    """No such thing, or none that the caller may know of."""

    said = "没有找到您要的内容，可能地址不全，或内容已经撤下。"


class NotAllowed(Refusal):
    """The caller's roles do not reach this."""

    said = "您的账号没有办理这一步的权限。如有需要，请联系管理员。"


class SignInNeeded(Refusal):
    """A member of staff must sign in first."""

    said = "请先登录。"


class LetterNeeded(Refusal):
    """An owner must open the letter's code first."""

    said = "请先扫描投票信上的二维码，或输入信上的投票码。"


class TooManyAttempts(Refusal):
    """Tried too often within the window."""

    said = "尝试次数过多。请稍后再试，或到现场服务点办理。"


class WrongStep(Refusal):
    """The assembly is not at the step where this can be done."""

    said = "会议还没有到这一步，或这一步已经办完。"


class Incomplete(Refusal):
    """Something required is missing or malformed; `said` names it."""

    said = "还有内容没有填完整。"


class Stale(Refusal):
    """The thing changed since the page was shown."""

    said = "内容在您打开页面之后有了变化，请重新打开再办理。"
