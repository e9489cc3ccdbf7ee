"""The application factory: the only module that knows every room."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, redirect, request, url_for
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from assemblies.agendas import views as agendas
from assemblies.ballots import views as ballots
from assemblies.board import views as board
from assemblies.committees import views as committees
from assemblies.console import views as console
from assemblies.counts import views as counts
from assemblies.desk import views as desk
from assemblies.duties import views as duties
from assemblies.estates import views as estates
from assemblies.files import views as files
from assemblies.foundation import compression, errors, headers, templating
from assemblies.foundation.config import ROOT, Config
from assemblies.foundation.permissions import Need, Staff
from assemblies.foundation.pictures import Frame, Link, Room
from assemblies.foundation.site import Site, open_site
from assemblies.foundation.web import may_open
from assemblies.funds import owner_views as owners_fund
from assemblies.funds import public_views as fund_board
from assemblies.funds import views as funds
from assemblies.meetings import public_views as meeting_board
from assemblies.meetings import views as meetings
from assemblies.owners import views as owners
from assemblies.repairs import public_views as repair_board
from assemblies.repairs import views as repairs
from assemblies.resolutions import register_views as register
from assemblies.resolutions import views as resolutions
from assemblies.rolls import views as rolls
from assemblies.seals import views as seals
from assemblies.staff import queries as staff_queries
from assemblies.staff import views as staff
from assemblies.supervision import order_views as orders
from assemblies.supervision import views as supervision

ROOMS = (
    board.bp,
    staff.bp,
    estates.bp,
    agendas.bp,
    rolls.bp,
    owners.bp,
    ballots.bp,
    desk.bp,
    counts.bp,
    resolutions.bp,
    register.bp,
    duties.bp,
    funds.bp,
    owners_fund.bp,
    fund_board.bp,
    repairs.bp,
    repair_board.bp,
    seals.bp,
    committees.bp,
    meetings.bp,
    meeting_board.bp,
    supervision.bp,
    orders.public,
    console.bp,
    files.bp,
)
ESTATE_ROOMS = (
    Room("小区", "estates.estate", Need.SEE_ESTATE),
    Room("待办事项", "duties.home", Need.SEE_DECISIONS),
    Room("决议台账", "register.home", Need.SEE_DECISIONS),
    Room("业委会", "committees.home", Need.SEE_COMMITTEE),
    Room("业委会会议", "meetings.home", Need.SEE_COMMITTEE),
    Room("印章", "seals.home", Need.SEE_SEALS),
    Room("维修资金", "funds.home", Need.SEE_FUND),
    Room("维修项目", "repairs.home", Need.SEE_FUND),
    Room("监督纪实", "supervision.home", Need.SEE_SUPERVISION),
)
UPLOAD_LIMIT = 32 * 1024 * 1024
FORM_LIMIT = 2 * 1024 * 1024
A_YEAR = 365 * 24 * 3600


def create_app(config: Config) -> Flask:
    """Build the application from its configuration; the database must be migrated already."""
    app = Flask(
        "assemblies",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(config.instance),
    )
    site = open_site(config)
    app.extensions["site"] = site
    app.config.update(
        SECRET_KEY=site.keys.session,
        SESSION_COOKIE_NAME="__Host-zj" if config.behind_https else "zj",
        SESSION_COOKIE_SECURE=config.behind_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if config.proxies:  # else every caller would share the proxy's address and its limits
        behind = config.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=behind, x_proto=behind, x_host=behind
        )
    templating.dress(app.jinja_env)
    CSRFProtect(app)
    _sign_in(app, site)
    _larger_type(app)
    app.context_processor(lambda: {"frame": _frame()})
    app.jinja_env.globals.update(estate_rooms=_estate_rooms, may_open=may_open)
    errors.install(app)
    compression.install(app)
    headers.install(app, behind_https=config.behind_https)
    for room in ROOMS:
        app.register_blueprint(room)
    return app


def _sign_in(app: Flask, site: Site) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def _(cookie: str) -> Staff | None:
        try:
            with site.database.reading() as session:
                return staff_queries.by_cookie(session, cookie)
        except OperationalError:  # the error page that follows must not need the database again
            return None


def _larger_type(app: Flask) -> None:
    """Let 大字 work without a script: `?size=larger` sets a cookie and comes back."""

    @app.before_request
    def _() -> Response | None:
        size = request.args.get("size")
        if request.method != "GET" or size not in {"larger", "standard"}:
            return None
        answer = redirect(request.path)
        answer.set_cookie("size", size, max_age=A_YEAR, samesite="Lax")
        return Response(answer.response, answer.status, answer.headers)


def _frame() -> Frame:
    """Fill the layout's frame; without a request's person it needs no database."""
    larger = request.cookies.get("size") == "larger"
    person = current_user
    if not person.is_authenticated:
        return Frame(size="larger" if larger else "", csrf_token=generate_csrf())
    return Frame(
        size="larger" if larger else "",
        nav=_nav(person),
        person=person.display_name,
        role=person.roles_zh,
        home_href=url_for("staff.home"),
        sign_out_href=url_for("staff.sign_out"),
        csrf_token=generate_csrf(),
    )


def _estate_rooms() -> tuple[Room, ...]:
    """Return the rooms of an estate that the person at the screen may enter somewhere."""
    person = current_user
    if not person.is_authenticated:
        return ()
    return tuple(room for room in ESTATE_ROOMS if person.may_somewhere(room.need))


def _nav(person: Staff) -> tuple[Link, ...]:
    pages: list[tuple[str, str, Callable[[], bool]]] = [
        ("工作台", "staff.home", lambda: True),
        ("小区与名册", "estates.estates", lambda: person.may_somewhere(Need.SEE_ESTATE)),
        ("监督台", "console.home", lambda: person.may_somewhere(Need.SEE_CONSOLE)),
        ("账号", "staff.accounts", lambda: person.may_somewhere(Need.MANAGE_STAFF)),
        ("公示栏", "board.home", lambda: True),
    ]
    return tuple(
        Link(name, url_for(endpoint), current=request.endpoint == endpoint)
        for name, endpoint, shown in pages
        if shown()
    )
