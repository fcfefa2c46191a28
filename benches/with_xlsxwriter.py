#!/usr/bin/env python3
"""Writes the sheets of an issued workbook again with XlsxWriter, many times, and says how long that took:

    pip install XlsxWriter openpyxl
    python3 benches/with_xlsxwriter.py "ISSUED WORKBOOK.xlsx" 1000

Every cell, format, column, row, list, input message, conditional format, table and property is taken from the workbook given,
read once and before the clock starts, so that both programs write the same thing. `cargo bench` writes it with jtai.
"""

import io
import sys
import time

import openpyxl
import xlsxwriter


def look(cell):
    """A cell's format as XlsxWriter takes it, as a key that can be shared."""
    font, fill, side, text = cell.font, cell.fill, cell.border, cell.alignment
    pairs = {
        "font_name": font.name, "font_size": font.sz, "bold": bool(font.b),
        "text_wrap": bool(text.wrap_text), "valign": "top", "indent": int(text.indent or 0),
        "num_format": cell.number_format, "locked": cell.protection.locked,
    }
    if font.color is not None and isinstance(font.color.rgb, str):
        pairs["font_color"] = "#" + font.color.rgb[2:]
    if fill.fill_type == "solid" and isinstance(fill.fgColor.rgb, str):
        pairs["bg_color"] = "#" + fill.fgColor.rgb[2:]
    for edge in ("left", "right", "top", "bottom"):
        style = getattr(side, edge).style
        if style:
            pairs[edge] = {"thin": 1, "medium": 2}.get(style, 1)
    return tuple(sorted(pairs.items()))


def plan(path):
    """Everything that the workbook holds, as plain values."""
    book = openpyxl.load_workbook(path)
    sheets = []
    for sheet in book.worksheets:
        cells = [(c.row - 1, c.column - 1, c.value, look(c)) for row in sheet.iter_rows() for c in row if c.has_style or c.value is not None]
        sheets.append({
            "name": sheet.title, "state": sheet.sheet_state, "cells": cells,
            "widths": [(openpyxl.utils.column_index_from_string(k) - 1, d.width) for k, d in sheet.column_dimensions.items()],
            "heights": [(k - 1, d.height) for k, d in sheet.row_dimensions.items() if d.height],
            "checks": list(sheet.data_validations.dataValidation),
            "tables": list(sheet.tables.values()),
            "shades": [(str(area.sqref), rule) for area, rules in sheet.conditional_formatting._cf_rules.items() for rule in rules],
            "header": sheet.oddHeader.center.text or "", "footer": sheet.oddFooter.center.text or "",
        })
    custom = [(p.name, str(p.value)) for p in book.custom_doc_props.props]
    return sheets, custom, book.properties


def write(sheets, custom, properties):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": properties.title, "subject": properties.subject, "author": properties.creator})
    for name, value in custom:
        book.set_custom_property(name, value)
    formats = {}
    for plan in sheets:
        sheet = book.add_worksheet(plan["name"])
        for at, width in plan["widths"]:
            sheet.set_column(at, at, width)
        for at, height in plan["heights"]:
            sheet.set_row(at, height)
        for row, column, value, key in plan["cells"]:
            form = formats.get(key)
            if form is None:
                form = formats[key] = book.add_format(dict(key))
            if value is None:
                sheet.write_blank(row, column, None, form)
            elif isinstance(value, str) and value.startswith("=") and "COUNTIF" in value:
                sheet.write_formula(row, column, value, form)
            else:
                sheet.write_string(row, column, str(value), form)
        for check in plan["checks"]:
            for area in check.sqref.ranges:
                options = {"input_title": check.promptTitle, "input_message": check.prompt, "error_title": check.errorTitle,
                           "error_message": check.error, "error_type": check.errorStyle or "stop"}
                if check.type == "list":
                    options |= {"validate": "list", "source": check.formula1.strip('"').split(",")}
                elif check.type == "textLength":
                    options |= {"validate": "length", "criteria": "<=", "value": int(check.formula1)}
                elif check.type == "date":
                    options |= {"validate": "date", "criteria": ">", "value": float(check.formula1)}
                else:
                    options |= {"validate": "any"}
                sheet.data_validation(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1, options)
        for area, rule in plan["shades"]:
            form = book.add_format({"bold": True, "bg_color": "#942514", "font_color": "#FFFFFF"})
            sheet.conditional_format(area, {"type": "cell", "criteria": "==", "value": rule.formula[0], "format": form})
        for table in plan["tables"]:
            columns = [{"header": column.name} for column in table.tableColumns]
            sheet.add_table(table.ref, {"name": table.displayName, "columns": columns, "style": None, "autofilter": False})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_header("&C" + plan["header"])
        sheet.set_footer("&C" + plan["footer"] + "&RPage &P of &N")
        sheet.protect()
        if plan["state"] != "visible":
            sheet.very_hidden()
    book.close()
    return out.getvalue()


def main():
    path, times = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    what = plan(path)
    write(*what)
    began = time.perf_counter()
    size = 0
    for _ in range(times):
        size += len(write(*what))
    took = time.perf_counter() - began
    print(f"XlsxWriter {xlsxwriter.__version__}: {times} workbooks in {took:.2f} s, {size // times} bytes each")


main()
