"""Pages of the counts room: opening with the keeper's passphrase, counting, the staff's result."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.counts import queries, services
from assemblies.counts.forms import OpeningForm, RulingForm
from assemblies.foundation import verdicts, web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.web import must, needs, reading, site, writing

bp = Blueprint("counts", __name__, url_prefix="/assemblies/<uuid:assembly>")


@bp.before_request
def close_on_time() -> None:
    """Close what is due before any page of this room speaks of it."""
    with reading() as session:
        due = services.anything_due(session, now=web.now())
    if due:
        with writing() as session:
            services.close_due(session, site().keys, now=web.now())


@bp.route("/opening", methods=["GET", "POST"])
@needs(Need.KEEP_KEY)
def opening(assembly: UUID) -> ResponseReturnValue:
    """Let the keeper unwrap the opening key in the browser, open the ballots and count them."""
    form = OpeningForm()
    if form.sent_and_valid():
        with writing() as session:
            must(Need.KEEP_KEY, at=queries.meeting(session, assembly).node)
            services.open_ballots(
                session, assembly, form.key.data or "", site().keys, now=web.now()
            )
        flash("开票钥匙核对无误，票箱已经打开。下一步：计票。", "ok")
        return redirect(to("agendas.overview", assembly=assembly))
    with reading() as session:
        meeting = queries.meeting(session, assembly)
    must(Need.KEEP_KEY, at=meeting.node)
    return render_template("counts/opening.html", meeting=meeting, form=form, now=web.now())


@bp.route("/count", methods=["GET", "POST"])
@needs(Need.COUNT)
def count(assembly: UUID) -> ResponseReturnValue:
    """Count the opened ballots and post the preliminary result."""
    with reading() as session:
        meeting = queries.meeting(session, assembly)
    must(Need.COUNT, at=meeting.node)
    if request.method == "GET":
        return render_template("counts/count.html", meeting=meeting)
    with writing() as session:
        services.count(session, assembly, site().keys, now=web.now())
    flash("计票完成，初步结果已经公示。", "ok")
    return redirect(to(".result", assembly=assembly))


@bp.get("/result")
@needs(Need.SEE_ASSEMBLY)
def result(assembly: UUID) -> ResponseReturnValue:
    """Show the result to staff with every ballot that does not count."""
    with reading() as session:
        meeting = queries.meeting(session, assembly)
        must(Need.SEE_ASSEMBLY, at=meeting.node)
        found = queries.result(session, assembly)
    if found is None:
        raise WrongStep("还没有计票。")
    may_rule = web.staff().may(Need.CERTIFY, at=meeting.node)
    return render_template(
        "counts/result.html",
        meeting=meeting,
        result=found,
        verdicts=verdicts.verdicts(found),
        form=RulingForm() if may_rule and meeting.phase == "counted" else None,
    )


@bp.post("/rulings")
@needs(Need.CERTIFY)
def rule(assembly: UUID) -> ResponseReturnValue:
    """Let the street rule one ballot void, not those who convene, and count again."""
    form = RulingForm()
    form.validate()
    with writing() as session:
        must(Need.CERTIFY, at=queries.meeting(session, assembly).node)
        services.rule_void(
            session,
            assembly,
            services.Ruling(
                -1 if form.index.data is None else form.index.data,
                (form.reason.data or "").strip(),
                web.staff().display_name,
            ),
            site().keys,
            now=web.now(),
        )
    flash("已认定该票无效并重新计票，理由记入会议日志。", "ok")
    return redirect(to(".result", assembly=assembly))
