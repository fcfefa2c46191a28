#!/usr/bin/env python3
"""Runs jtai.exe under Wine beside jtai of this system: check.py JTAI JTAI_EXE HOLD_EXE SCRATCH_FOLDER.

The same commands on the same files must write the same bytes and say the same, but for how paths are written. Then what only Windows has:
drive letters, backslashes, names that it keeps for devices, files that other programs hold open, its own time zones, its window."""

import csv
import datetime
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

JTAI, EXE, HOLD, SCRATCH = (Path(argument).resolve() for argument in sys.argv[1:5])
PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "samples"
TODAY = "2026-12-14"
# No answer of a program takes this long.
PATIENCE = 300
# Where files wait that could not be put in their places.
WAITING = "report/.jtai-ready/"
# Windows keeps these for devices.
DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}


class System:
    """One of the two, with a folder of its own to run in."""

    def __init__(self, name, program, **environment):
        self.name, self.program = name, program
        self.folder = SCRATCH / name
        self.home = SCRATCH / f"{name}-home"
        for folder in (self.folder, self.home):
            folder.mkdir(parents=True)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", "TZ": "Europe/London", "RUST_BACKTRACE": "1",
        } | environment

    def start(self, *arguments, program=None, environment=None, **pipes):
        return subprocess.Popen(
            [*(program or self.program), *map(str, arguments)], cwd=self.folder, text=True, encoding="utf-8",
            env=self.environment | (environment or {}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, **pipes,
        )

    def run(self, *arguments, code=(0, 1), today=TODAY, **options):
        """What a command printed, on both streams."""
        day = ("--today", today) if today else ()
        child = self.start(*arguments, *day, stdin=subprocess.DEVNULL, **options)
        out, err = child.communicate(timeout=PATIENCE)
        said = f"{self.name}: jtai {' '.join(map(str, arguments))}: exit code {child.returncode}\n{out}{err}"
        assert child.returncode in code, said
        assert "panicked" not in said and "fault in the program" not in said, said
        assert "\\\\?\\" not in said, f"a path is shown in a form that nobody types: {said}"
        return out, err

    def path(self, *parts):
        """A path in the folder, as the system writes it."""
        return str(self.folder.joinpath(*parts))

    def tree(self, folder):
        """Every file of a folder with its bytes, but for the cache."""
        root = self.folder / folder
        files = (path for path in root.rglob("*") if path.is_file() and ".jtai" not in path.relative_to(root).parts)
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


class Windows(System):
    def path(self, *parts):
        return "Z:" + super().path(*parts).replace("/", "\\")


def same(text):
    """A text of Windows with the paths of this system."""
    return text.replace("\\", "/")


def said(text):
    print(f"  {text}", flush=True)


def compare_trees(folder):
    """That both systems wrote the same files, to the byte."""
    ours, theirs = here.tree(folder), there.tree(folder)
    assert ours.keys() == theirs.keys(), f"{folder}: one system alone has {sorted(ours.keys() ^ theirs.keys())}"
    differ = sorted(name for name in ours if ours[name] != theirs[name])
    assert not differ, f"{folder}: not the same bytes: {differ}"
    for name in theirs:
        for part in name.split("/"):
            stem = part.split(".")[0].strip().lower()
            assert stem not in DEVICES and part == part.rstrip(". ") and not set(part) & set('<>:"|?*\\'), f"{folder}: Windows has no {name}"
    return len(ours)


def both(*arguments, **options):
    """Runs a command on both, and compares what they say. Gives what this system said."""
    ours, theirs = here.run(*arguments, **options), there.run(*arguments, **options)
    for one, other in zip(ours, theirs):
        assert same(one) == same(other), f"jtai {' '.join(map(str, arguments))} does not say the same:\n{one}\n---\n{other}"
    return ours


def copy(source, name):
    """Puts a file into the folders of both, as old as it is."""
    for system in (here, there):
        target = system.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def edit(name, before, after):
    for system in (here, there):
        path = system.folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text, f"{name} has no {before!r}"
        path.write_text(text.replace(before, after), encoding="utf-8", newline="\n")


# ---- the file


def resources():
    """The icon that Explorer shows, and the version in its Properties."""
    listed = subprocess.run(["x86_64-w64-mingw32-windres", "-J", "coff", "-O", "rc", EXE], check=True, capture_output=True)
    text = listed.stdout.decode(errors="replace")
    version = re.search(r'^version = "(.*)"$', (PROJECT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE).group(1)
    numbers = ", ".join([*version.split("-")[0].split("."), "0"])
    for part in ("RT_GROUP_ICON", f"FILEVERSION {numbers}", f'VALUE "FileVersion", "{version}"', 'VALUE "OriginalFilename", "jtai.exe"'):
        assert part in text, f"jtai.exe has no {part} among its resources"
    said(f"jtai.exe has its icon, and the version {version}")


# ---- the same as here


def the_demo():
    both("demo", "a demo é")
    files = compare_trees("a demo é")
    report = here.tree("a demo é/report")
    for name in ("deck.pdf", "deck.pptx", "analysis.xlsx", "data/ratings.csv", "data/ratings.parquet", "leaders-only/annex.pdf", "leaders-only/briefing.pdf"):
        assert len(report[name]) > 1000, f"{name} has {len(report[name])} bytes"
    both("report", "a demo é", "--slides", "full", "--keep", "theme announced", "--dataset", "all rounds")
    both("explain", "police", "a demo é")
    compare_trees("a demo é")
    compare_trees("all rounds")
    said(f"the demo: {files} files, the same to the byte: workbooks, messages, presentation, annex, briefing, data, charts")


def new_round(folder, agencies, today="2026-11-23"):
    both(
        "round", "new", folder, "--theme", "domestic-abuse-2024", "--partnership", "Exampleshire Safeguarding Children Partnership",
        "--agencies", agencies, "--deadline", "2026-12-11", "--contact", "benchmarking@example.org", today=today,
    )
    both("issue", folder, today=today)


def faulty_returns():
    copy(SAMPLES / "exampleshire" / "agencies.csv", "agencies.csv")
    new_round("a faulty round", "agencies.csv")
    faulty = [path for path in sorted((SAMPLES / "returns-faulty").iterdir()) if path.suffix != ".py"]
    alone = 0
    for path in faulty:
        # By itself, where all of it is found, and then with the others, of which one counts.
        copy(path, f"a faulty round/returns/{path.name}")
        alone += len(json.loads(both("collect", "a faulty round", "--json")[0])["findings"])
        for system in (here, there):
            (system.folder / "a faulty round" / "returns" / path.name).unlink()
    for path in faulty:
        copy(path, f"a faulty round/returns/sent in/{path.name}")
    both("collect", "a faulty round", "--all")
    findings = json.loads(both("collect", "a faulty round", "--json")[0])["findings"]
    by_code = {}
    for finding in findings:
        by_code.setdefault(finding["code"], finding)
    for code, decision in {
        "not-a-workbook": ("--set-aside",), "rating-unreadable": ("--as", "Amber"), "date-unreadable": ("--as", "2027-04-01"),
    }.items():
        both("settle", by_code[code]["reference"], "a faulty round", *decision, "--by", "M Hill", "--why", "phoned the lead")
    both("explain", by_code["rating-unreadable"]["reference"], "a faulty round")
    both("queries", "a faulty round")
    both("sent", "a faulty round", "--what", "questions")
    both("report", "a faulty round", "--all")
    both("status", "a faulty round")
    files = compare_trees("a faulty round")
    said(f"{len(faulty)} faulty returns: {alone} findings one by one, {len(findings)} together, three of them settled, and {files} files, the same")


# ---- pages


class Pages:
    """A jtai that serves pages, and a browser that was let in."""

    def __init__(self, system, *arguments):
        self.system = system
        self.child = system.start("open", *arguments, "--no-browser", "--today", TODAY, stdin=subprocess.DEVNULL)
        address = self.child.stdout.readline().strip()
        found = re.fullmatch(r"http://(127\.0\.0\.1:\d+)(/[0-9a-f]+)(/start/[0-9a-f]+)", address)
        assert found, f"{system.name}: {address!r} is not the address of pages: {self.child.stderr.read() if not address else ''}"
        self.authority, self.base, start = found.groups()
        status, headers, _ = self.ask("GET", start)
        assert status == 303, f"{system.name}: a new address gives {status}"
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.first = headers["Location"].removeprefix(self.base)

    def ask(self, method, path, fields=None):
        connection = http.client.HTTPConnection(self.authority, timeout=PATIENCE)
        headers = {"Cookie": getattr(self, "cookie", ""), "Origin": f"http://{self.authority}"}
        body = None
        if fields is not None:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        connection.request(method, self.base + path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def get(self, path):
        status, headers, body = self.ask("GET", path)
        if status == 303:
            return self.get(headers["Location"].removeprefix(self.base))
        assert status == 200, f"{self.system.name}: {path} gives {status}"
        return body

    def pages(self):
        """Every page and picture of the round that links lead to, by its address, with what is different at each start taken out."""
        seen, waiting, key = {}, [self.first], self.first.split("/")[2]
        while waiting:
            path = waiting.pop(0)
            if path in seen:
                continue
            body = self.get(path)
            try:
                text = body.decode()
            except UnicodeDecodeError:
                seen[path] = body
                continue
            waiting += [link for link in re.findall(f'(?:href|src)="{self.base}([^"#]*)"', text) if link]
            for pattern in (r'(name="token" value=)"[^"]*"', r'(data-seen=)"[^"]*"'):
                text = re.sub(pattern, r"\1", text)
            seen[path] = text.replace(self.base, "").replace(self.system.path(), "FOLDER")
        return {path.replace(key, "ROUND"): body if isinstance(body, bytes) else same(body.replace(key, "ROUND")) for path, body in seen.items()}

    def press(self, page, action, **fields):
        """Presses the button of a page that sends a form to an address. Gives where it leads, and what it shows."""
        form = next(form for form in self.get(page).decode().split("<form ") if f'action="{self.base}{action}"' in form)
        token = re.search(r'name="token" value="([^"]*)"', form).group(1)
        status, headers, body = self.ask("POST", action, {"token": token} | fields)
        assert status in (200, 303), f"{self.system.name}: {action} gives {status}: {body.decode()}"
        return (headers["Location"] or "").removeprefix(self.base), body.decode()

    def stop(self):
        _, body = self.press("", "/stop")
        assert "jtai has stopped" in body, body
        self.child.communicate(timeout=60)
        assert self.child.returncode == 0, f"{self.system.name}: it stops with {self.child.returncode}"


def the_pages():
    served = [Pages(system, system.path("a demo é")) for system in (here, there)]
    ours, theirs = (pages.pages() for pages in served)
    assert ours.keys() == theirs.keys(), f"one system alone has the pages {sorted(ours.keys() ^ theirs.keys())}"
    for path in ours:
        assert ours[path] == theirs[path], f"the page {path} is different:\n{ours[path]}\n---\n{theirs[path]}"
    # A second start finds the first.
    address, running = there.run("open", "--no-browser", today=None)[0].splitlines()
    assert served[1].authority in address and "already running" in running, f"{address} {running}"
    # A button does what the command does.
    for pages in served:
        running, _ = pages.press(pages.first, f"{pages.first}/do/report")
        for _ in range(PATIENCE * 5):
            if "data-waiting" not in pages.get(running).decode():
                break
            time.sleep(0.2)
        pages.stop()
    compare_trees("a demo é")
    # It lets go of what says that it runs, so that the next one is the first again.
    again = Pages(there)
    assert again.first == "", f"the page of all rounds is {again.first}"
    assert "Exampleshire" in again.get("").decode(), "the round that was opened is not listed"
    again.stop()
    said(f"jtai open: {len(ours)} pages, pictures and files, the same; a second start finds the first, Stop stops it")


def control_c():
    """Ctrl+C ends it at once, and what said that it runs is free again."""
    pages = Pages(there)
    pages.child.send_signal(signal.SIGINT)
    pages.child.communicate(timeout=60)
    again = Pages(there)
    assert again.authority != pages.authority
    again.stop()
    said("Ctrl+C ends it, and the next start is not kept waiting")


# ---- what only Windows has


def paths():
    status = there.run("status", "a demo é")
    drive = prefix / "dosdevices" / "r:"
    drive.symlink_to(there.folder / "a demo é")
    for written in (there.path("a demo é"), there.path("a demo é") + "\\", there.path("a demo é").replace("\\", "/"), ".\\a demo é", "R:\\", "R:", "r:/."):
        assert there.run("status", written)[0].splitlines()[0] == status[0].splitlines()[0], f"status {written}"
    # What it tells people to type can be typed, and no path has both kinds of slashes.
    for words in (there.run("report", there.path("a demo é")), there.run("collect", "R:\\"), there.run("demo", there.path("new", "demo"))):
        for line in "".join(words).splitlines():
            mixed = re.search(r"[A-Za-z]:\\[^\"<>|]*?\\[^\"<>| ]*/", line)
            assert not mixed, f"a path with both kinds of slashes: {line}"
    there.run("explain", "police", "R:\\")
    drive.unlink()
    said("paths with backslashes, slashes and drive letters, of a mapped drive, with accents")


def names():
    """An agency may be called anything; its files never are."""
    odd = ["Con", "NUL", "Aux", "com1", "Ynys Môn: care / health", "Ends in a stop.", "Trailing blank ", "a\"b<c>d|e?f*g", "x" * 100]
    rows = [["agency", "group", "contact", "email"], *([name, "EDU", "A Person", f"a{at}@example.org"] for at, name in enumerate(odd))]
    for system in (here, there):
        with open(system.folder / "odd.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    new_round("odd names", "odd.csv")
    compare_trees("odd names")
    issued = [name for name in there.tree("odd names/issued") if name.endswith(".xlsx")]
    assert len(issued) == len(odd), issued
    both("report", "odd names", "--keep", "NUL", code=(2,))
    for name in ("con", "aux.", "..", "x\\y"):
        both("theme", "show", name, code=(2,))
    both("report", "odd names", "--keep", "Stops at the end...")
    compare_trees("odd names")
    said(f"{len(odd)} agencies whose names Windows could not have as files: each has its workbook")


def long_paths():
    """Longer than the 260 characters that programs had once."""
    deep = Path(*(f"{'a long name é ' * 4}{number}" for number in range(8)))
    for system in (here, there):
        (system.folder / deep).mkdir(parents=True)
    assert len(there.path(str(deep))) > 400
    both("demo", str(deep / "demo"))
    compare_trees(deep / "demo")
    both("report", str(deep / "demo"), "--keep", "long")
    compare_trees(deep / "demo")
    there.run("status", there.path(str(deep / "demo")))
    said(f"a folder whose path has {len(there.path(str(deep)))} characters")


class Held:
    """A file that a program holds open."""

    def __init__(self, path, shared):
        self.child = there.start(shared, "Z:" + str(path).replace("/", "\\"), program=["wine", str(HOLD)], stdin=subprocess.PIPE)
        line = self.child.stdout.readline().strip()
        assert line == "held", f"{path}: {line}{self.child.stderr.read()}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.stdin.close()
        assert self.child.wait(60) == 0


def held_files():
    """Nothing is lost, and the file is named with what to do."""
    shutil.copytree(there.folder / "a demo é", there.folder / "held")
    before = there.tree("held")
    for name in ("report/deck.pdf", "report/analysis.xlsx", "report/leaders-only/annex.pdf", "report/manifest.json"):
        for shared in ("none", "read", "read-write"):
            with Held(there.folder / "held" / name, shared):
                # A different day gives different files.
                _, err = there.run("report", "held", "--slides", "short", today="2026-12-16", code=(2,))
            assert Path(name).name in err and "close it" in err, f"{name}, {shared}: {err}"
            left = there.tree("held")
            # What is ready and has no place yet waits for the next command.
            changed = sorted(
                name for name in left.keys() | before.keys()
                if left.get(name) != before.get(name) and not name.startswith(("record/", WAITING))
            )
            assert not changed, f"{name}, {shared}: {changed} changed"
    with Held(there.folder / "held" / "choices.xlsx", "read"):
        _, err = there.run("report", "held", today="2026-12-16", code=(0, 1, 2))
        assert (there.folder / "held" / "choices.xlsx").read_bytes() == before["choices.xlsx"], err
    # A return: the others are read, and this one is once it is closed.
    name = next(name for name in sorted(before) if name.startswith("returns/"))
    whole = there.run("collect", "held", "--all")
    shutil.rmtree(there.folder / "held" / ".jtai")
    with Held(there.folder / "held" / name, "none"):
        out, err = there.run("collect", "held", "--all")
    assert f"{name}: it is open in a program" in same(out + err), out + err
    assert there.run("collect", "held", "--all")[0].splitlines()[-1] == whole[0].splitlines()[-1], "the return is not read again"
    there.run("report", "held", today="2026-12-16")
    after = there.tree("held")
    assert after[name] == before[name]
    assert not any(name.startswith(WAITING) for name in after), "what waited is still there"
    said("files that another program holds open: named, with what to do; nothing written by halves, nothing lost")


def the_day():
    """The day is that of the computer's own time zone: these two have never the same."""
    shutil.copytree(there.folder / "a demo é", there.folder / "days")
    # With a deadline of its own it is not the sample round, which has a day of its own.
    settings = there.folder / "days" / "round.toml"
    text = settings.read_text(encoding="utf-8")
    assert "deadline = 2026-12-11" in text
    settings.write_text(text.replace("deadline = 2026-12-11", "deadline = 2026-12-18"), encoding="utf-8", newline="\n")
    days = set()
    for zone, hours in (("Pacific/Kiritimati", 14), ("Etc/GMT+12", -12)):
        day = str((datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)).date())
        there.run("sent", "police", "days", "--what", "workbook", today=None, environment={"TZ": zone})
        noted = "".join(text.decode() for name, text in there.tree("days").items() if name.startswith("record/") and day in name + text.decode())
        assert noted, f"{zone}: nothing on record of {day}"
        days.add(day)
    assert len(days) == 2
    said("the day is that of the computer's time zone")


here = System("here", [str(JTAI)])
there = Windows(
    "there", ["wine", str(EXE)], WINEPREFIX=str(SCRATCH / "prefix"), WINEDEBUG="-all", WINEDLLOVERRIDES="mscoree,mshtml=",
)
prefix = SCRATCH / "prefix"


def main():
    started = time.monotonic()
    there.start("-i", program=["wineboot"], stdin=subprocess.DEVNULL).communicate(timeout=PATIENCE)
    version = subprocess.run(["wine", "--version"], env=there.environment, capture_output=True, text=True).stdout.strip()
    # Wine's accounts have the name of this system's.
    here.environment["USERNAME"] = subprocess.run(
        ["wine", "cmd", "/c", "echo %USERNAME%"], env=there.environment, capture_output=True, text=True
    ).stdout.strip()
    said(f"{version}; {there.run('--version', today=None)[0].strip()}")
    try:
        for check in (resources, the_demo, faulty_returns, the_pages, control_c, paths, names, long_paths, held_files, the_day):
            check()
    finally:
        # The programs of this prefix, and no others.
        subprocess.run(["wineserver", "-k"], env=there.environment)
    said(f"in {time.monotonic() - started:.0f} seconds")


if __name__ == "__main__":
    main()
