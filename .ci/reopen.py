#!/usr/bin/env python3
"""Opens a filled workbook in LibreOffice, saves it as .xlsx, .ods and .xls, and has jtai collect each:
reopen.py DEMO_FOLDER SCRATCH_FOLDER JTAI."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

demo, scratch, jtai = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

for ending in ("xlsx", "ods", "xls"):
    round_folder = scratch / ending
    (round_folder / "returns").mkdir(parents=True)
    for name in ("round.toml", "theme.toml"):
        shutil.copy(demo / name, round_folder / name)
    # Under a name that says nothing, so that identity comes from inside the workbook.
    source = scratch / f"source-{ending}.xlsx"
    shutil.copy(demo / "returns" / "early-help self-assessment.xlsx", source)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{scratch.as_posix().replace(' ', '%20')}/profile", "--headless",
         "--convert-to", ending, "--outdir", str(round_folder / "returns"), str(source)],
        check=True, capture_output=True,
    )
    run = subprocess.run([jtai, "collect", str(round_folder), "--json", "--today", "2026-12-14"], capture_output=True, text=True)
    said = json.loads(run.stdout)
    agency = next(agency for agency in said["agencies"] if agency["id"] == "early-help")
    found = {finding["code"] for finding in said["findings"]}
    assert agency["rated"] == agency["asked"] == 9 and agency["approval_recorded"], f".{ending}: {agency} {found}"
    assert found == {"return-missing"}, f".{ending}: {found}"
    print(f".{ending}: saved by LibreOffice, told whose it is, nine ratings of nine, approval and all")
