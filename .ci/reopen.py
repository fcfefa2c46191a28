#!/usr/bin/env python3
"""Opens workbooks in other programs, saves them as .xlsx, .ods and .xls, and looks at what came of it:
reopen.py DEMO_FOLDER SCRATCH_FOLDER JTAI.

A filled workbook must be collected with everything that was in it. An issued one must hold the same cells, lists, input messages
and identity as before, read by openpyxl."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl

demo, scratch, jtai = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
RATINGS = "Red,Amber,Green,Not applicable"


def convert(source, ending, folder):
    """The file that LibreOffice saves of another one."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{scratch.as_posix().replace(' ', '%20')}/profile", "--headless",
         "--convert-to", ending, "--outdir", str(folder), str(source)],
        check=True, capture_output=True,
    )
    return folder / f"{source.stem}.{ending}"


def collected(ending):
    """Saves a filled workbook in a format and has jtai collect it."""
    round_folder = scratch / ending
    (round_folder / "returns").mkdir(parents=True)
    for name in ("round.toml", "theme.toml", "agencies.xlsx"):
        shutil.copy(demo / name, round_folder / name)
    # Under a name that says nothing, so that identity comes from inside the workbook.
    source = scratch / f"source-{ending}.xlsx"
    shutil.copy(demo / "returns" / "early-help self-assessment.xlsx", source)
    convert(source, ending, round_folder / "returns")
    run = subprocess.run([jtai, "collect", str(round_folder), "--json", "--today", "2026-12-14"], capture_output=True, text=True)
    said = json.loads(run.stdout)
    agency = next(agency for agency in said["agencies"] if agency["id"] == "early-help")
    found = {finding["code"] for finding in said["findings"]}
    answers = agency["answers"][0]
    assert answers["rated"] == answers["asked"] == 9 and agency["approval_recorded"], f".{ending}: {agency} {found}"
    # Nobody else has returned, one Green has no evidence, and an older .xls gets a remark on what is not looked at in it.
    expected = {"return-missing", "evidence-missing"} | ({"file-remark"} if ending == "xls" else set())
    assert found == expected, f".{ending}: {found}"
    print(f".{ending}: saved by LibreOffice, told whose it is, nine ratings of nine, approval and all")


def contents(path):
    """What a workbook holds: cells by sheet, lists and input messages, tables, hidden sheets, identity."""
    book = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    cells = {sheet.title: {c.coordinate: str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None} for sheet in values}
    checks = sorted(
        # A message alone checks nothing, and LibreOffice writes a 0 for that.
        (str(check.sqref), check.type, (check.formula1 or "").strip('"') if check.type else "", check.prompt or "")
        for check in book["Self-assessment"].data_validations.dataValidation
    )
    properties = {p.name: str(p.value) for p in book.custom_doc_props.props if p.name.startswith("jtai-")}
    states = {sheet.title: sheet.sheet_state for sheet in book}
    return cells, checks, properties, states


def issued():
    """An issued workbook through LibreOffice as .xlsx: no cell, list, message or piece of identity may change."""
    source = demo / "issued" / "police self-assessment.xlsx"
    folder = scratch / "issued"
    folder.mkdir()
    before, after = contents(source), contents(convert(source, "xlsx", folder))
    assert before[0] == after[0], "a cell changed in LibreOffice"
    assert any(check[2] == RATINGS for check in before[1]), "no list of ratings"
    assert {check[1:] for check in before[1]} == {check[1:] for check in after[1]}, "a list or message changed in LibreOffice"
    assert before[2] == after[2] and len(before[2]) == 7, f"the identity changed: {after[2]}"
    assert after[3]["jtai"] in ("hidden", "veryHidden"), "the sheet of metadata came to light"
    for ending in ("ods", "xls"):
        # Back to .xlsx, because openpyxl reads no other format.
        there = convert(source, ending, folder)
        back = contents(convert(there, "xlsx", (folder / ending)))
        assert before[0] == back[0], f"a cell changed as .{ending}"
        assert any(check[2].replace(";", ",") == RATINGS for check in back[1]), f"no list of ratings as .{ending}"
        assert before[2] == back[2], f"the identity changed as .{ending}: {back[2]}"
    print("an issued workbook: the same cells, lists and identity after LibreOffice as .xlsx, .ods and .xls, read by openpyxl")


for ending in ("xlsx", "ods", "xls"):
    collected(ending)
issued()
