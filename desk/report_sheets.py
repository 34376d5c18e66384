"""A report as a sheet (调度表文件): which words and numbers go into the template of its area."""

from casework.times import in_words, month_in_words
from desk.monthly_reports import Seen
from documents.report_sheet import Filled, as_csv, default_template, fill
from records.engine import Record
from records.figure_rows import known_areas
from records.monthly_reports import template_for
from register.dispatch import Dispatch, month_end


def sheet_of(record: Record, seen: Seen, kind: str) -> bytes:
    """Return the file of a report: `xlsx` in the area's own template, or `csv`."""
    with record.read() as work:
        names = known_areas(work, tuple({each.area for each in seen.numbers}))
        own = template_for(work, seen.area)
    columns = tuple((column.code, column.title) for column in seen.layout.columns)

    def numbers(each: Dispatch) -> dict[str, str | int]:
        return {name: column.of(each) for column in seen.layout.columns for name in (column.code, column.title)}

    parts = [{"part": names.get(each.area, each.area), **numbers(each)} for each in seen.numbers[1:]]
    version = f"第{seen.newest.version}版" if seen.newest else "尚未生成快照，即时计算"
    whole = {
        "month": month_in_words(seen.month),
        "area": names.get(seen.area, seen.area),
        "drawn_up": f"{in_words(month_end(seen.month))}24时（{version}）",
        **numbers(seen.whole),
    }
    filled = Filled(whole, parts)
    if kind == "csv":
        return as_csv(columns, filled)
    content = own[1] if own else default_template(seen.layout.title, columns, seen.layout.basis)
    return fill(content, filled)
