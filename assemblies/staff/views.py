"""Pages of the staff room: signing in and out, the workbench, accounts."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from assemblies.foundation import web
from assemblies.foundation.forms import offered
from assemblies.foundation.permissions import Need, Role
from assemblies.foundation.refusals import NotAllowed
from assemblies.foundation.web import needs, reading, writing
from assemblies.staff import queries, services
from assemblies.staff.forms import AccountForm, SignInForm

bp = Blueprint("staff", __name__, url_prefix="/staff")


@bp.route("/sign-in", methods=["GET", "POST"])
@needs(Need.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask for name and password; go where the person was heading."""
    form = SignInForm()
    refused = ""
    if form.sent_and_valid():
        name, password = form.username.data or "", form.password.data or ""
        with writing() as database:
            answer = services.sign_in(
                database, name.strip(), password, request.remote_addr or "", now=web.now()
            )
        if not isinstance(answer, str):
            session.clear()
            session.permanent = True
            login_user(answer)
            return redirect(_onwards())
        refused = answer
    return render_template("staff/sign_in.html", form=form, refused=refused)


@bp.post("/sign-out")
@needs(Need.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    logout_user()
    session.clear()
    return redirect(url_for("staff.sign_in"))


@bp.get("")
@needs(Need.STAFF)
def home() -> ResponseReturnValue:
    """Show the workbench: estates within reach and what each assembly waits for."""
    with reading() as database:
        estates = queries.workbench(database, web.staff())
    return render_template("staff/home.html", estates=estates, now=web.now(), person=web.staff())


@bp.route("/accounts", methods=["GET", "POST"])
@needs(Need.MANAGE_STAFF)
def accounts() -> ResponseReturnValue:
    """List accounts and open new ones; the password is made here and shown once."""
    within = web.staff().nodes(Need.MANAGE_STAFF)
    with reading() as database:
        nodes = queries.nodes(database, within)
    form = AccountForm()
    form.node.choices = offered((str(node.id), node.path) for node in nodes)
    if form.sent_and_valid():
        password = services.new_password()
        with writing() as database:
            account = services.open_account(
                database,
                form.username.data or "",
                form.display_name.data or "",
                password,
                now=web.now(),
            )
            services.grant(database, account, Role[form.role.data], UUID(form.node.data))
        flash(f"账号 {form.username.data} 已开通。首次密码（只显示这一次）：{password}", "ok")
        return redirect(url_for(".accounts"))
    with reading() as database:
        lines = queries.accounts(database, within)
    return render_template("staff/accounts.html", form=form, accounts=lines)


@bp.post("/accounts/<uuid:account>/password")
@needs(Need.MANAGE_STAFF)
def reset_password(account: UUID) -> ResponseReturnValue:
    """Give an account a new password, shown once."""
    _require_reach(account)
    password = services.new_password()
    with writing() as database:
        services.set_password(database, account, password)
    flash(f"新密码（只显示这一次）：{password}", "ok")
    return redirect(url_for(".accounts"))


@bp.post("/accounts/<uuid:account>/disable")
@needs(Need.MANAGE_STAFF)
def disable(account: UUID) -> ResponseReturnValue:
    """Close an account."""
    _require_reach(account)
    with writing() as database:
        services.disable(database, account, now=web.now())
    flash("账号已停用。", "ok")
    return redirect(url_for(".accounts"))


def _require_reach(account: UUID) -> None:
    """Refuse to touch accounts outside the administrator's own part of the tree, or one's own."""
    with reading() as database:
        lines = queries.accounts(database, web.staff().nodes(Need.MANAGE_STAFF))
    if account == web.staff().id or account not in {line.id for line in lines}:
        raise NotAllowed


def _onwards() -> str:
    """Return the page asked for before signing in, if it is one of this site's own."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    own = not parts.scheme and not parts.netloc and wanted.startswith("/")
    unsafe = wanted.startswith(("//", "/\\")) or "\\" in wanted
    return wanted if own and not unsafe else url_for("staff.home")
