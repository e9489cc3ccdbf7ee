"""One table from refusals to HTTP answers; every error page is plain Chinese with a way on."""

from http import HTTPStatus

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assemblies.foundation import refusals
from voting.errors import VotingError

STATUS: dict[type[VotingError], HTTPStatus] = {
    refusals.NotFound: HTTPStatus.NOT_FOUND,
    refusals.NotAllowed: HTTPStatus.FORBIDDEN,
    refusals.SignInNeeded: HTTPStatus.UNAUTHORIZED,
    refusals.LetterNeeded: HTTPStatus.UNAUTHORIZED,
    refusals.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    refusals.WrongStep: HTTPStatus.CONFLICT,
    refusals.Stale: HTTPStatus.CONFLICT,
    refusals.Incomplete: HTTPStatus.UNPROCESSABLE_ENTITY,
    VotingError: HTTPStatus.UNPROCESSABLE_ENTITY,
}

SAID: dict[int, tuple[str, str]] = {
    400: ("这次提交没有成功", "提交的内容不完整或格式不对。请返回上一页，检查后重新提交。"),
    401: ("请先输入投票码", refusals.LetterNeeded.said),
    403: ("没有权限", refusals.NotAllowed.said),
    404: ("没有找到这一页", refusals.NotFound.said),
    405: ("这样打开不行", "请从页面上的按钮进入。"),
    409: ("现在不能办理这一步", refusals.WrongStep.said),
    413: ("文件太大", "上传的文件超过了大小限制。请压缩或拆分后再传。"),
    415: ("文件类型不对", "请按页面上写明的文件类型上传。"),
    422: ("这一步没有办成", "提交的内容有不合规定的地方。"),
    429: ("请稍后再试", refusals.TooManyAttempts.said),
    500: ("系统出了问题", "已经记录下来。请稍后再试；如一直不行，请联系社区或服务点。"),
    503: ("系统正忙", "请过一会儿再试，您的内容没有丢失。"),
}


def status_of(error: VotingError) -> HTTPStatus:
    """Return the status of the nearest listed class."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def install(app: Flask) -> None:
    """Answer every refusal and every HTTP error in the house's own words."""
    app.register_error_handler(VotingError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)


def _refused(error: VotingError) -> ResponseReturnValue:
    if isinstance(error, refusals.SignInNeeded) and not _wants_json():
        return redirect(url_for("staff.sign_in", next=request.full_path.rstrip("?")))
    status = status_of(error)
    return _answer(status, error.said, refusal=type(error).__name__)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _answer(
        HTTPStatus.BAD_REQUEST, "页面停留太久，已经过期。请返回上一页刷新后重新提交，内容不会丢失。"
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect that the router raised
        return error.response
    code = error.code if error.code in SAID else HTTPStatus.INTERNAL_SERVER_ERROR
    return _answer(HTTPStatus(code), SAID[code][1])


def _answer(status: HTTPStatus, said: str, *, refusal: str = "") -> ResponseReturnValue:
    if _wants_json():
        return jsonify(status=int(status), said=said, refusal=refusal), status
    page = render_template(
        "errors/error.html",
        status=int(status),
        title=SAID.get(int(status), SAID[500])[0],
        sentence=said,
        ways=_ways(status),
    )
    return page, status


def _ways(status: HTTPStatus) -> tuple[tuple[str, str], ...]:
    """Lead an owner back to the door; staff without a session are sent to theirs before this."""
    at_the_door = status is HTTPStatus.UNAUTHORIZED
    return (("输入投票码", url_for("owners.enter")),) if at_the_door else ()


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" or request.is_json
