"""The form of the estate's own rules: each with its clause, cuts under the law named where made."""

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from assemblies.agendas.fields import fraction
from assemblies.agendas.queries.register import USES
from assemblies.agendas.services.rules import ONLY_NONE, PACKS
from assemblies.foundation.amounts import plain
from assemblies.foundation.fields import NEEDED, WRITTEN
from assemblies.foundation.forms import VerbForm, offered
from voting.errors import VotingError
from voting.law.house import CHOICES_ZH, MOST_DAYS, MOST_PROXIES, HouseRules, Move, Revote, Silence
from voting.law.majorities import Threshold
from voting.law.parameters import DAYS, FIXED, SHARE, Parameter
from voting.law.rules import Rules, compose

CLAUSE = "条款原文"
CLAUSE_HINT = "抄录议事规则的条款号和原文，例如：第二十条　业主可以在截止前改投，以最后一次为准。"
MOVE_ROWS = 2


def clause_field() -> TextAreaField:
    """Return a field for the text of a clause."""
    return TextAreaField(CLAUSE, [WRITTEN, Length(max=2000)], description=CLAUSE_HINT)


class MoveRow(Form):
    """A clause of the estate that sets a parameter of the law otherwise; empty without a name."""

    name = SelectField("另定哪一项", choices=offered([("", "没有另定")]), validate_choice=False)
    value = StringField(
        "定为", [Length(max=20)], description="比例写分数，如 3/4；期限写天数，如 20"
    )
    strict = BooleanField("要“超过”这个比例（正好等于不算）")
    clause = TextAreaField(CLAUSE, [Length(max=2000)])


class RulesForm(VerbForm):
    """Pack and house rules as recorded for one assembly."""

    pack = RadioField(
        "适用的法定规则", [NEEDED], choices=offered(PACKS.items()), default="shandong"
    )
    revote = RadioField(
        "同一业主投了两次",
        [NEEDED],
        choices=offered((one.value, CHOICES_ZH["revote"][one]) for one in Revote),
    )
    revote_clause = clause_field()
    silence = RadioField(
        "没有投票的业主",
        [NEEDED],
        choices=offered([(Silence.NONE.value, CHOICES_ZH["silence"][Silence.NONE])]),
        description=ONLY_NONE,
    )
    silence_clause = clause_field()
    proxies = IntegerField(
        "一人最多接受几位业主委托",
        [NEEDED, NumberRange(0, MOST_PROXIES, "请填写 0 到 1000 的整数。")],
        description="不接受委托的填 0",
    )
    proxies_clause = clause_field()
    extension = IntegerField(
        "参与不足时最多延期几天",
        [NEEDED, NumberRange(0, MOST_DAYS, "请填写 0 到 366 的整数。")],
        description="不延期的填 0",
    )
    extension_clause = clause_field()
    uses = SelectMultipleField(
        "哪些房屋计入表决权",
        [NEEDED],
        choices=offered(USES.items()),
        default=["dwelling", "shop"],
        description="住宅和商铺必须计入；车位、储藏室是否计入，以本小区议事规则为准",
    )
    uses_clause = TextAreaField(
        CLAUSE,
        [Length(max=2000)],
        description="计入车位、储藏室或其他的，须抄录条款；没有条款可不填",
    )
    moves = FieldList(FormField(MoveRow), min_entries=MOVE_ROWS, max_entries=12)
    more = StringField(validators=[Optional()])

    def __init__(self, rules: Rules, **kwargs: Any) -> None:
        """Offer the parameters that the estate may set otherwise."""
        super().__init__(**kwargs)
        self._law = {one.name: one for one in movable(rules)}
        for row in self.moves:
            self._offer(row.form)

    def _offer(self, row: MoveRow) -> None:
        named = ((one.name, one.said_zh) for one in self._law.values())
        row.name.choices = offered([("", "没有另定"), *named])

    def sent_and_valid(self) -> bool:
        """Say whether the form is whole; pressing `more` only asks for one more row."""
        if self.more.data:
            self.moves.append_entry()
            self._offer(self.moves[-1].form)
            return False
        return super().sent_and_valid()

    def validate_uses_clause(self, field: TextAreaField) -> None:
        """Ask for the clause where more counts than the law's practice lets count by itself."""
        beyond = set(self.uses.data or ()) - {"dwelling", "shop"}
        if beyond and not plain(field.data or ""):
            raise ValidationError("计入住宅、商铺以外的房屋，须抄录议事规则的条款原文。")

    def lawful_on(self, day: date) -> bool:
        """Hold every answer against the law of a day; what cuts under it is said at its field."""
        holds = [self._refuse_uses(day), *(self._refuse_move(row.form, day) for row in self.moves)]
        return all(holds)

    def house(self) -> HouseRules:
        """Return the rules that were filled in; raises `RuleNotRecorded`."""
        moves = (self._move(row.form) for row in self.moves if row.form.name.data)
        return self._house(tuple(self.uses.data or ()), tuple(moves))

    def _house(self, uses: tuple[str, ...], moves: tuple[Move, ...]) -> HouseRules:
        return HouseRules(
            revote=Revote(self.revote.data),
            revote_clause=(self.revote_clause.data or "").strip(),
            silence=Silence(self.silence.data),
            silence_clause=(self.silence_clause.data or "").strip(),
            proxies=self.proxies.data or 0,
            proxies_clause=(self.proxies_clause.data or "").strip(),
            extension=self.extension.data or 0,
            extension_clause=(self.extension_clause.data or "").strip(),
            uses=uses,
            uses_clause=(self.uses_clause.data or "").strip(),
            moves=moves,
        )

    def _refuse_uses(self, day: date) -> bool:
        said = _refusal(str(self.pack.data), day, self._house(tuple(self.uses.data or ()), ()))
        self.uses.errors = (*self.uses.errors, *said)
        return not said

    def _refuse_move(self, row: MoveRow, day: date) -> bool:
        if not row.name.data:
            return True
        if row.name.data not in self._law:
            row.name.errors = ("请从列表中选择。",)
            return False
        if not plain(row.clause.data or ""):
            row.clause.errors = ("另定的，须抄录议事规则的条款原文。",)
            return False
        try:
            move = self._move(row)
        except ValueError as error:
            row.value.errors = (str(error),)
            return False
        uses = tuple(self.uses.data or ())
        row.value.errors = _refusal(str(self.pack.data), day, self._house(uses, (move,)))
        return not row.value.errors

    def _move(self, row: MoveRow) -> Move:
        """Read a row; raises `ValueError` with a sentence for its value."""
        law = self._law[row.name.data]
        clause = (row.clause.data or "").strip()
        if isinstance(law.value, Threshold):
            share = fraction(row.value.data or "")
            strict = bool(row.strict.data) and share < 1
            return Move(law.name, law.unit, Threshold(share, strict, law.value.base), clause)
        days = plain(row.value.data or "")
        if not days.isdecimal() or not 0 < int(days[:4]) <= MOST_DAYS:
            raise ValueError("请填写天数，例如 20。")
        return Move(law.name, law.unit, int(days[:4]), clause)


def movable(rules: Rules) -> tuple[Parameter, ...]:
    """Return the parameters of a vote that an estate may set otherwise: shares and periods."""
    return tuple(
        one
        for one in rules.parameters
        if one.name in MOVABLE and one.may != FIXED and one.unit in {SHARE, DAYS}
    )


MOVABLE = frozenset(
    {
        "quorum_area",
        "quorum_heads",
        "ordinary_area",
        "ordinary_heads",
        "grave_area",
        "grave_heads",
        "notice_days",
        "draft_roll_days",
        "window_least_days",
        "window_most_days",
        "objection_days",
    }
)


def filled_from(pack: str, house: HouseRules | None) -> dict[str, Any]:
    """Return recorded rules as the data of the form, to be changed."""
    if house is None:
        return {"pack": pack, "silence": Silence.NONE.value}
    plain_rules: dict[str, Any] = dict(house.to_json())
    return {**plain_rules, "pack": pack, "moves": [_row(move) for move in house.moves]}


def _row(move: Move) -> dict[str, Any]:
    if isinstance(move.value, Threshold):
        share = move.value.share
        value, strict = f"{share.numerator}/{share.denominator}", move.value.strict
    else:
        value, strict = str(move.value), False
    return {"name": move.name, "value": value, "strict": strict, "clause": move.clause}


def _refusal(pack: str, day: date, house: HouseRules) -> tuple[str, ...]:
    """Return the sentence with which the law refuses these rules, none if it lets them pass."""
    try:
        compose(pack, on=day, house=house)
    except VotingError as error:
        return (error.said,)
    return ()
