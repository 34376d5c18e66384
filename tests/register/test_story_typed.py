"""What people add to a story tells nothing of the case, however it is written: hostile spellings of every kind."""

from datetime import date

import pytest

from register.story_check import Originals
from register.story_typed import found_in_typed

CASE = Originals(
    names=frozenset({"欧阳桂兰", "张三", "古丽·买买提", "于海波"}),
    numbers=frozenset({"22030219790417002X", "13904341234"}),
    places=frozenset({"北二社区", "铁西区地直街道", "道北二马路", "17号", "3单元", "地直12号楼3单元401室"}),
    employers=frozenset({"四平吉达物业服务有限公司", "铁西区老味道饭店"}),
    accounts=frozenset({"cw-220302", "赵经办"}),
    codes=frozenset({"2203020042026000012", "V-2026-0031"}),
    days=frozenset({date(1979, 4, 17), date(2026, 9, 18), date(2026, 12, 1)}),
    fen=frozenset({215_037, 168_000, 260_000}),
    texts=frozenset({"孩子在实验中学读初三，自己养了三只奶羊，腰不好不能久站。"}),
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("欧阳桂兰一家", "姓名"),
        ("桂兰很能干", "姓名"),
        ("老欧阳先去试工", "姓名"),
        ("欧阳大姐先去试工", "姓名"),
        ("张三的爱人", "姓名"),
        ("小张去了工地", "姓名"),
        ("张某去了工地", "姓名"),
        ("买买提家的孩子", "姓名"),
        ("海波去学电工", "姓名"),
        ("尾号002X", "证件号或电话"),
        ("尾号002x的那一位", "证件号或电话"),
        ("电话尾号1234", "证件号或电话"),
        ("证件220302开头", "证件号或电话"),
        ("家在北二", "社区、住址或机构"),
        ("地直的做法", "社区、住址或机构"),
        ("铁西的做法", "社区、住址或机构"),
        ("住17号", "社区、住址或机构"),
        ("吉达公司招人", "用人单位"),
        ("四平吉达", "用人单位"),
        ("老味道那家店", "用人单位"),
        ("赵经办跑了三趟", "工作人员"),
        ("经办人 cw-220302", "工作人员"),
        ("岗位V-2026-0031", "编号"),
        ("2203020042026000012号个案", "编号"),
        ("9月18日上岗", "日期"),
        ("09月18号上岗", "日期"),
        ("九月十八日上岗", "日期"),
        ("十二月一号", "日期"),
        ("2026.9.18", "日期"),
        ("1979年生", "日期"),
        ("79年出生", "日期"),
        ("今年47岁", "年龄"),
        ("47周岁的", "年龄"),
        ("工资2,150.37元", "金额"),
        ("工资2150.37元", "金额"),
        ("每月1680元", "金额"),
        ("每月2600元", "金额"),
        ("孩子在实验中学", "个案中填写的文字"),
        ("她自己养了三只奶羊，腰不好", "个案中填写的文字"),
        ("欧阳 桂 兰一家", "姓名"),
        ("张\u200b三的爱人", "姓名"),
        ("尾号００２Ｘ", "证件号或电话"),
        ("电话１３９０４３４１２３４", "编号"),
        ("电话139 0434 1234", "编号"),
        ("住12号楼", "社区、住址或机构"),
        ("住４０１室", "社区、住址或机构"),
        ("９月１８日上岗", "日期"),
        ("9 月 18 日上岗", "日期"),
        ("9月18上岗", "日期"),
        ("9/18上岗", "日期"),
        ("今年４７岁", "年龄"),
        ("每月１６８０元", "金额"),
    ],
)
def test_whatever_tells_whose_case_it_is_is_found(text: str, kind: str) -> None:
    assert kind in found_in_typed(f"这一家：{text}，值得学习。", CASE)


@pytest.mark.parametrize(
    "text",
    [
        "先问愿望，再荐岗位；三个月内联系了五次，每次都写明理由。",
        "收入小于当地标准的家庭，要先看有没有就业愿望。",
        "月收入约2100元，比最低工资高。大龄人员是女40岁以上、男50岁以上。",
        "到了9月19日、1/2的家庭有人上岗，3个单元一起走访，住12楼也要去。",
        "第47天上岗，3名工作人员分别办理，2026年起这样做。",
        "老王和小李都愿意去某公司；甲社区的做法值得推广。",
        "把家政培训和保洁岗位一起推荐，家庭就不用选。",
    ],
)
def test_what_teaches_and_tells_of_nobody_may_be_written(text: str) -> None:
    assert found_in_typed(text, CASE) == ()


def test_nothing_of_the_case_is_shown_when_it_is_looked_at() -> None:
    for value in ("桂兰", "220302", "吉达", "奶羊", "215037"):
        assert value not in repr(CASE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("住12号楼", "社区、住址或机构"),
        ("住在北二小区", "社区、住址或机构"),
        ("张三丰去了工地", "姓名"),
        ("丰安公司", "用人单位"),
    ],
)
def test_what_is_kept_in_full_width_or_with_blanks_is_found_as_people_type_it(text: str, kind: str) -> None:
    kept = Originals(
        names=frozenset({"张　三　丰"}),
        numbers=frozenset(),
        places=frozenset({"北 二 社区", "地直１２号楼３单元"}),
        employers=frozenset({"丰 安 公司"}),
        accounts=frozenset(),
        codes=frozenset(),
        days=frozenset(),
    )
    assert kind in found_in_typed(f"这一家：{text}，值得学习。", kept)
