#!/usr/bin/env python3
"""Does the job of one round with XlsxWriter, openpyxl, pandas, matplotlib and reportlab, and says how long that took:

    pip install XlsxWriter openpyxl pandas matplotlib reportlab
    python3 benches/whole_job.py ROUND OUT

ROUND is the folder of a round with its workbooks in `issued/` and filled ones in `returns/`; `jtai issue` and `jtai report` do its
job. The time is wall clock, from before the packages are imported until the last file is written.

What it does: writes a workbook for each agency (instructions, and a table with lists to choose from, formats and protection); reads
every filled one; counts ratings by area, statement and agency; draws four charts; writes a presentation with them, an annex with
every answer in full and its cell, a workbook of the numbers and answers, and the ratings as CSV.

What it does not do, and jtai does: messages, several sheets of a workbook, a look at whether a file is safe to open, findings, signs
that a text is about a child, the record, choices, the briefing, PowerPoint, Parquet, prompts, where each number comes from, tags that
make a PDF accessible, the same bytes again.
"""

import time

BEGAN = time.perf_counter()

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import openpyxl
import pandas
import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Image, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, TableStyle

SHEET = "Self-assessment"
RATINGS = ["Red", "Amber", "Green"]
FILLS = {"Red": "#942514", "Amber": "#F2B233", "Green": "#1E6B3A", "Not rated": "#C8C8C8"}
TEXTS = ["Working well", "Worried", "Needs to happen", "What shows this"]


def escaped(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def table_of(path):
    """The header, its row, and the rows of the table of a workbook, each with its row's number."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[SHEET].iter_rows(values_only=True))
    book.close()
    at = next(at for at, row in enumerate(rows) if row and row[0] == "Ref")
    # Under the header are the statements, until a row has no Ref.
    lines = []
    for number, row in enumerate(rows[at + 1:], at + 2):
        if not row or not row[0]:
            break
        lines.append((number, [value or "" for value in row]))
    return [str(name or "") for name in rows[at]], at + 1, lines


def issue(path, agency, headers, statements):
    """One workbook to fill in."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": f"Self-assessment: {agency}", "author": "Business unit"})
    plain = {"font_name": "Arial", "font_size": 11, "text_wrap": True, "valign": "top"}
    text, bold = book.add_format(plain), book.add_format(plain | {"bold": True, "font_size": 14})
    head = book.add_format(plain | {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
    answer = book.add_format(plain | {"locked": False, "border": 1, "bg_color": "#FFFDE7"})
    shades = {r: book.add_format({"bg_color": FILLS[r], "font_color": "#FFFFFF"}) for r in RATINGS}
    start = book.add_worksheet("Start here")
    start.set_column(0, 0, 60)
    start.set_column(1, 1, 40)
    start.write(0, 0, f"Self-assessment: {agency}", bold)
    for row, line in enumerate(["Rate each statement Red, Amber or Green.", "Say what is working well, and what worries you.",
                                "Say what needs to happen, who leads and by when.", "Completed by", "Approved by", "Approved on"], 2):
        start.write(row, 0, line, text)
        if row > 4:
            start.write_blank(row, 1, None, answer)
    start.protect()
    sheet = book.add_worksheet(SHEET)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_header(f"&C{agency}")
    sheet.set_footer("&CPage &P of &N")
    sheet.write(0, 0, f"Self-assessment: {agency}", bold)
    for column, name in enumerate(headers):
        sheet.set_column(column, column, 12 if column in (0, 3) else 36)
        sheet.write(2, column, name, head)
    for row, (_, values) in enumerate(statements, 3):
        sheet.set_row(row, 90)
        for column in range(len(headers)):
            if column < 3:
                sheet.write_string(row, column, str(values[column]), text)
            else:
                sheet.write_blank(row, column, None, answer)
    last = 2 + len(statements)
    sheet.data_validation(3, 3, last, 3, {"validate": "list", "source": RATINGS + ["Not applicable"],
                                          "input_title": "Rating", "input_message": "Choose one from the list."})
    for column in range(4, len(headers)):
        sheet.data_validation(3, column, last, column, {"validate": "length", "criteria": "<=", "value": 1500,
                                                        "input_title": headers[column][:32], "input_message": "At most 1,500 characters."})
    for rating in RATINGS:
        sheet.conditional_format(3, 3, last, 3, {"type": "cell", "criteria": "==", "value": f'"{rating}"', "format": shades[rating]})
    sheet.freeze_panes(3, 2)
    sheet.protect()
    book.close()


def read_back(paths):
    """Every answer of every return, a row each."""
    rows = []
    for path in paths:
        headers, _, lines = table_of(path)
        agency = path.stem.removesuffix(" self-assessment")
        for number, values in lines:
            row = dict(zip(headers, values))
            rating = next((r for r in RATINGS if str(values[3]).strip().casefold() == r.casefold()), "Not rated")
            rows.append({
                "Ref": values[0], "Area": row["Area"], "Statement": row["Statement"], "Agency": agency,
                "Rating": rating, "File": path.name, "Sheet": SHEET, "Cell": f"D{number}",
            } | {name: next((row[h] for h in headers if name.casefold() in h.casefold()), "") for name in TEXTS})
    return pandas.DataFrame(rows)


def counted(answers, by):
    return pandas.crosstab(answers[by], answers["Rating"]).reindex(columns=RATINGS + ["Not rated"], fill_value=0)


def draw(counts, title, path):
    figure, axes = plt.subplots(figsize=(10, max(3, 0.3 * len(counts))))
    left = [0] * len(counts)
    for column in counts.columns:
        axes.barh(counts.index, counts[column], left=left, color=FILLS[column], label=column)
        left = [a + b for a, b in zip(left, counts[column])]
    axes.invert_yaxis()
    axes.set_title(title)
    axes.legend(ncols=4, frameon=False)
    figure.tight_layout()
    figure.savefig(path.with_suffix(".svg"))
    figure.savefig(path.with_suffix(".png"), dpi=110)
    plt.close(figure)


def heat(answers, path):
    places = {rating: at for at, rating in enumerate(RATINGS + ["Not rated"])}
    grid = answers.pivot(index="Ref", columns="Agency", values="Rating").replace(places).astype(float)
    figure, axes = plt.subplots(figsize=(12, 7))
    axes.imshow(grid, cmap=matplotlib.colors.ListedColormap([FILLS[r] for r in places]), aspect="auto")
    axes.set_xticks(range(len(grid.columns)), grid.columns, rotation=90)
    axes.set_yticks(range(len(grid.index)), grid.index)
    axes.set_title("Every rating")
    figure.tight_layout()
    figure.savefig(path.with_suffix(".svg"))
    figure.savefig(path.with_suffix(".png"), dpi=110)
    plt.close(figure)


def footed(canvas, document):
    canvas.setFont("Helvetica", 8)
    canvas.drawString(36, 20, "OFFICIAL-SENSITIVE")
    canvas.drawRightString(document.pagesize[0] - 36, 20, str(document.page))


def presentation(path, charts, answers):
    styles = getSampleStyleSheet()
    story = [Paragraph("Benchmarking for inspectors", styles["Title"]), Paragraph(f"{len(answers)} answers of {answers['Agency'].nunique()} agencies", styles["Heading2"])]
    for title, chart in charts:
        story += [PageBreak(), Paragraph(title, styles["Heading1"]), Image(chart.with_suffix(".png"), 680, 360, kind="proportional")]
    for name in TEXTS:
        story += [PageBreak(), Paragraph(name, styles["Heading1"])]
        for row in answers[answers[name] != ""].head(5).to_dict("records"):
            story += [Paragraph(escaped(f"{row[name]} ({row['Agency']}, {row['Ref']})"), styles["BodyText"]), Spacer(1, 6)]
    SimpleDocTemplate(str(path), pagesize=(960, 540), title="Benchmarking").build(story, onFirstPage=footed, onLaterPages=footed)


def annex(path, answers):
    styles = getSampleStyleSheet()
    small = ParagraphStyle("small", parent=styles["BodyText"], fontSize=8, leading=10)
    head = ParagraphStyle("head", parent=small, textColor=colors.white, fontName="Helvetica-Bold")
    look = [("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#1F3864")), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#F2F4F8")])]
    story = [Paragraph("Every answer in full", styles["Title"])]
    for ref, rows in answers.groupby("Ref", sort=False):
        story += [Paragraph(escaped(f"{ref}: {rows['Statement'].iloc[0]}"), styles["Heading2"])]
        table = [[Paragraph(name, head) for name in ["Agency and rating"] + TEXTS]]
        for row in rows.to_dict("records"):
            first = f"<b>{escaped(row['Agency'])}</b><br/>{row['Rating']} {row['Cell']}"
            table.append([Paragraph(first, small)] + [Paragraph(escaped(row[name]), small) for name in TEXTS])
        story.append(LongTable(table, colWidths=[110, 170, 170, 160, 160], repeatRows=1, style=TableStyle(look)))
    SimpleDocTemplate(str(path), pagesize=landscape(A4), title="Annex", leftMargin=34, rightMargin=34).build(story, onFirstPage=footed, onLaterPages=footed)


def analysis(path, answers, tables):
    book = xlsxwriter.Workbook(path)
    head = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for name, frame in tables + [("Answers", answers)]:
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(frame.columns), 24, text)
        rows = frame.values.tolist()
        sheet.add_table(0, 0, len(rows), len(frame.columns) - 1, {"data": rows, "columns": [{"header": str(c), "header_format": head} for c in frame.columns]})
        sheet.freeze_panes(1, 1)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = len(tables[0][1])
    for column, rating in enumerate(RATINGS, 1):
        chart.add_series({"name": rating, "categories": [tables[0][0], 1, 0, last, 0], "values": [tables[0][0], 1, column, last, column],
                          "fill": {"color": FILLS[rating]}})
    book.get_worksheet_by_name(tables[0][0]).insert_chart("H2", chart)
    book.close()


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python3 whole_job.py ROUND OUT")
    round_folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    for folder in ("issued", "charts", "leaders-only"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    originals = sorted((round_folder / "issued").glob("*self-assessment.xlsx"))
    # What is asked is read from one issued workbook: a script would have it in a list.
    headers, _, statements = table_of(originals[0])
    for original in originals:
        issue(out / "issued" / original.name, original.stem.removesuffix(" self-assessment"), headers, statements)
    answers = read_back(sorted((round_folder / "returns").glob("*.xlsx")))
    tables = [(f"By {by.lower()}", by, counted(answers, by)) for by in ("Area", "Ref", "Agency")]
    charts = []
    for name, by, counts in tables:
        chart = out / "charts" / by.lower()
        draw(counts, f"Ratings {name.lower()}", chart)
        charts.append((f"Ratings {name.lower()}", chart))
    heat(answers, out / "charts" / "every-rating")
    charts.append(("Every rating", out / "charts" / "every-rating"))
    presentation(out / "deck.pdf", charts, answers)
    annex(out / "leaders-only" / "annex.pdf", answers)
    analysis(out / "analysis.xlsx", answers, [(name, counts.reset_index()) for name, _, counts in tables])
    answers.to_csv(out / "ratings.csv", index=False)
    print(f"whole job: {len(originals)} agencies in {time.perf_counter() - BEGAN:.2f} s")


main()
