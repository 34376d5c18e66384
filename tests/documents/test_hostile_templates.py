"""Templates that would fill the memory of the library that opens them are refused before it does."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from documents.report_sheet import BadTemplate, check_template


def template(*changes: tuple[bytes, bytes]) -> bytes:
    """Return a template with one merged range, its sheet's XML changed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "{{opening}}"
    sheet.merge_cells("A2:B2")
    made, out = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith("sheet1.xml"):
                for was, now in changes:
                    assert was in content
                    content = content.replace(was, now)
            written.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "changes",
    [
        ((b"A2:B2", b"A2:XFD1048576"),),
        ((b"<mergeCells", b'<x:mergeCells xmlns:x="urn:x"><x:mergeCell ref="A1:Z9999"/></x:mergeCells><mergeCells'),),
        ((b"</sheetData>", b"<row>" + b"<c/>" * 20_001 + b"</row></sheetData>"),),
        ((b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet'),),
    ],
)
def test_a_template_that_unpacks_into_millions_of_cells_is_refused_unopened(
    changes: tuple[tuple[bytes, bytes], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    content = template(*changes)
    assert check_template(template(), ["opening"]) == ("opening",)
    monkeypatch.setattr("documents.report_sheet.load_workbook", opened)
    with pytest.raises(BadTemplate, match="2万个单元格"):
        check_template(content, ["opening"])
