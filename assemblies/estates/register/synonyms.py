"""The words that registers use over their columns, and in the cells of uses, statuses and bases."""

import re
from collections.abc import Mapping, Set
from enum import StrEnum
from functools import lru_cache

from assemblies.estates.register.values import Basis, Status, Use
from assemblies.foundation.sheets.text import compact


class Field(StrEnum):
    """What a column holds; the value is the word used when speaking of it."""

    PHASE = "期/区"
    BUILDING = "楼栋"
    ENTRANCE = "单元"
    FLOOR = "楼层"
    ROOM = "房号"
    FULL_ROOM = "房间号"
    LOCATION = "房屋坐落"
    AREA = "专有部分面积"
    AREA_REGISTER = "登记面积"
    AREA_SURVEY = "实测面积"
    AREA_CONTRACT = "合同面积"
    BASIS = "面积依据"
    USE = "用途"
    STATUS = "权属状态"
    UNIT_CODE = "不动产单元号"
    CERTIFICATE = "产权证号"
    ADDRESS = "邮寄地址"
    DELIVERY = "送达方式"
    NOTE = "备注"
    SERIAL = "序号"
    NAME = "产权人"
    KIND = "产权人类型"
    ID_TYPE = "证件类型"
    ID_NUMBER = "证件号"
    SHARE = "份额"
    REPRESENTATIVE = "表决权代表"
    PHONE = "电话"


OF_OWNER = frozenset({
    Field.NAME, Field.KIND, Field.ID_TYPE, Field.ID_NUMBER, Field.SHARE, Field.REPRESENTATIVE,
    Field.PHONE,
})  # fmt: skip
AREAS = (Field.AREA, Field.AREA_REGISTER, Field.AREA_SURVEY, Field.AREA_CONTRACT)
ROOMS = (Field.ROOM, Field.FULL_ROOM, Field.LOCATION)
KINDS = (ROOMS, AREAS, (Field.USE,), (Field.STATUS,))

_OF_PART: Mapping[Field, str] = {
    Field.PHASE: "期 区 期区 期数 分期 期别 区域 片区 组团 苑区 期/区",
    Field.BUILDING: (
        "楼栋 楼栋号 楼号 栋 栋号 栋数 幢 幢号 号楼 楼 楼座 座号 楼幢 楼幢号 幢栋 所在楼栋 "
        "所在幢 楼宇 楼宇号 楼盘号 楼栋名称 楼栋单元 楼号单元 楼栋/单元 幢单元 楼号/栋号 "
        "楼栋幢 栋/幢 幢/栋 栋(幢)号"
    ),
    Field.ENTRANCE: "单元 单元号 门洞 梯号 门栋 单元门 单元/门",
    Field.FLOOR: "楼层 层 层数 所在层 所在楼层 层号 层次 楼层号 所处楼层",
    Field.ROOM: (
        "房号 室号 室 房 门牌号 门号 户号 房屋号 室号/房号 房号/室号 单元房号 房室号 车位号 "
        "车位编号 铺号 商铺号"
    ),
    Field.FULL_ROOM: (
        "房间号 房屋编号 房产编号 房间编号 房间 房屋号码 房屋全称 房号全称 完整房号 房间代码 "
        "楼栋单元房号 楼号单元房号 楼栋-单元-房号 楼-单元-室 幢-单元-室 房屋编码"
    ),
    Field.LOCATION: (
        "房屋坐落 坐落 房产坐落 不动产坐落 房屋地址 房屋位置 物业地址 坐落位置 房产地址 "
        "房屋座落 座落"
    ),
    Field.AREA: (
        "专有部分面积 专有面积 专有部分建筑面积 建筑面积 建面 产权面积 面积 房屋面积 房产面积 "
        "产权建筑面积 房屋建筑面积 建筑总面积 产证面积 证载面积 房产证面积 计费面积 表决面积 "
        "车位面积"
    ),
    Field.AREA_REGISTER: "登记面积 登记建筑面积 不动产登记面积 登记簿面积",
    Field.AREA_SURVEY: "实测面积 实测建筑面积 测绘面积",
    Field.AREA_CONTRACT: "合同面积 合同建筑面积 买卖合同面积 预测面积 预售面积",
    Field.BASIS: "面积依据 面积来源 依据 面积性质 面积认定依据 面积类型",
    Field.USE: (
        "用途 房屋用途 规划用途 设计用途 房屋性质 房屋类型 物业类型 使用性质 性质 房产用途 "
        "业态 房屋类别 类型 登记用途"
    ),
    Field.STATUS: (
        "权属状态 状态 房屋状态 销售状态 产权状态 出售状态 交付状态 售出状态 销售情况 "
        "房产状态 权利状态 权属情况"
    ),
    Field.UNIT_CODE: "不动产单元号 不动产单元代码 单元代码 不动产单元编号 不动产单元号/产权证号",
    Field.CERTIFICATE: (
        "产权证号 不动产权证号 房产证号 产权证书号 不动产权证书号 不动产证号 产权证编号 "
        "房产证编号 权证号 房屋所有权证号"
    ),
    Field.ADDRESS: (
        "邮寄地址 通讯地址 通信地址 联系地址 邮寄地址及邮编 收件地址 送达地址 寄送地址 "
        "家庭住址 住址 地址"
    ),
    Field.DELIVERY: "送达方式 送达 投递方式 通知方式 寄送方式 送达途径",
    Field.NOTE: "备注 说明 附注 其他 其它 备考 备注说明 情况说明",
    Field.SERIAL: "序号 编号 序 NO NO. 行号 号",
}
_OF_OWNER: Mapping[Field, str] = {
    Field.NAME: (
        "姓名 名称 业主姓名 业主 产权人 产权人姓名 房主 户主 户主姓名 所有权人 权利人 "
        "权利人姓名 买受人 购房人 业主名称 产权人名称 姓名/名称 姓名或名称 业主姓名/名称 "
        "产权人/业主 业主/产权人 房屋所有权人 不动产权利人 权利人名称 所有人 产权所有人"
    ),
    Field.KIND: "类型 类别 性质 业主类型 产权人类型 业主性质 产权人性质 业主类别 权利人类型",
    Field.ID_TYPE: "证件类型 证件种类 证件名称 证件类别 身份证件类型 有效证件类型",
    Field.ID_NUMBER: (
        "证件号 证件号码 身份证号 身份证号码 身份证 身份证件号 身份证件号码 证号 公民身份号码 "
        "证件编号 有效证件号 统一社会信用代码 身份证/信用代码 身份证号/统一社会信用代码 "
        "证件号码/信用代码 身份证号或信用代码 有效证件号码"
    ),
    Field.SHARE: (
        "份额 产权份额 所占份额 共有份额 占有份额 所有权份额 持有份额 比例 产权比例 共有比例 占比"
    ),
    Field.REPRESENTATIVE: (
        "表决权代表 表决权代表人 代表 代表人 共有人代表 表决代表 投票代表 投票代表人 表决权人 "
        "表决人 是否代表 是否表决权代表"
    ),
    Field.PHONE: (
        "电话 联系电话 手机 手机号 手机号码 电话号码 联系方式 移动电话 联系手机 固定电话 座机 "
        "家庭电话 住宅电话 联系人电话 业主电话 产权人电话 备用电话 其他电话 电话/手机 "
        "手机/电话"
    ),
}


def _table(words: Mapping[Field, str]) -> dict[str, Field]:
    return {compact(word): field for field, text in words.items() for word in text.split()}


PART_HEADINGS = _table(_OF_PART)
OWNER_HEADINGS = _table(_OF_OWNER)
# Headings that give way where another column says the same thing more plainly.
WEAK_HEADINGS = frozenset(
    compact(word)
    for word in [
        "门牌号",
        "门号",
        "户号",
        "房屋号",
        "车位号",
        "车位编号",
        "铺号",
        "商铺号",
        "车位面积",
        "房屋性质",
        "房屋类型",
        "物业类型",
        "使用性质",
        "性质",
        "业态",
        "房屋类别",
        "类型",
        "状态",
        "房屋状态",
        "房产状态",
        "权利状态",
    ]
)
# With an owner's word before it: 产权人1类型 is the owner's, 类型 alone is the part's.
WITH_OWNER_ONLY = frozenset({"类型", "类别", "性质", "名称"})
OWNER_WORDS = (
    "房屋所有权人",
    "所有权人",
    "产权所有人",
    "产权人",
    "权利人",
    "买受人",
    "购房人",
    "所有人",
    "业主",
    "房主",
    "户主",
)
CO_OWNER_WORDS = ("其他共有人", "共有产权人", "共有权人", "共同共有人", "共有人", "配偶")

_USES: Mapping[Use, str] = {
    Use.DWELLING: (
        "住宅 住房 居住 成套住宅 普通住宅 商品住宅 公寓 住宅公寓 别墅 洋房 高层住宅 "
        "多层住宅 居民住宅 城镇住宅 民用住宅"
    ),
    Use.SHOP: (
        "商铺 商业 店铺 门面 门市 门市房 门头房 门面房 网点 商业网点 商业服务 商业用房 商服 "
        "底商 沿街 沿街房 沿街商铺 营业房 商业用途 经营性用房 社区商业 非住宅商业"
    ),
    Use.PARKING: (
        "车位 车库 停车位 停车 地下车位 地下车库 机动车位 机动车停车位 产权车位 停车库 "
        "车位车库 地面车位 储车位 汽车库"
    ),
    Use.STORAGE: (
        "储藏室 储藏间 储藏 储物间 储物室 杂物间 杂物房 贮藏室 地下室 地下储藏室 地下储藏间 "
        "仓储 仓库 小房 自行车库 附房"
    ),
    Use.OTHER: "其他 其它 办公 办公用房 写字楼 商务办公 工业 厂房 综合 非住宅",
}
_STATUSES: Mapping[Status, str] = {
    Status.SOLD: (
        "已售 已过户 已网签 已出售 售出 已售出 已交付 已售已交付 已交房 已登记 已办证 自住 自用 "
        "出租 入住 已入住 空置 空关 正常 抵押 已抵押 已销售"
    ),
    Status.UNDELIVERED: "未交付 已售未交付 未交房 待交付 已售未交房 售未交 已售待交付 尚未交付",
    Status.UNSOLD: (
        "未售 未出售 待售 在售 未售出 未销售 库存 尾房 开发商未售 开发商持有 开发商自持 自持 "
        "未售未交付"
    ),
    Status.SEALED: "查封 已查封 被查封 司法查封 法院查封 查封中 冻结 已售查封 轮候查封",
}
_BASES: Mapping[Basis, str] = {
    Basis.REGISTER: (
        "登记 登记簿 不动产登记簿 不动产登记 产权登记 已登记 登记面积 产权证 房产证 "
        "不动产权证 不动产权证书 产证 房本"
    ),
    Basis.SURVEY: "实测 实测面积 测绘 测绘报告 实测报告 竣工实测 实测绘 测绘成果",
    Basis.CONTRACT: (
        "合同 买卖合同 购房合同 合同面积 商品房买卖合同 房屋买卖合同 预售合同 网签合同 预测 "
        "预测面积"
    ),
}


_BRACKETS = re.compile(r"\([^)]*\)$")
_BETWEEN = re.compile(r"[(),、/;]")
_USE_OF = {compact(w): use for use, text in _USES.items() for w in text.split()}
_STATUS_OF = {compact(w): status for status, text in _STATUSES.items() for w in text.split()}
_BASIS_OF = {compact(w): basis for basis, text in _BASES.items() for w in text.split()}


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    return re.sub(r"[()\[\]【】/、,\-_]", "", compact(text))


def use(text: str) -> Use | None:
    """Return the use that the word means, or None."""
    return _USE_OF.get(_key(text)) or _USE_OF.get(_key(_BRACKETS.sub("", compact(text))))


def status(text: str) -> Status | None:
    """Return the status that the words mean, or None: 已售, 已售（抵押）, 已售/未交付."""
    if known := _STATUS_OF.get(_key(text)):
        return known
    words = [word for word in _BETWEEN.split(compact(text)) if word]
    found = {_STATUS_OF.get(_key(word)) for word in words}
    return None if None in found else status_of({one for one in found if one})


def status_of(found: Set[Status]) -> Status | None:
    """Return what several words of status mean together, or None where they contradict.

    Sold in one word and not handed over in another is not handed over.
    """
    rest = found - {Status.SOLD} or found
    if rest == {Status.UNSOLD, Status.UNDELIVERED}:
        return Status.UNSOLD
    return next(iter(rest)) if len(rest) == 1 else None


def basis(text: str) -> Basis | None:
    """Return the basis of an area that the word means, or None."""
    return _BASIS_OF.get(_key(text))
