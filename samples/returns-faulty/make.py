#!/usr/bin/env python3
"""Makes the files of this folder again from an issued workbook of the sample round: make.py "ISSUED WORKBOOK.xlsx".

Each file is a return from Exampleshire Police with one thing wrong that people, programs or mail systems do to workbooks.
tests/faulty.rs says what must be noticed in each. Needs openpyxl."""

import copy
import datetime
import io
import sys
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

HERE = Path(__file__).parent
FIRST, LAST = 4, 12
ISSUED = Path(sys.argv[1])


def filled():
    """The workbook with Green, a text and evidence in every row, and approved."""
    book = openpyxl.load_workbook(ISSUED)
    # The reference sheets would only make the files larger.
    for name in ("Worked example", "Guidance", "Glossary", "Sources"):
        del book[name]
    table = book["Self-assessment"]
    for row in range(FIRST, LAST + 1):
        table[f"D{row}"], table[f"E{row}"], table[f"J{row}"] = "Green", f"Well {row}", f"Audit {row}"
    start = book["Start here"]
    for row in start.iter_rows(max_col=2):
        label = str(row[0].value)
        if label.startswith("Completed by"):
            row[1].value = "A Sample, lead"
        elif label.startswith("Approved by"):
            row[1].value = "B Example, chief"
        elif label.startswith("Approved on"):
            row[1].value = datetime.date(2026, 12, 9)
    book.properties.modified = datetime.datetime(2026, 12, 9)
    return book


def save(name, change):
    book = filled()
    book = change(book) or book
    out = io.BytesIO()
    book.save(out)
    # Fixed times, so that a second run writes the same bytes.
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename, (2026, 12, 9, 0, 0, 0)), source.read(part), zipfile.ZIP_DEFLATED)


def ratings(*written):
    def change(book):
        for row, text in zip(range(FIRST, LAST + 1), written):
            book["Self-assessment"][f"D{row}"] = text
            if str(text).strip().lower() in ("n/a", "n.a."):
                book["Self-assessment"][f"K{row}"] = "Not our work"
    return change


def colours(book):
    table = book["Self-assessment"]
    for row, colour in zip((4, 5, 6, 7), ("FFFF0000", "FFFFC000", "FF00B050", "FF7030A0")):
        table[f"D{row}"].value = None
        table[f"D{row}"].fill = PatternFill("solid", fgColor=colour)


def notes(book):
    book["Self-assessment"]["E4"].comment = Comment("We also run a clinic on Fridays.", "A Sample")


def merged(book):
    table = book["Self-assessment"]
    table.merge_cells("E4:E5")


def hidden(book):
    table = book["Self-assessment"]
    table.row_dimensions[5].hidden = True
    table.column_dimensions["J"].hidden = True


def renamed(book):
    book["Self-assessment"].title = "RAG v2 FINAL"


def copied(book):
    copy_of = book.copy_worksheet(book["Self-assessment"])
    copy_of["D4"] = "Red"


def reordered(book):
    """Rows sorted the other way round, columns moved, one inserted with a header of its own."""
    table = book["Self-assessment"]
    rows = [[cell.value for cell in row] for row in table.iter_rows(min_row=3, max_row=LAST)]
    order = [3, 0, 2, 1, 9, 4, 5, 6, 7, 8, 10]
    for at, row in enumerate([rows[0]] + rows[:0:-1]):
        for to, start in enumerate(order):
            table.cell(3 + at, 1 + to).value = row[start]
    table.cell(3, 12, "Our own note")
    table.cell(4, 12, "seen by the board")
    table.tables.clear()


def reordered_with_faults(book):
    """Columns moved as above, with faults in them: each question must name the column that the fault is in now."""
    table = book["Self-assessment"]
    table["D4"], table["F4"] = "Amber/Green", "Weekends: nobody answers \"the\" telephone"
    table["D5"], table["I5"] = "Amber", "end of January: not before"
    table["D6"] = "Not applicable"
    table["E7"].font = Font(strike=True)
    table["G8"] = "#REF!"
    table["J9"].comment = Comment("Seen by: the board", "A Sample")
    table["D10"], table["E10"], table["J10"] = "Green - in place", "left\u202ethgir", "Nights: 4 of 5"
    table["K11"] = "See our child, DOB 03/02/2014"
    order = [3, 0, 2, 1, 9, 4, 8, 5, 6, 7, 10]
    cells = [[copy.copy(cell) for cell in row] for row in table.iter_rows(min_row=3, max_row=LAST, max_col=11)]
    texts = [[cell.value for cell in row] for row in table.iter_rows(min_row=3, max_row=LAST, max_col=11)]
    notes_on = {(r, c): cells[r][c].comment for r in range(len(cells)) for c in range(11) if cells[r][c].comment}
    for r, row in enumerate(cells):
        for to, start in enumerate(order):
            cell = table.cell(3 + r, 1 + to)
            cell.value, cell.comment, cell.font = texts[r][start], None, copy.copy(row[start].font)
    for (r, c), note in notes_on.items():
        table.cell(3 + r, 1 + order.index(c)).comment = Comment(note.text, note.author)
    table.tables.clear()


def pasted(book):
    """Only the table, pasted into a new workbook that does not say where it came from."""
    fresh = openpyxl.Workbook()
    sheet = fresh.active
    for row in book["Self-assessment"].iter_rows(min_row=3, max_row=LAST, values_only=True):
        sheet.append(row)
    return fresh


def refs_lost(book):
    for row in (4, 5):
        book["Self-assessment"][f"A{row}"] = None


def placeholders(book):
    table = book["Self-assessment"]
    for row, text in zip(range(FIRST, LAST + 1), ("none", "N/A", "as above", "tbc", "-", "…", "Nil", "See above", "x")):
        table[f"F{row}"] = text


def unseen(book):
    book["Self-assessment"]["E4"] = "good\u200bbad"
    book["Self-assessment"]["E5"] = "left\u202ethgir"


def uncalculated(book):
    book["Self-assessment"]["D4"] = '=IF(1=1,"Green","Red")'


def child(book):
    book["Self-assessment"]["E4"] = "Seen: J, NHS number 943 476 5919"
    book["Self-assessment"]["F5"] = "A boy, DOB 03/02/2014, waited"
    book["Self-assessment"]["G6"] = "Close Jamie Example's case number 123456"


def deleted(book):
    table = book["Self-assessment"]
    table.delete_rows(6)
    table.tables.clear()


def repeated(book):
    table = book["Self-assessment"]
    table.cell(13, 1, table["A4"].value)
    table.cell(13, 3, table["C4"].value)
    table.cell(13, 4, "Red")
    table.tables.clear()


def percent(book):
    """Numbers and dates where words belong."""
    table = book["Self-assessment"]
    table["E4"], table["E4"].number_format = 0.87, "0%"
    table["F4"] = datetime.date(2026, 11, 1)
    table["I4"] = "end of January"
    table["I5"] = "31/02/2027"


def not_signed(book):
    for row in book["Start here"].iter_rows(max_col=2):
        if str(row[0].value).startswith(("Approved by", "Approved on")):
            row[1].value = None


def own_approver(book):
    for row in book["Start here"].iter_rows(max_col=2):
        if str(row[0].value).startswith("Approved by"):
            row[1].value = "A. Sample, Lead"


def other_agency(book):
    for row in book["Start here"].iter_rows(max_col=2):
        if row[0].value == "Agency":
            row[1].value = "Exampleshire Schools and Early Years Forum"


def elsewhere(book):
    """Texts above the table and on the first sheet, where there is no cell for them."""
    book["Start here"]["D9"] = "We would rather talk about this."
    book["Start here"]["A60"] = "Two of our teams did not take part."
    book["Self-assessment"]["E1"] = "Draft of the team"


def struck_and_coloured(book):
    table = book["Self-assessment"]
    table["E4"].font = Font(strike=True)
    table["D5"].fill = PatternFill("solid", fgColor="FFFF0000")
    table["D6"].fill = PatternFill("solid", fgColor="FF00B050")


def child_in_two_cells(book):
    table = book["Self-assessment"]
    table["E4"], table["F4"] = "DOB", datetime.date(2014, 2, 3)
    table["J5"], table["K5"] = "Jamie Example", "case number 123456"


def with_text_box(path):
    """Puts a text box over the table. openpyxl cannot, so the parts of the package are written by hand."""
    with zipfile.ZipFile(path) as source:
        parts = {part.filename: source.read(part) for part in source.infolist()}
    sheet, rels = "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels"
    spaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts[sheet] = parts[sheet].replace(b"<tableParts", f'<drawing {spaces} r:id="rIdBox"/><tableParts'.encode())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    link = f'<Relationship Id="rIdBox" Type="{kind}" Target="/xl/drawings/drawing9.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    types = b'<Override PartName="/xl/drawings/drawing9.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types)
    parts["xl/drawings/drawing9.xml"] = (
        b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:pos x="0" y="0"/>'
        b'<xdr:ext cx="2000000" cy="800000"/><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Box"/><xdr:cNvSpPr txBox="1"/>'
        b'</xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>'
        b'<a:t>Ask us about </a:t></a:r><a:r><a:t>nights &amp; weekends</a:t></a:r></a:p><a:p><a:r><a:t>before you publish.</a:t></a:r></a:p>'
        b'</xdr:txBody></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name, (2026, 12, 9, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


CASES = {
    "ratings as people write them.xlsx": ratings("green", "G", " GREEN ", "Green - in place", "N/A", "🟢", "Amber\u00a0", "R", "n.a."),
    "ratings that are none.xlsx": ratings("Amber/Green", "Green?", 3, datetime.date(2026, 12, 1), "#REF!", "Green - but not at night", "two", "Red or Amber", True),
    "colours without words.xlsx": colours,
    "a note on a cell.xlsx": notes,
    "merged cells.xlsx": merged,
    "a hidden row and column.xlsx": hidden,
    "the sheet renamed.xlsx": renamed,
    "the sheet copied.xlsx": copied,
    "rows sorted and columns moved.xlsx": reordered,
    "columns moved and faults in them.xlsx": reordered_with_faults,
    "police - pasted into a new workbook.xlsx": pasted,
    "refs lost.xlsx": refs_lost,
    "placeholders.xlsx": placeholders,
    "characters that cannot be seen.xlsx": unseen,
    "a formula never calculated.xlsx": uncalculated,
    "a child.xlsx": child,
    "a row deleted.xlsx": deleted,
    "a row twice.xlsx": repeated,
    "numbers and dates for words.xlsx": percent,
    "not signed.xlsx": not_signed,
    "the same person twice.xlsx": own_approver,
    "two agencies.xlsx": other_agency,
    "text outside the table.xlsx": elsewhere,
    "struck out and coloured otherwise.xlsx": struck_and_coloured,
    "a child in two cells.xlsx": child_in_two_cells,
    "a text box.xlsx": lambda book: None,
}

for name, change in CASES.items():
    save(name, change)
with_text_box(HERE / "a text box.xlsx")
whole = (HERE / "not signed.xlsx").read_bytes()
(HERE / "cut off.xlsx").write_bytes(whole[: len(whole) * 6 // 10])
(HERE / "empty.xlsx").write_bytes(b"")
(HERE / "zeros.xlsx").write_bytes(bytes(4096))
(HERE / "a web page.xls").write_bytes(b"<html><body><table><tr><td>Ref</td></tr></table></body></html>")
(HERE / "a list.xlsx").write_bytes(b"Ref,Our rating\r\nDA24-1.1,Green\r\n")
(HERE / "a print.xlsx").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
(HERE / "a message.eml").write_bytes(b"From: a@police.example\r\nTo: b@example.org\r\nSubject: Return\r\nMIME-Version: 1.0\r\n\r\nAttached.\r\n")
(HERE / "a shortcut.url").write_bytes(b"[InternetShortcut]\r\nURL=https://example.org/return.xlsx\r\n")
with zipfile.ZipFile(HERE / "a zip.xlsx", "w") as target:
    target.writestr(zipfile.ZipInfo("returns/police.xlsx", (2026, 12, 9, 0, 0, 0)), b"PK")
