"""Who may import, and the words of imports (导入的用语): states, what is known, what became of it."""

from typing import Annotated

from fastapi import Depends, Path

from casework.masking import mask_id, mask_name, mask_phone
from console.asking import CASE_PATH, OpenTo
from desk.desk import Caller
from desk.imports import IMPORTERS
from records.import_lists import Line
from records.imports import Batch
from register.sheet_fields import ADDRESS
from register.survey_columns import NAME, PHONE, RESIDENT_ID

HERE = "/imports"
Importer = Annotated[Caller, Depends(OpenTo(IMPORTERS))]
BatchId = Annotated[str, Path(pattern=CASE_PATH)]

KINDS = {"survey": "摸底排查表", "ledger": "旧台账"}
STATES = {
    "reading": ("正在读取", "info"),
    "mapping": ("等待确认各列", "warn"),
    "checking": ("正在核对", "info"),
    "checked": ("等待确认导入", "warn"),
    "importing": ("正在写入底册", "info"),
    "opening": ("正在开立个案", "info"),
    "done": ("已导入", "good"),
    "undoing": ("正在撤销", "info"),
    "undone": ("已撤销", "calm"),
    "refused": ("没有导入：表格不能读取", "bad"),
    "dropped": ("已放弃", "calm"),
}
OUTCOMES = {
    "eligible": "符合认定条件",
    "not_eligible": "不符合认定条件",
    "special_review": "须县级书面决定",
    "not_judged": "未研判（旧台账）",
}
KNOWN = {"new": "底册中没有", "changed": "底册已有，将更新", "older": "底册中的更新，不覆盖"}
LINE_STATES = {
    "staged": "待写入",
    "kept": "已写入底册",
    "passed": "未覆盖底册",
    "opened": "已开立个案",
    "failed": "已写入底册，没有开立个案",
    "undone": "已撤销",
    "stays": "没有撤销",
}
SHOWS = (
    ("ready", "符合条件、还没有个案"),
    ("new", "底册中没有"),
    ("changed", "底册已有，更新"),
    ("older", "底册中的更新，不覆盖"),
    ("active", "在本机构有在办个案"),
    ("elsewhere", "已在其他机构在办"),
    ("former", "曾在本机构办结"),
)


def state_words(batch: Batch) -> str:
    return STATES[batch.state][0]


def where(line: Line) -> str:
    """Say where the people of a household are known besides; of other offices only that there is an open case."""
    told = [KNOWN[line.known]] if line.state == "staged" or line.known == "older" else []
    if line.active_case:
        told.append(f"在办个案 {line.active_case}")
    if line.elsewhere:
        told.append("已在其他机构在办")
    if line.former_case:
        told.append(f"曾办结 {line.former_case}")
    return "；".join(told) or "—"


def sample(field: str | None, text: str) -> str:
    """Return a cell of a sheet as its preview shows it: enough to recognise the column, nobody's data whole."""
    if not text or field is None:
        return "" if not text else "…"
    if field == NAME:
        return mask_name(text)
    if field == RESIDENT_ID:
        return mask_id(text)
    if field == PHONE:
        return mask_phone(text)
    return "…" if field in (ADDRESS, "户口簿号", "帮扶责任人", "备注") else text[:20]
