"""How paths and states of a repair are said on pages."""

PATHS = {
    "ordinary": "一般程序（业主表决）",
    "standing": "小额授权（不另行表决）",
    "emergency": "应急维修（事后公示）",
}
STATES = {
    "draft": "正在准备",
    "checked": "应急抢修中",
    "posted": "方案公示",
    "voted": "表决通过",
    "applied": "申请审核中",
    "approved": "审核通过",
    "advanced": "施工中",
    "accepted": "验收合格",
    "settled": "已经结算",
    "paid": "款已付清",
    "closed": "已办结",
    "refused": "没有成立",
    "dropped": "已撤回",
}
