"""The form of one part: its facts and its owners, each with its own row of fields."""

from collections.abc import Iterator
from uuid import UUID

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import Length, Optional

from assemblies.estates.edits import Fault, OwnerEdit, PartEdit, Site
from assemblies.estates.plans import question_id
from assemblies.estates.queries.parts import OwnerView, PartView
from assemblies.estates.register.values import Basis, OwnerKind, Status, Use
from assemblies.foundation.fields import NEEDED
from assemblies.foundation.forms import CHINESE, PostedForm, offered
from assemblies.foundation.pictures import Option
from assemblies.foundation.sheets.doubts import Level

_SPARE_ROWS = 2
_MOST_OWNERS = 60


class OwnerForm(Form):
    """One owner; number and phones are typed only to change them."""

    class Meta:
        """Say WTForms' own messages in Chinese."""

        locales = CHINESE

    person = HiddenField()
    name = StringField("姓名或单位名称", [Length(max=100)])
    kind = SelectField(
        "个人还是单位",
        [Optional()],
        choices=offered(
            [("", "按名称和证件判断"), *((kind.value, kind.label) for kind in OwnerKind)]
        ),
    )
    id_type = StringField("证件类型", [Length(max=40)], description="如 身份证、统一社会信用代码")
    id_number = StringField("证件号码", [Length(max=40)])
    phones = StringField("电话", [Length(max=80)])
    share = StringField("份额", [Length(max=20)], description="按份共有的填，如 1/2。共同共有留空")
    representative = BooleanField("是共有人推选的表决权代表")
    removed = BooleanField("移除这位产权人")

    @property
    def typed(self) -> bool:
        """Say whether somebody filled this row in."""
        fields = (self.name, self.id_number, self.phones, self.share)
        return bool(self.person.data) or any((field.data or "").strip() for field in fields)

    def edit(self) -> OwnerEdit:
        """Return the owner as typed."""
        return OwnerEdit(
            name=self.name.data or "",
            person=_uuid(self.person.data),
            kind=self.kind.data or "",
            id_type=self.id_type.data or "",
            id_number=self.id_number.data or "",
            phones=self.phones.data or "",
            share=self.share.data or "",
            representative=bool(self.representative.data),
        )


class PartForm(PostedForm):
    """A part that exists; `seen` is its mark when the page was made."""

    seen = HiddenField()
    floor = StringField("楼层", [Length(max=20)])
    area = StringField("专有部分面积", [NEEDED, Length(max=20)])
    basis = SelectField(
        "面积依据",
        choices=offered([("", "未注明"), *((basis.label, basis.label) for basis in Basis)]),
        description="先看不动产登记簿，没有登记看实测，再没有看买卖合同",
    )
    use = SelectField("用途", [NEEDED], choices=offered((use.label, use.label) for use in Use))
    status = SelectField(
        "权属状态",
        [NEEDED],
        choices=offered((status.label, status.label) for status in Status),
        description="未售、未交付的由建设单位行使表决权，合为一户",
    )
    unit_code = StringField("不动产单元号或产权证号", [Length(max=80)])
    address = StringField("邮寄地址", [Length(max=200)], description="不住在本小区的填写")
    delivery = StringField("送达方式", [Length(max=40)], description="如 上门、邮寄、短信")
    note = StringField("备注", [Length(max=200)])
    owners = FieldList(FormField(OwnerForm), max_entries=_MOST_OWNERS)
    accept = SelectMultipleField("请核对", validate_choice=False)

    def __init__(self) -> None:
        """Begin with nothing said on top."""
        super().__init__()
        self.told: list[str] = []

    def fill(self, view: PartView) -> None:
        """Show what is on record, and rows for more owners."""
        part = view.part
        self.seen.data = view.seen
        self.area.data, self.floor.data = view.area, part.floor
        self.basis.data = part.basis.label if part.basis else ""
        self.use.data, self.status.data = part.use.label, part.status.label
        self.unit_code.data, self.address.data = part.unit_code, part.address
        self.delivery.data, self.note.data = part.delivery, part.note
        for owner in view.owners:
            self.owners.append_entry(_shown(owner))
        self.offer_rows()

    def offer_rows(self) -> None:
        """Offer empty rows for owners to add."""
        empty = sum(not entry.form.typed for entry in self.owners)
        for _ in range(_SPARE_ROWS - empty):
            self.owners.append_entry()

    def edit(self) -> PartEdit:
        """Return the part as typed, without the owners who are removed."""
        return PartEdit(
            area=self.area.data or "",
            use=self.use.data,
            status=self.status.data,
            basis=self.basis.data or "",
            floor=self.floor.data or "",
            unit_code=self.unit_code.data or "",
            address=self.address.data or "",
            delivery=self.delivery.data or "",
            note=self.note.data or "",
            owners=tuple(row.edit() for row in self._kept()),
            seen=self.seen.data or "",
            accepted=frozenset(self.accept.data or ()),
        )

    def blame(self, faults: tuple[Fault, ...]) -> None:
        """Put each refusal at its field; what has none is told on top."""
        rows = list(self._kept())
        for fault in faults:
            if fault.level is not Level.REFUSED:
                continue
            form: Form = self if fault.owner is None else rows[fault.owner]
            if fault.field in form:
                form[fault.field].errors = [*form[fault.field].errors, fault.text]
            else:
                self.told.append(fault.text)

    def summary(self) -> list[tuple[str, str]]:
        """Return every refusal as a pair of field and sentence, for the top of the page."""
        own = [field for field in self if not isinstance(field, FieldList)]
        of_owners = [field for entry in self.owners for field in entry.form]
        found = [(field.name, str(e)) for field in (*own, *of_owners) for e in field.errors]
        return [*(("", text) for text in self.told), *found]

    def _kept(self) -> Iterator[OwnerForm]:
        for entry in self.owners:
            if entry.form.typed and not entry.form.removed.data:
                yield entry.form


class NewPartForm(PartForm):
    """A part that is entered by hand, with where it is."""

    building = StringField(
        "楼栋", [NEEDED, Length(max=40)], description="如 1号楼；车位写 地下车库"
    )
    entrance = StringField("单元", [Length(max=40)], description="没有单元的留空")
    room = StringField("房号", [NEEDED, Length(max=40)], description="如 101")

    def site(self) -> Site:
        """Return where the part is."""
        return Site(self.building.data or "", self.entrance.data or "", self.room.data or "")


def questions(faults: tuple[Fault, ...]) -> tuple[Option, ...]:
    """Return what is asked before the edit is written, as boxes to tick."""
    asked = dict.fromkeys(one.text for one in faults if one.level is Level.QUESTION)
    return tuple(Option(question_id(text), text) for text in asked)


def _shown(owner: OwnerView) -> dict[str, str | bool]:
    return {
        "person": str(owner.person),
        "name": owner.name,
        "kind": owner.kind,
        "id_type": owner.id_type,
        "share": owner.share,
        "representative": owner.representative,
    }


def _uuid(text: str | None) -> UUID | None:
    """Read the id of a person; a mutilated one is nobody's."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
