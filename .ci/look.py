#!/usr/bin/env python3
"""Looks at a demo's outputs with programs that are not jtai: look.py DEMO_FOLDER CELLS_ISSUED."""

import collections
import csv
import email
import email.policy
import io
import re
import subprocess
import sys
import xml.dom.minidom
from pathlib import Path

import openpyxl
import pptx

demo, cells = Path(sys.argv[1]), int(sys.argv[2])
report = demo / "report"


def info(pdf):
    """What pdfinfo says of a PDF, as a dictionary."""
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in said.splitlines())}


def words(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


deck, annex, briefing = report / "deck.pdf", report / "leaders-only" / "annex.pdf", report / "leaders-only" / "briefing.pdf"
for pdf in (deck, annex, briefing):
    facts = info(pdf)
    assert facts["Tagged"] == "yes", f"{pdf} is not tagged"
    assert int(facts["Pages"]) >= 4, f"{pdf} has {facts['Pages']} pages"
    assert facts["Title"], f"{pdf} has no title"
    # 3 is "there are warnings", which qpdf gives for things that readers accept.
    assert subprocess.run(["qpdf", "--check", pdf], capture_output=True).returncode in (0, 3), f"{pdf} is damaged"
    print(f"{pdf.name}: {facts['Pages']} pages, tagged, {facts['Page size']}")

shown, kept = words(deck), words(annex)
pages = shown.split("\f")[:-1]
assert all(len(page.split()) > 25 for page in pages), "a slide is empty"
assert all("DRAFT" in page for page in pages), "a slide does not say DRAFT"
assert all("OFFICIAL-SENSITIVE" in page for page in pages), "a slide has no marking"
for leaders in (kept, words(briefing)):
    assert all("NOT FOR INSPECTORS" in page for page in leaders.split("\f")[:-1]), "a page for leaders does not say so"
assert "NOT FOR INSPECTORS" not in shown and "returns/" not in shown, "the deck holds what is for leaders only"

# The PowerPoint file, opened by another program: the same words on each slide as on its page, tables, charts with data, notes.
deck_pptx = pptx.Presentation(report / "deck.pptx")
assert len(deck_pptx.slides) == len(pages), f"{len(deck_pptx.slides)} slides, {len(pages)} pages"


def words_of(text):
    return collections.Counter(re.findall(r"\w+", text))


def words_on(slide):
    texts, counted = [], collections.Counter()
    for shape in slide.shapes:
        if shape.has_text_frame:
            texts.append(shape.text_frame.text)
        elif shape.has_table:
            assert shape.table.first_row, f"{slide.slide_id}: a table without a header row"
            texts.extend(cell.text for row in shape.table.rows for cell in row.cells)
        elif shape.has_chart:
            plot = shape.chart.plots[0]
            assert all(len(list(series.values)) == len(list(plot.categories)) for series in plot.series), "a chart without its data"
            data = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).active
            assert data.max_row == len(list(plot.categories)) + 1, "the workbook behind a chart has other rows"
            counted["charts"] += 1
            drawn.update(words_of(" ".join(str(category) for category in plot.categories)))
        counted["shapes"] += 1
    return words_of("\n".join(texts)), counted


drawn = collections.Counter()
for chart in (report / "charts").glob("*.svg"):
    # Their letters are outlines; what they say is in their title and description.
    for name in ("title", "desc"):
        for text in xml.dom.minidom.parse(str(chart)).getElementsByTagName(name):
            drawn.update(words_of("".join(node.data for node in text.childNodes)))
native = 0
for number, (slide, page) in enumerate(zip(deck_pptx.slides, pages), 1):
    in_slide, counted = words_on(slide)
    native += counted["charts"]
    in_page = words_of(page)
    # Letters and counts that a picture draws are in the native chart.
    lost = {word: n for word, n in (in_page - in_slide).items() if word not in drawn and not re.fullmatch(r"[RAG]\d*", word)}
    added = {word: n for word, n in (in_slide - in_page).items()}
    assert not lost, f"page {number} of the PDF has words that the slide has not: {lost}"
    assert not added, f"slide {number} has words that the PDF has not: {added}"
    assert slide.shapes.title is not None and slide.shapes.title.text_frame.text, f"slide {number} has no title"
    assert slide.has_notes_slide and len(slide.notes_slide.notes_text_frame.text) > 40, f"slide {number} has no notes"
assert native >= 2, "a native chart is missing"
print(f"deck.pptx: {len(pages)} slides with the words of the PDF, {native} native charts")
subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", demo / "reopened", report / "deck.pptx"], check=True, capture_output=True)
assert info(demo / "reopened" / "deck.pdf")["Pages"] == str(len(pages)), "LibreOffice shows another number of slides"

for draft in sorted((demo / "issued").glob("*.eml")):
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    workbook = draft.with_suffix(".xlsx")
    attached = next(message.iter_attachments())
    assert message["X-Unsent"] == "1" and "@" in message["To"] and message["Subject"], f"{draft.name} is no draft"
    assert attached.get_filename() == workbook.name and attached.get_content() == workbook.read_bytes(), f"{draft.name}: another file"
    assert "JT-" in message.get_body().get_content(), f"{draft.name} names no return code"
print(f"{len(list((demo / 'issued').glob('*.eml')))} messages, each an unsent draft with its workbook")

rows = list(csv.DictReader(open(report / "data" / "ratings.csv", encoding="utf-8-sig")))
assert len(rows) == cells > 0, f"ratings.csv has {len(rows)} rows, not {cells}"
print(f"ratings.csv: {len(rows)} rows, one an agency and statement issued")

charts = sorted((report / "charts").glob("*.svg"))
assert len(charts) >= 3
for chart in charts:
    xml.dom.minidom.parse(str(chart))
print(f"{len(charts)} charts, well formed")

book = openpyxl.load_workbook(report / "analysis.xlsx")
assert book.sheetnames[:2] == ["Contents", "Summary"] and book.sheetnames[-1] == "Method" and len(book.sheetnames) == 11, book.sheetnames
assert all(len(sheet.tables) == 1 for sheet in book), "a sheet of the analysis is no table"
assert [len(sheet._charts) for sheet in book][1:3] == [1, 1], "a native chart is missing"
assert all("Not for inspectors" in sheet["A2"].value for sheet in book), "a sheet does not say whom it is for"
rows = book["Summary"].iter_rows(min_row=3, values_only=True)
header = next(rows)
total = dict(zip(header, next(row for row in rows if row[0] == "All statements")))
rest = sum(total[name] for name in ("Not applicable", "Blank", "Unreadable", "Not returned"))
assert total["Asked"] == cells == total["Rated"] + rest and total["Rated"] == total["Red"] + total["Amber"] + total["Green"], f"it does not add up: {total}"
print(f"analysis.xlsx: {len(book.sheetnames)} tables, two native charts, {total['Asked']} answers that add up")
