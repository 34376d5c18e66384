"""The words of the trade (词汇表): the English word in code, the Chinese word on screens, and what it is not.

One word, one meaning.  `docs/glossary.md` is made from this list by `wanjia docs`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One word: in code, on screens, and what it means."""

    code: str
    screen: str
    meaning: str


# fmt: off
GLOSSARY: tuple[Entry, ...] = (
    Entry("household case", "零就业家庭个案", "一户从申请到退出的全部帮扶；一户一个流程"),
    Entry("household, member", "家庭，家庭成员", "规则只认成员编号（M1、M2……），不认姓名"),
    Entry("applicant", "申请人", "家庭成员的第一位，本人"),
    Entry("counted member", "计入家庭的成员", "按办法算作家庭成员的人"),
    Entry("base member", "基数成员（需援助成员）", "计入家庭的成员中，劳动年龄内、有劳动能力和就业愿望的人"),
    Entry("working age", "法定劳动年龄", "满16周岁起，至法定退休日期前一日"),
    Entry("able, willing", "有劳动能力，有就业愿望", "成员的两项独立事实；无就业愿望须有签字声明"),
    Entry("registered unemployed", "登记失业", "已办失业登记；“失业未登记”不是登记失业"),
    Entry("caseworker", "经办人", "街道（社区）录入情况的工作人员"),
    Entry("reviewer", "县级复核人员", "县（市、区）复核、盖章、决定退出的人"),
    Entry("supervisor", "督导人员", "督办超期承诺、确认原因的人"),
    Entry("helper", "帮扶责任人", "对一户的帮扶负责的人"),
    Entry("office", "街道（社区）公共就业服务机构", "个案所在的窗口"),
    Entry("locality", "统筹地区", "适用其办法的地区"),
    Entry("policy, basis", "办法，依据", "现行的数字和选择；每一项的文件和条款"),
    Entry("application, acceptance", "申请，受理", "先申请，材料齐全后受理"),
    Entry("verification", "入户走访、线上比对", "查明事实；不是认定"),
    Entry("special situation", "特殊情形", "办法未列明、由县级书面决定的情形"),
    Entry("connector, hit", "比对接口，有记录", "向其他部门查询的途径；查到记录须由人查明，不是结论"),
    Entry("supplement", "补正", "要求申请人补充材料；等待期间审核时限暂停"),
    Entry("publicity", "公示", "公开姓名听取异议；不是“通知”"),
    Entry("objection", "异议", "对公示提出的不同意见"),
    Entry("conflict of interest", "回避", "有利害关系或被异议反映的人不办理本户的步骤"),
    Entry("certify / decline", "认定 / 不予认定", "机关的决定；机关从不“拒绝”"),
    Entry("promise", "安置承诺", "认定后若干日内解决就业的承诺，只因重新认定而重新起算"),
    Entry("suspension", "承诺暂停", "县级凭证明登记，其间不计入，恢复后补足；不是重新起算"),
    Entry("internal target", "内部目标日", "法定到期日因休息日顺延时，机关自己要求的前一工作日"),
    Entry("relocated household", "棚改回迁家庭", "另有一项单独的承诺，须提供较为稳定的岗位"),
    Entry("steady", "较为稳定的岗位", "参保、合同够长或凭证本身即可；不是“稳定就业”"),
    Entry("escalation", "逐级督办", "超期后由近及远告知各级，每级一次"),
    Entry("special hardship, guaranteed post", "特别困难，托底岗位", "由上一级安排的岗位，计为一次推荐"),
    Entry("contingency plan", "即时援助预案", "认定之日自行开始的各步"),
    Entry("assistance plan", "帮扶方案（一人一策）", ""),
    Entry("service", "服务（职业指导、技能培训信息）", "与岗位推荐一起计入承诺的服务次数"),
    Entry("referral", "岗位推荐", "把一个岗位推荐给一名成员"),
    Entry("suitable", "合适岗位", "推荐的属性：符合方案、已送达、不低于最低工资"),
    Entry("refusal", "拒绝（岗位）", "家庭成员谢绝推荐；用人单位未录用不是拒绝"),
    Entry("justified reason", "正当理由", "使一次拒绝不计次"),
    Entry("warning", "书面提醒", "最后一次拒绝之前必须发出的提醒"),
    Entry("contact", "联系", "与家庭联系的一次尝试"),
    Entry("exit proposal", "退出建议", "达到情形时提出，由县级决定；从不自动退出"),
    Entry("exit decision, effect", "退出决定，退出生效", "县级决定后待申诉期满才生效，其间帮扶和各项时限暂停"),
    Entry("appeal", "申诉", "家庭不服退出决定，由未参与此事的人复查；不是陈述申辩，也不是异议"),
    Entry("revocation", "撤销认定", "查实虚报瞒报的退出，单独统计；不是“撤销消除”"),
    Entry("employment (placement)", "就业（上岗）", "成员开始工作，有凭证"),
    Entry("elimination", "消除零就业", "县级核准后，自上岗之日起算"),
    Entry("withdrawn elimination", "撤销消除", "核准后查实就业不属实；不是“就业证明不予采信”（核准之前）"),
    Entry("double employment", "双就业", "一户两名成员就业"),
    Entry("flexible employment", "灵活就业", "就业的一种"),
    Entry("follow-up", "按月回访", "每个日历月一次；打不通的电话不是回访"),
    Entry("stable", "稳定就业", "回访次数和参保或合同达到标准之后"),
    Entry("job loss", "重新失业", "回到帮扶"),
    Entry("key-monitored household", "重点监控家庭", "尚有人就业而不稳定的家庭；对家庭称“重点联系家庭”"),
    Entry("amendment", "家庭情况变更", "自生效之日起重新判断；从不自动退出"),
    Entry("transfer", "转移机构", "个案整体转到另一机构，时限和次数不变"),
    Entry("exit", "退出", "个案的结束，必有原因"),
    Entry("task", "待办", "等人办的一件事"),
    Entry("absence, substitute", "请假，代办人", "请假期间由代办人办理，记录写明“甲 代 乙”；时限不变"),
    Entry("reassignment", "改派", "换帮扶责任人，须写明原因；时限不变"),
    Entry("offline entry", "离线登记", "没有网络时记下的一步，联网后办理、移交或放弃"),
    Entry("deadline, clock", "时限", "到时自动发生的事件；“超期”是时限写下的，不是列表算出的"),
    Entry("working day, make-up workday", "工作日，调休上班日", ""),
    Entry("calendar issue", "工作日历（第几号）", "一次导入一号；“更新工作日历”使个案改用新号"),
    Entry("adoption", "改用新办法", "逐户记录，从旧兼从优"),
    Entry("provisional", "暂定", "涉及未公布放假安排的年份的日期，须人工核对"),
    Entry("notice", "通知（短信、站内）", "发给一个人的消息"),
    Entry("gateway, receipt", "短信通道，回执", "把短信交给运营商的途径；运营商告知是否送达"),
    Entry("unknown", "无法确认", "查不明是否送出的短信，由人打电话确认，不重发"),

    Entry("case file, record", "卷宗，记录", "个案的全部事件"),
    Entry("step, trigger", "步骤", "步骤表的一行；它的名字"),
    Entry("command, event", "请求，事件", "所请求的；所发生的"),
    Entry("said no", "不予办理", "规则不同意；说明项目、原因和依据"),
)
# fmt: on
