#!/usr/bin/env python3
"""Makes the fixtures of this folder again from one issued workbook: make.py "ISSUED WORKBOOK.xlsx".

Needs openpyxl, LibreOffice (soffice) and Gnumeric (ssconvert). The workbook is filled in a little by openpyxl, and what that
saved is opened and saved by the others."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent

issued = Path(sys.argv[1])
shutil.copy(issued, HERE / "as issued.xlsx")
book = openpyxl.load_workbook(issued)
table = book["Self-assessment"]
for cell, value in [("D4", "Green"), ("D5", "Amber"), ("D6", "Not applicable"), ("E4", "Café – “two”\nlines & <more>")]:
    table[cell] = value
book.save(HERE / "openpyxl.xlsx")
with tempfile.TemporaryDirectory() as folder:
    filled = Path(folder) / "libreoffice.xlsx"
    shutil.copy(HERE / "openpyxl.xlsx", filled)
    for ending in ("xlsx", "ods", "xls"):
        subprocess.run(["soffice", "--headless", "--convert-to", ending, "--outdir", str(HERE), str(filled)], check=True)
subprocess.run(["ssconvert", str(HERE / "openpyxl.xlsx"), str(HERE / "gnumeric.xlsx")], check=True)
