#!/usr/bin/env python3
"""Makes a round with a filled return of every agency: filled_round.py JTAI THEME AGENCIES ROUND. THEME is an id or a theme file.

The issued workbooks are filled in by writing into their parts as Excel does: ratings and texts go to the end of the shared
strings, dates become day numbers. Nothing is left to chance, so two runs give the same answers.
"""

import csv
import random
import re
import subprocess
import sys
import zipfile
from html import escape, unescape
from pathlib import Path

TODAY = "2026-11-23"

# {n} and {m} become numbers, {team} and {when} words, so that hardly any text is in two returns: no reader gains by what it has seen.
WELL = [
    "Referrals to {team} are screened within {n} working days, and the duty manager looks at every decision.",
    "Practitioners in {team} know the thresholds well. Supervision is monthly and {m} per cent of its records are up to date.",
    "The daily meeting of partners has met on {m} of 90 days since {when}; police, health and social care are always there.",
    "Children are seen alone and their wishes are in the record; our audit of {m} files in {when} found this in all but {n}.",
    "Training on neglect reached {m} staff of {team} by the end of {when}, and what they learnt is tested afterwards.",
    "Information is shared quickly. Schools say that they hear back from {team} on {m} per cent of contacts.",
    "Parents told the review of {team} in {when} that they understand what is asked of them & why.",
]
WORRIED = [
    "Waiting times for {team} have risen from {n} to {m} weeks since {when}.",
    "Out of hours, {team} sometimes writes the record of a conversation only on the next day.",
    "Fathers are less often part of plans than mothers; in {n} of {m} files nobody in {team} had spoken to them.",
    "Our {team} has had {n} vacancies since {when}, and agency staff do not always know local pathways.",
    "Strategy discussions don't always have a partner from {team}, so {m} decisions waited for information.",
    "We cannot yet show whether children are safer afterwards: the data of {team} stop when a case closes.",
]
NEXT = [
    "Agree one form for sharing information with {team} and audit its use in {when}.",
    "Recruit to the {n} vacant posts in {team} and give every new starter a local induction.",
    "Bring the voice of fathers into the audit tool of {team} and report on it from {when}.",
    "Put a health practitioner into {team} on each weekday, and evaluate after {m} weeks.",
    "Ask {team} to follow up a sample of {m} closed cases after a year, beginning in {when}.",
]
EVIDENCE = [
    "Multi-agency audit, {when} 2026, {m} files; SharePoint, folder Audits 2026, {team}.",
    "Performance report of {team}, quarter 2 2026-27, page {m}.",
    "Survey of parents by {team}, {when} 2026, {m} replies.",
    "Minutes of the operational group, {n} {when} 2026; kept by {team}.",
]
TEAMS = ["the front door", "early help", "the duty team", "the assessment service", "school nursing", "youth work", "the night team",
         "family support", "the referral unit", "the long-term team", "health visiting", "the participation team"]
MONTHS = ["January", "February", "March", "April", "June", "July", "September", "October", "November"]
LEADS = ["head of service", "named nurse", "detective inspector", "designated safeguarding lead", "quality manager"]
GROUPS = ["LA", "POL", "HLT", "PRB", "YJS", "EDU", "VCS", "LED"]
RATINGS = ["Green", "Green", "Amber", "Amber", "Amber", "Red"]
SIGN_OFF = {
    "Completed by (name and role)": "quality manager",
    "Approved by (name and role)": "Drew Example, director of services",
    "Approved on (date)": 46360,
}


def said(chance, sentences, count=1):
    """Some of the sentences with their gaps filled."""
    gaps = lambda: {"n": chance.randrange(2, 12), "m": chance.randrange(12, 90), "team": chance.choice(TEAMS), "when": chance.choice(MONTHS)}
    return " ".join(sentence.format(**gaps()) for sentence in chance.sample(sentences, count))


def answer(chance, header):
    """What an agency writes under a header; nothing under those that most rows leave empty."""
    words = header.lower()
    if words == "our rating":
        return chance.choice(RATINGS)
    if "working well" in words:
        return said(chance, WELL, chance.choice([1, 2, 2]))
    if "worried about" in words:
        return said(chance, WORRIED, chance.choice([1, 2, 2]))
    if "needs to happen" in words:
        return said(chance, NEXT, chance.choice([1, 2]))
    if "will lead" in words:
        return chance.choice(LEADS)
    if words == "by when":
        return 46400 + chance.randrange(120)
    if "what shows this" in words:
        return said(chance, EVIDENCE)
    return None


def texts_of(strings):
    return ["".join(map(unescape, re.findall(r"<t[^>]*>([^<]*)</t>", item))) for item in re.findall(r"<si>.*?</si>", strings, re.S)]


def put(sheet, at, value, added, count):
    """Writes a value into a cell that is there, empty or not, and keeps its format."""
    if isinstance(value, int):
        cell = lambda style: f'<c r="{at}"{style}><v>{value}</v></c>'
    else:
        index = added.setdefault(value, count + len(added))
        cell = lambda style: f'<c r="{at}"{style} t="s"><v>{index}</v></c>'
    old = re.compile(rf'<c r="{at}"( s="\d+")?(?:/>|[^>]*>.*?</c>)')
    sheet, replaced = old.subn(lambda found: cell(found.group(1) or ""), sheet, count=1)
    if not replaced:
        sys.exit(f"the cell {at} is not in the issued workbook")
    return sheet


def fill(issued, returned, chance):
    """Fills in one issued workbook."""
    with zipfile.ZipFile(issued) as package:
        parts = [(info, package.read(info)) for info in package.infolist()]
    by_name = {info.filename: at for at, (info, _) in enumerate(parts)}
    text = lambda name: parts[by_name[name]][1].decode()
    names = re.findall(r'<sheet name="([^"]*)"', text("xl/workbook.xml"))
    part_of = {unescape(name): f"xl/worksheets/sheet{at}.xml" for at, name in enumerate(names, 1)}
    strings = text("xl/sharedStrings.xml")
    known, added = texts_of(strings), {}
    cells = lambda sheet: re.findall(r'<c r="([A-Z]+)(\d+)"[^>]*t="s"[^>]*><v>(\d+)</v>', sheet)
    table = text(part_of["Self-assessment"])
    held = [(column, int(row), known[int(index)]) for column, row, index in cells(table)]
    head = next(row for column, row, said in held if column == "A" and said == "Ref")
    headers = {column: said for column, row, said in held if row == head}
    rows = [row for column, row, _ in held if column == "A" and row > head]
    for row in rows:
        for column, header in headers.items():
            value = answer(chance, header)
            if value is not None:
                table = put(table, f"{column}{row}", value, added, len(known))
    start = text(part_of["Start here"])
    for column, row, index in cells(start):
        value = SIGN_OFF.get(known[int(index)])
        if column == "A" and value is not None:
            start = put(start, f"B{row}", value, added, len(known))
    items = "".join(f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in added)
    strings = strings.replace("</sst>", items + "</sst>")
    strings = re.sub(r'uniqueCount="\d+"', f'uniqueCount="{len(known) + len(added)}"', strings, count=1)
    fresh = {part_of["Self-assessment"]: table, part_of["Start here"]: start, "xl/sharedStrings.xml": strings}
    with zipfile.ZipFile(returned, "w", zipfile.ZIP_DEFLATED) as package:
        for info, content in parts:
            package.writestr(info, fresh[info.filename] if info.filename in fresh else content, zipfile.ZIP_DEFLATED)


def theme_of(statements, file):
    """Writes a theme of so many invented statements in four areas, each asked of everybody."""
    lines = ['format = 1', 'title = "A theme to measure with"', 'status = "own"', 'completeness = "Invented."', 'checked_by = "A"',
             'checked_on = 2026-11-20', f'groups_in_scope = {GROUPS}', '[framework]', 'title = "F"', 'publisher = "P"']
    for at in range(statements):
        if at % max(1, statements // 4) == 0:
            lines += ['[[area]]', f'id = "{at}"', f'title = "Area {at} of the framework"']
        lines += ['[[area.criterion]]', f'id = "T-{at}"', 'basis = "S"', 'groups = ["ALL"]', f'source = "Framework, section {at}"',
                  f'text = "Agencies act together, and quickly, when a child first needs them, and each can say what it did ({at})."']
    Path(file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def make(jtai, theme, agencies, round_folder):
    """Makes the round, issues, and fills in every workbook."""
    round_folder = Path(round_folder)
    listed = round_folder.with_suffix(".csv")
    with listed.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["agency", "group", "contact", "e-mail"])
        for at in range(agencies):
            out.writerow([f"Sample Agency {at + 1:04}", GROUPS[at % len(GROUPS)], f"Lead {at + 1}", f"lead@agency{at + 1}.example"])
    run = lambda *words: subprocess.run([jtai, *words, "--today", TODAY], check=True, stdout=subprocess.DEVNULL)
    run("round", "new", str(round_folder), "--theme", theme, "--partnership", "Example Partnership", "--agencies", str(listed),
        "--deadline", "2026-12-11", "--contact", "unit@partnership.example")
    run("issue", str(round_folder))
    fill_all(round_folder)


def save_again(returned):
    """Saves a return with the same content and other bytes: a comment at the end of the zip that counts up."""
    with zipfile.ZipFile(returned, "a") as package:
        package.comment = str(int(package.comment or b"0") + 1).encode()


def fill_all(round_folder):
    """Fills in what was issued."""
    chance = random.Random(20261123)
    for issued in sorted((round_folder / "issued").glob("*.xlsx")):
        fill(issued, round_folder / "returns" / issued.name, chance)


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
