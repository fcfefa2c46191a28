#!/usr/bin/env python3
"""Reads every workbook of a folder with python-calamine and openpyxl, and says how long that took: with_others.py FOLDER.

    pip install python-calamine openpyxl
    time jtai collect ROUND      # with ROUND/.jtai deleted before
    python3 benches/with_others.py ROUND/returns
"""

import sys
import time
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

files = sorted(Path(sys.argv[1]).glob("*.xlsx"))


def timed(name, of, read):
    began = time.perf_counter()
    for file in of:
        read(file)
    took = (time.perf_counter() - began) * len(files) / len(of)
    print(f"{name}: {len(files)} workbooks in {took:.2f} s" + ("" if len(of) == len(files) else f", worked out from {len(of)}"))


def with_calamine(file):
    book = CalamineWorkbook.from_path(str(file))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def with_openpyxl(file):
    for sheet in openpyxl.load_workbook(file):
        list(sheet.iter_rows(values_only=True))


timed("python-calamine", files, with_calamine)
timed("openpyxl", files[:100], with_openpyxl)
