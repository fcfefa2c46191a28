#!/usr/bin/env python3
"""Fill in the issued Exampleshire workbooks, as the agencies would, and write returns/.

Everything here is fictional. The script reads exampleshire-answers.csv, exampleshire-headlines.csv,
exampleshire/agencies.csv and the workbooks that `jtai issue` wrote, and writes the eleven returns of the sample round into the
folder exampleshire/returns/. The twelfth agency, probation, sends nothing.

    python3 fill.py ISSUED_FOLDER

It needs Python 3.9 or later, openpyxl, and LibreOffice (`soffice` on the PATH). None of them is
needed to use or to test jtai: the files in returns/ are kept with the source, and this script is
only for making them again when the issued workbooks or the answers change.

The returns differ on purpose, as real ones do: some are saved by openpyxl alone, some are filled
and then opened and saved again by LibreOffice as .xlsx, .ods or .xls; one is in a sub-folder, one
has its sheets in a different order, two are not approved, and two have file names of their own.
The list RETURNS below says which is which.

It also writes exampleshire/record/, which says when each file came in: on the day it was saved.

Each file is dated in the round, in its properties and in its zip entries, so that a second run
with the same openpyxl and LibreOffice writes the same bytes. Only the .ods may differ: LibreOffice
does not always list its page styles and validations in the same order.
"""

import csv
import datetime
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl

SAMPLES = Path(__file__).resolve().parent
HERE = SAMPLES / "exampleshire"
ISSUED_AT = datetime.datetime(2026, 11, 23)

# agency, file under returns/, saved last by, completed as, approved by, approved on, saved at
RETURNS = [
    ("childrens-social-care", "childrens-social-care self-assessment.xlsx", "LibreOffice",
     "service manager, quality assurance",
     "Drew Example, director of children's services", "2026-12-04", "2026-12-04 15:42"),
    ("early-help", "early-help self-assessment.xlsx", "openpyxl",
     "safeguarding lead",
     "Jamie Sample, head of early help", "2026-11-30", "2026-11-30 11:05"),
    ("police", "Police/police self-assessment SIGNED.xlsx", "LibreOffice",
     "detective inspector, public protection",
     "Terry Specimen, assistant chief constable", "2026-12-09", "2026-12-09 16:30"),
    ("care-board", "care-board self-assessment.xlsx", "openpyxl",
     "designated nurse for safeguarding children",
     "Nicky Template, chief nurse", "2026-12-03", "2026-12-03 09:18"),
    ("acute-trust", "acute-trust self-assessment.ods", "LibreOffice",
     "named nurse for safeguarding children",
     None, None, "2026-12-09 12:51"),
    ("community-health", "community-health self-assessment.xls", "LibreOffice",
     "named nurse for safeguarding children",
     "Frankie Placeholder, director of nursing", "2026-12-08", "2026-12-08 10:10"),
    ("mental-health", "mental-health self-assessment.xlsx", "LibreOffice",
     "named professional for safeguarding children",
     "Val Madeup, medical director", "2026-12-07", "2026-12-07 17:25"),
    ("youth-justice", "youth-justice self-assessment.xlsx", "openpyxl",
     "operational manager",
     "Ali Mockup, head of youth justice", "2026-11-24", "2026-11-24 14:00"),
    ("schools", "Schools forum return.xlsx", "openpyxl",
     "education safeguarding adviser",
     "Les Demo, chair of the forum", "2026-12-02", "2026-12-02 08:33"),
    ("domestic-abuse-service", "JTAI return FINAL v2 (1).xlsx", "LibreOffice",
     "children and families service manager",
     None, None, "2026-12-08 18:47"),
    ("partnership-leaders", "partnership-leaders self-assessment.xlsx", "openpyxl",
     "partnership business manager",
     "Hilary Fictional, chair of the executive", "2026-12-01", "2026-12-01 13:12"),
]

# Agencies that answer for several bodies: how many, out of how many, how they were asked. The others answer only for themselves.
SPEAKS_FOR = {
    "early-help": (7, "7 family hubs", "a meeting of hub managers on 25 November"),
    "community-health": (5, "6 teams", "team leads, by form, in November"),
    "schools": (31, "42 schools", "a survey in November, by the education safeguarding adviser"),
}

# Column of answers.csv -> heading in the sheet Self-assessment.
COLUMNS = {
    "self_rating_as_written": "Our rating",
    "working_well": "What is working well",
    "worried_about": "What are we worried about",
    "needs_to_happen": "What needs to happen",
    "action_lead": "Which role will lead",
    "action_due": "By when",
    "evidence": "What shows this (sample, date, result for children) and where it is kept",
    "not_applicable_reason": "If not applicable, why",
}

# Kind of exampleshire-headlines.csv -> kind in the sheet In short.
KINDS = {
    "working_well": "What is working well",
    "worried_about": "What are we worried about",
    "needs_to_happen": "What needs to happen",
    "children_and_families": "What children and families tell us",
}

FILTERS = {  # file extension -> LibreOffice export filter
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".xls": "MS Excel 97",
}


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def put(cell, value):
    """Type a value into a cell as a person would: text stays text, whatever it begins with."""
    if isinstance(value, datetime.date):
        cell.value = value
        cell.number_format = "dd/mm/yyyy"
    elif value:
        cell.value = value
        cell.data_type = "s"


def fill_answers(sheet, answers):
    """Write one agency's answers into its sheet, matching the rows on Ref."""
    head = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "Ref")
    column = {cell.value: cell.column for cell in sheet[head]}
    row_of = {sheet.cell(r, 1).value: r for r in range(head + 1, sheet.max_row + 1)}
    refs = {a["criterion_id"] for a in answers}
    if refs != set(row_of):
        sys.exit(f"{sheet['A1'].value}: answers.csv and the workbook differ in "
                 f"{sorted(refs ^ set(row_of))}")
    for answer in answers:
        for key, heading in COLUMNS.items():
            value = answer[key]
            if key == "action_due" and value:
                value = datetime.date.fromisoformat(value)
            put(sheet.cell(row_of[answer["criterion_id"]], column[heading]), value)


def fill_headlines(sheet, headlines):
    """Write one agency's headlines into its sheet, each in the next free row of its kind."""
    head = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "Kind")
    free = {}
    for row in range(head + 1, sheet.max_row + 1):
        free.setdefault(sheet.cell(row, 1).value, []).append(row)
    for headline in headlines:
        row = free[KINDS[headline["kind"]]].pop(0)
        put(sheet.cell(row, 2), headline["criterion_id"])
        put(sheet.cell(row, 3), headline["line"])


def fill_speaks_for(sheet, speaks_for):
    """Fill in how many bodies the answers speak for, on the sheet Start here."""
    row_of = {sheet.cell(r, 1).value: r for r in range(1, sheet.max_row + 1)}
    labels = ["These answers speak for (how many)", "Out of how many (schools, teams)",
              "How they were asked, and by whom"]
    for label, value in zip(labels, speaks_for):
        sheet.cell(row_of[label], 2).value = value


def fill_sign_off(sheet, completed_by, approved_by, approved_on):
    """Fill the sign-off at the foot of the sheet Start here: the value is right of its label."""
    row_of = {sheet.cell(r, 1).value: r for r in range(1, sheet.max_row + 1)}
    put(sheet.cell(row_of["Completed by (name and role)"], 2), completed_by)
    put(sheet.cell(row_of["Approved by (name and role)"], 2), approved_by)
    if approved_on:
        approved_on = datetime.date.fromisoformat(approved_on)
    put(sheet.cell(row_of["Approved on (date)"], 2), approved_on)


def resave(source, target, work):
    """Open a workbook in LibreOffice and save it in the format of the target's extension."""
    out = work / "resaved"
    command = [
        "soffice", "--headless", "--norestore",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--convert-to", f"{target.suffix[1:]}:{FILTERS[target.suffix]}",
        "--outdir", str(out), str(source),
    ]
    environment = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    shutil.move(out / source.with_suffix(target.suffix).name, target)


def tidy_package(path, saved_at):
    """Date a zipped workbook in the round, and undo a change openpyxl makes to the print titles.

    openpyxl stamps the time of saving over the modified time it was given. It also writes the
    titles' rows before their columns; LibreOffice, reading that, writes every print title twice,
    and Excel calls such a file damaged. Every other byte stays as it was.
    """
    stamp = saved_at.strftime("%Y-%m-%dT%H:%M:%S").encode()
    with zipfile.ZipFile(path) as package:
        parts = [(entry, package.read(entry)) for entry in package.infolist()]
    with zipfile.ZipFile(path, "w") as package:
        for entry, data in parts:
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp + b"Z", data)
            elif entry.filename == "meta.xml":
                data = re.sub(rb"(<dc:date>)[^<]*", rb"\g<1>" + stamp, data)
            elif entry.filename == "xl/workbook.xml":
                data = re.sub(rb">([^<>,]+!\$\d+:\$\d+),([^<>,]+!\$[A-Z]+:\$[A-Z]+)<",
                              rb">\2,\1<", data)
            new = zipfile.ZipInfo(entry.filename, saved_at.timetuple()[:6])
            new.compress_type = entry.compress_type
            package.writestr(new, data)


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python3 fill.py ISSUED_FOLDER")
    issued = Path(sys.argv[1])
    returns = HERE / "returns"
    contact = {a["id"]: a["contact"] for a in read_csv(HERE / "agencies.csv")}
    answers = read_csv(SAMPLES / "exampleshire-answers.csv")
    headlines = read_csv(SAMPLES / "exampleshire-headlines.csv")

    with tempfile.TemporaryDirectory(prefix="fill-") as scratch:
        work = Path(scratch)
        for agency, name, saved_by, role, approved_by, approved_on, saved_at in RETURNS:
            saved_at = datetime.datetime.fromisoformat(saved_at)
            target = returns / name
            target.parent.mkdir(parents=True, exist_ok=True)

            workbook = openpyxl.load_workbook(issued / f"{agency} self-assessment.xlsx")
            fill_answers(workbook["Self-assessment"],
                         [a for a in answers if a["agency_id"] == agency])
            fill_headlines(workbook["In short"],
                           [h for h in headlines if h["agency_id"] == agency])
            fill_sign_off(workbook["Start here"], f"{contact[agency]}, {role}",
                          approved_by, approved_on)
            if agency in SPEAKS_FOR:
                fill_speaks_for(workbook["Start here"], SPEAKS_FOR[agency])
            if agency == "schools":
                workbook.move_sheet("Self-assessment", -1)
                workbook.active = 0
                for sheet in workbook:
                    sheet.sheet_view.tabSelected = sheet is workbook.active
            workbook.properties.created = ISSUED_AT
            workbook.properties.lastModifiedBy = contact[agency]

            filled = target if saved_by == "openpyxl" else work / f"{agency}.xlsx"
            workbook.save(filled)
            tidy_package(filled, saved_at)
            if saved_by == "LibreOffice":
                resave(filled, target, work)
                if target.suffix != ".xls":  # not a zip; it keeps the time of the filled workbook
                    tidy_package(target, saved_at)
            print(f"{target.stat().st_size:>7}  {target.relative_to(HERE)}")

    write_record(returns)
    expected = {returns / name for _, name, *_ in RETURNS}
    for path in sorted(p for p in returns.rglob("*") if p.is_file() and p not in expected):
        print(f"not one of the eleven, left alone: {path.relative_to(HERE)}")


def write_record(returns):
    """record/: each file first seen on the day it was saved, as `jtai collect` records it."""
    folder = HERE / "record"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    days = {}
    for agency, name, *_, saved_at in RETURNS:
        content = (HERE / "returns" / name).read_bytes()
        entry = (name, agency, len(content), hashlib.sha256(content).hexdigest())
        days.setdefault(saved_at[:10], []).append(entry)
    for day, entries in days.items():
        text = "# Written by jtai. Please leave it as it is: what it records is taken back by a later entry, and never by changing it.\n"
        text += f'command = "collect"\nformat = 1\non = "{day}"\n'
        for name, agency, size, sha256 in sorted(entries):
            text += f'\n[[received]]\nagency = "{agency}"\nbytes = {size}\nfile = "returns/{name}"\nsha256 = "{sha256}"\n'
        digits = hashlib.sha256(text.encode()).hexdigest()[:16]
        (folder / f"{day} {digits}.toml").write_bytes(text.encode())


if __name__ == "__main__":
    main()
