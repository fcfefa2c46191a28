// An officer's way through the pages, in headless Chromium: once with the mouse, once with keys alone, once without script;
// and what a page elsewhere in the same browser can do to them, which is nothing.
//
//   node journey.mjs PROGRAM FOLDER-FOR-SCREENSHOTS [mouse|keys|no-script|elsewhere]
//
// Pages are found by their roles and labels, as a person and a screen reader find them. Every page is checked with axe-core
// (WCAG 2.2 AA) and looked at for sideways scrolling at three sizes; whatever a page must not do is listed at the end, and the exit code is 1.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [program, shots, only] = process.argv.slice(2);
if (!program || !shots) {
  console.error("node journey.mjs PROGRAM FOLDER-FOR-SCREENSHOTS [mouse|keys|no-script|elsewhere]");
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const samples = path.resolve(here, "../../samples");
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TODAY = "2026-12-14";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// A laptop, a projector, and a laptop at twice the size.
const SIZES = [{ width: 1366, height: 768 }, { width: 1024, height: 768 }, { width: 683, height: 384 }];
// Two that come back with faults: one with ratings that are none, one with a text that names a child.
const FAULTY = ["ratings that are none.xlsx", "a child.xlsx"].map((name) => path.join(samples, "returns-faulty", name));
// What the officer writes for a slide, and who approves the presentation.
const WORDS = "We need to hear from children sooner";
const DIRECTOR = "Jo Fictional, Director";
// Who approved a return, as its agency said on the telephone.
const SIGNED_BY = "B Example, chief officer, 11 December 2026";
// The names of the fields on the pages of choices.
const FIELD = { order: "Order on the slide", words: "Wording on the slide", by: "Presentation approved by (name and role)", on: "Approved on", code: /^Code approved/ };

// A framework as it is copied from its page.
const FRAMEWORK = path.join(samples, "drafts", "frameworks", "given-pasted.txt");

fs.rmSync(shots, { recursive: true, force: true });
fs.mkdirSync(shots, { recursive: true });

const faults = [];
const fault = (where, what) => {
  faults.push(`${where}: ${what}`);
  console.log(`  FAULT ${where}: ${what}`);
};

// ---- the program and a browser of its own

/** Starts jtai in an empty home, and opens its address in a new browser context. */
async function start(browser, label, options = {}) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "jtai-journey-"));
  const child = spawn(program, ["open", "--no-browser", "--today", TODAY], {
    env: { HOME: home, PATH: process.env.PATH, LANG: "C.UTF-8" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  child.stderr.resume();
  let said = "";
  child.stdout.setEncoding("utf8");
  while (!said.includes("\n")) {
    const [piece] = await Promise.race([once(child.stdout, "data"), ended.then(() => { throw new Error("jtai ended at once"); })]);
    said += piece;
  }
  child.stdout.resume();
  const address = said.split("\n")[0];
  if (!/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/start\/[0-9a-f]{64}$/.test(address)) fault(label, "the first line is not the address");
  const context = await browser.newContext({ viewport: SIZES[0], locale: "en-GB", ...options });
  const page = await context.newPage();
  // Nothing of a page may be refused by its own policy, be missing, or come from elsewhere.
  page.on("console", (message) => {
    // A form that comes back with what is wrong is answered with 422, and is a page like any other.
    if (/status of 422/.test(message.text())) return;
    if (message.type() === "error" || /Content Security Policy/i.test(message.text())) {
      fault(label, `the browser says: ${message.text()} (${new URL(message.location().url || page.url()).pathname.replace(/[0-9a-f]{32}/, "…")})`);
    }
  });
  page.on("pageerror", (error) => fault(label, `the script fails: ${error.message}`));
  const origin = new URL(address).origin;
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|about|blob):/.test(request.url())) fault(label, "asks for something from elsewhere");
  });
  await page.goto(address);
  return { home, child, ended, address, context, page };
}

/** Ends the program with its own button, and clears up. */
async function stop(run, label) {
  const { page, child, ended, home, context } = run;
  await page.getByRole("button", { name: "Stop jtai" }).click();
  await page.getByRole("heading", { level: 1, name: "jtai has stopped" }).waitFor();
  const end = await Promise.race([ended, new Promise((resolve) => setTimeout(() => resolve(null), 10_000))]);
  if (end === null) {
    fault(label, "jtai still runs 10 seconds after Stop");
    child.kill();
  } else if (end[0] !== 0) fault(label, `jtai ended with ${end[0] ?? end[1]}`);
  await context.close();
  fs.rmSync(home, { recursive: true, force: true });
}

/** Waits until what was just started has ended. */
async function done(page) {
  await page.waitForURL(/\/running\/[0-9a-f]+$/, { timeout: 30_000 });
  await page.waitForFunction(() => document.body && !document.body.dataset.waiting, null, { timeout: 120_000 });
  await page.waitForLoadState("load");
}

// ---- what every page must be

let shot = 0;

/** Looks at the page that is open: axe, sizes, pictures, screenshots. */
async function look(page, name) {
  await page.waitForLoadState("load");
  console.log(`  ${name}`);
  const number = String(++shot).padStart(2, "0");
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      if (document.scrollingElement.scrollWidth <= room) return null;
      // What stands out, unless it is in a box that scrolls by itself.
      const scrolls = (one) => one && (/(auto|scroll|hidden)/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
      const out = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > room + 1 && !scrolls(one.parentElement));
      return `${document.scrollingElement.scrollWidth} px, ${out ? `${out.tagName.toLowerCase()} “${out.textContent.trim().slice(0, 50)}”` : "?"}`;
    });
    if (wide) fault(name, `scrolls sideways at ${size.width}x${size.height}: ${wide}`);
    await page.screenshot({ path: path.join(shots, `${number}-${name.replaceAll(/[^a-z0-9]+/gi, "-")}-${size.width}.png`), fullPage: true });
  }
  // At both ends of the sizes: what is folded away on one may be wrong on the other.
  for (const size of [SIZES[2], SIZES[0]]) {
    await page.setViewportSize(size);
    await page.evaluate(axe);
    const result = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), RULES);
    for (const one of result.violations) {
      const nodes = one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
      fault(name, `axe at ${size.width}: ${one.id}: ${one.help} (${one.nodes.length}: ${nodes})`);
    }
  }
  const state = await page.evaluate(() => ({
    headings: document.querySelectorAll("h1").length,
    lang: document.documentElement.lang,
    title: document.title,
    broken: [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).length,
    inAddress: decodeURIComponent(location.href),
    text: document.body.innerText,
  }));
  if (state.headings !== 1) fault(name, `${state.headings} first headings`);
  if (state.lang !== "en-GB") fault(name, `the language is “${state.lang}”`);
  if (!state.title.trim()) fault(name, "no title");
  if (state.broken) fault(name, `${state.broken} pictures that do not load`);
  // A sheet of choices is called "Children told us".
  if (/\.xlsx|police|child|exampleshire/i.test(state.inAddress.replace("children-told-us", ""))) fault(name, "a name is in the address");
  // Commands are for those who type; what only a program says is for nobody.
  const typed = state.text.match(/`jtai [^`]*`|\s--[a-z][a-z-]+/);
  if (typed) fault(name, `tells people what to type: ${typed[0].trim()}`);
  const raw = state.text.match(/\b(undefined|null|NaN|Some\(|None\)|Err\()/);
  if (raw) fault(name, `shows “${raw[0]}”`);
  return state;
}

const link = (page, name, options = {}) => page.getByRole("link", { name, ...options });
const button = (page, name, options = {}) => page.getByRole("button", { name, ...options });
const nav = (page, name) => page.getByRole("navigation", { name: "This round" }).getByRole("link", { name, exact: true });

/** Fails with the page's own words where a step did not come where it should. */
async function at(page, where, heading) {
  const title = page.getByRole("heading", { level: 1 });
  await title.waitFor({ timeout: 30_000 });
  const text = (await title.innerText()).trim();
  const fits = heading instanceof RegExp ? heading.test(text) : text === heading;
  if (!fits) {
    const main = (await page.locator("body").innerText()).slice(0, 800);
    throw new Error(`${where}: expected the page “${heading}”, got “${text}”:\n${main}`);
  }
}

/** Fails where the page of the presentation that is open is not this one. */
async function atSlide(page, where, number) {
  const caption = page.locator("main .caption");
  await caption.filter({ hasText: new RegExp(`^Page ${number} of`) }).waitFor({ timeout: 30_000 }).catch(() => {});
  const text = (await caption.allInnerTexts()).join();
  if (!text.startsWith(`Page ${number} of`)) throw new Error(`${where}: expected page ${number}, got “${text}”:\n${(await page.locator("body").innerText()).slice(0, 800)}`);
  return Number(text.match(/of (\d+)/)[1]);
}

// ---- with the mouse

async function withMouse(browser) {
  console.log("with the mouse");
  const run = await start(browser, "mouse");
  const { page, home } = run;
  await at(page, "start", "Rounds on this computer");
  await look(page, "rounds, none yet");

  // A folder that is none.
  await page.getByLabel("The round's folder").fill(path.join(home, "nothing"));
  await button(page, "Add this round").click();
  await at(page, "a wrong folder", "Rounds on this computer");
  await page.getByRole("alert").first().waitFor();
  if (!(await page.evaluate(() => document.activeElement?.getAttribute("role") === "alert"))) fault("a wrong folder", "nobody is led to what went wrong");
  await look(page, "rounds, a wrong folder");

  await newRound(page);

  // The sample round.
  await page.goto(new URL(await home_(page), page.url()).href);
  await button(page, "Make the sample round").click();
  await at(page, "the sample", /Making the sample round|Done/);
  await done(page);
  await at(page, "the sample", "Done");
  await look(page, "sample made");
  await link(page, "Go to the round").click();
  await at(page, "the round", /Exampleshire/);
  await look(page, "round");

  await files(page);
  await returns(page);
  await findings(page);
  await messages(page);
  await report(page);
  await slides(page);
  await forget(page);
  await settings(page);
  await nextRound(page);
  await themes(page);

  await page.goto(new URL(await home_(page), page.url()).href);
  await at(page, "rounds", "Rounds on this computer");
  await look(page, "rounds, with the sample");

  // The address works once, and a wrong one leads to a plain page.
  const again = await page.context().newPage();
  for (const [name, address] of [["the address a second time", run.address], ["no such page", page.url() + "/nothing"]]) {
    await again.goto(address);
    const heading = await again.getByRole("heading", { level: 1 }).innerText();
    console.log(`  ${name}: ${heading}`);
    if (name === "no such page" && !(await link(again, /^Back to/).count())) fault(name, "has no way back");
    await look(again, name);
  }
  await again.close();
  await stop(run, "mouse");
}

/** The address of the first page, from its link. */
async function home_(page) {
  return page.getByRole("banner").getByRole("link", { name: "jtai" }).getAttribute("href");
}

/**
 * A round of the officer's own: made by the form, its workbooks written, eleven returns dropped of which two are faulty, one settled, one replaced.
 * It is the sample's, so that the sample's returns belong to it.
 */
async function newRound(page) {
  await page.goto(new URL(await home_(page), page.url()).href);
  await link(page, "Make a new round").click();
  await at(page, "a new round", "A new round");
  await look(page, "new round, empty");
  await button(page, "Make this round").click();
  await at(page, "a new round, sent empty", "A new round");
  await page.getByRole("alert").first().waitFor();
  await look(page, "new round, sent empty");
  const named = await page.getByRole("alert").first().getByRole("link").allInnerTexts();
  if (named.length !== 3) fault("a new round, sent empty", `names ${named.length} things that are missing`);
  await page.getByRole("alert").first().getByRole("link").nth(1).click();
  if ((await page.evaluate(() => document.activeElement?.id)) !== "partnership") fault("a new round, sent empty", "a fault does not lead to its field");
  const theme = page.getByLabel("The theme", { exact: true });
  const label = (await theme.locator("option").allInnerTexts()).find((one) => /victims of domestic abuse/i.test(one));
  await theme.selectOption({ label });
  await page.getByLabel("The partnership's name").fill("Exampleshire Safeguarding Children Partnership");
  await page.getByLabel("When returns are due").fill("2026-12-11");
  await page.getByLabel("The first day of fieldwork").fill("2027-01-11");
  await page.getByLabel("Whom agencies ask").fill("benchmarking@example.org");
  await page.getByLabel("Who decides for the business unit").fill("M Hill");
  const agencies = [["Exampleshire Police", "POL", "Robin Sample", "public.protection@police.example"], ["Exampleshire Youth Justice Service", "YJS", "Kit Invented", "youth.justice@council.example"]];
  await page.getByLabel("Or paste them from a spreadsheet").fill(agencies.map((one) => one.join("\t")).join("\n"));
  await look(page, "new round, filled in");
  await button(page, "Make this round").click();
  await at(page, "the new round", /Exampleshire/);
  await look(page, "new round made");
  const folder = (await page.getByText(/This round is in the folder/).innerText()).match(/folder (\/.*)$/)?.[1];
  if (!folder) throw new Error("the new round: its folder is not named");
  await nav(page, "Findings").click();
  await look(page, "findings, nothing issued");
  await nav(page, "Presentation").click();
  await look(page, "presentation, nothing issued");

  // The officer has a list of twelve, with the ids that the sample's returns have.
  const sample = fs.mkdtempSync(path.join(os.tmpdir(), "jtai-journey-list-"));
  execFileSync(program, ["demo", path.join(sample, "demo"), "--today", TODAY], { stdio: "ignore" });
  fs.copyFileSync(path.join(sample, "demo", "agencies.xlsx"), path.join(folder, "agencies.xlsx"));
  fs.rmSync(sample, { recursive: true });
  await nav(page, "Overview").click();
  await button(page, "Write the workbooks").first().click();
  await done(page);
  await at(page, "issue", "Done");
  await look(page, "workbooks written");
  await link(page, "Look at the messages and send them").click();
  await at(page, "its messages", "Messages");
  await look(page, "messages of a new round");

  await nav(page, "Returns").click();
  await look(page, "returns, none yet");
  const returned = path.join(samples, "exampleshire", "returns");
  const names = fs.readdirSync(returned, { recursive: true }).filter((name) => /\.(xlsx|xls|ods)$/.test(name));
  const files = names.map((name) => path.join(returned, name));
  // The police send ratings that are none; the schools have written two ratings into one cell.
  const faulty = files.map((file) => (/police/i.test(file) ? FAULTY[0] : file));
  if (files.length !== 11 || !faulty.includes(FAULTY[0])) fault("eleven returns", `the sample has ${files.length}`);
  await take(page, faulty);
  await look(page, "eleven returns came in");
  const main = await page.getByRole("main").innerText();
  if (!/11 of 12 agencies have returned/.test(main)) fault("eleven returns", main.slice(0, 300));
  await nav(page, "Findings").click();
  await look(page, "findings of eleven returns");
  const toFix = async () => Number((await page.getByRole("heading", { name: /^To fix/ }).innerText().catch(() => "(0)")).match(/\d+/)?.[0] ?? 0);
  const before = await toFix();
  await decide(page, /two ratings/);
  await link(page, "Go to the findings").click();
  const settled = await toFix();
  if (settled !== before - 1) fault("settle one", `${before} to fix before, ${settled} after`);
  // The police send a better one.
  await nav(page, "Returns").click();
  await take(page, files.filter((file) => /police/i.test(file)));
  await nav(page, "Findings").click();
  await look(page, "findings, one settled and one replaced");
  const after = await toFix();
  if (after >= settled) fault("replace one", `${settled} to fix before, ${after} after`);
  await nav(page, "Overview").click();
  await button(page, "Make the presentation").first().click();
  await done(page);
  await at(page, "the presentation of the new round", "Done");
  await link(page, "Look at the presentation").click();
  await atSlide(page, "slides of the new round", 1);
  await look(page, "first page of the new round");
  await approveReturn(page);
  await settleTheRest(page);
  await chooseWords(page);
  await approve(page);
  await nav(page, "Overview").click();
  await button(page, "Make the presentation").first().click();
  await done(page);
  await at(page, "the approved presentation", "Done");
  const approved = await page.getByRole("main").innerText();
  if (!approved.includes(DIRECTOR) || /draft/i.test(approved)) fault("the approved presentation", approved.slice(0, 300));
  await look(page, "approved presentation made");
  await link(page, "Look at the presentation").click();
  const count = await atSlide(page, "slides of the approved presentation", 1);
  if (!(await page.getByText("The files are as shown here.").count())) fault("slides of the approved presentation", "its files are not as shown");
  for (let number = 2; number <= count; number++) {
    await link(page, "Next page").click();
    await atSlide(page, "slides of the approved presentation", number);
  }
  await look(page, "last page of the approved presentation");
}

/** The way to decide about the first return without approval. It is under what is good to know, which is folded. */
const unapproved = (page) => page.getByRole("article").filter({ hasText: "no approval is recorded" }).getByRole("link", { name: /^Decide about/ }).first();
const folded = (page) => page.locator("summary", { hasText: "Good to know" });

/** A return came without a sign-off: the officer asked who approved it, and puts that on record. */
async function approveReturn(page) {
  await nav(page, "Findings").click();
  await folded(page).click();
  await unapproved(page).click();
  await at(page, "a return without approval", "One finding");
  await page.getByRole("radio", { name: "Say who approved it" }).check();
  await page.getByLabel(/^Name, role and date/).fill(SIGNED_BY);
  await page.getByLabel("Who decides").fill("M Hill");
  await page.getByLabel("Why", { exact: true }).fill("phoned the lead");
  await look(page, "a return is approved");
  await button(page, "Put this on record").click();
  await at(page, "a return is approved", "On record");
  if (!(await page.getByRole("main").innerText()).includes("B Example, chief officer")) fault("a return is approved", "nothing says by whom");
}

/** Decides about whatever must be put right before a presentation can be approved. */
async function settleTheRest(page) {
  const ways = [
    ["Read it as a rating", "The rating", (field) => field.selectOption("Amber")],
    ["Read it as a date", /^The date/, (field) => field.fill("1 April 2027")],
    ["Leave it out"],
    ["Leave it"],
  ];
  for (let count = 0; count < 60; count++) {
    await nav(page, "Findings").click();
    await at(page, "findings", "Findings");
    const decide = page.locator("article.must").getByRole("link", { name: /^Decide about/ }).first();
    if (!(await decide.count())) break;
    await decide.click();
    await at(page, "one finding", "One finding");
    let way = null;
    for (const one of ways) if (!way && (await page.getByRole("radio", { name: one[0] }).count())) way = one;
    if (!way) throw new Error(`settle the rest: no way for ${(await page.getByRole("main").innerText()).slice(0, 300)}`);
    await page.getByRole("radio", { name: way[0] }).first().check();
    if (way[1]) await way[2](page.getByLabel(way[1]));
    await page.getByLabel("Who decides").fill("M Hill");
    await page.getByLabel("Why", { exact: true }).fill("phoned the lead");
    await button(page, "Put this on record").click();
    await at(page, "settled", "On record");
  }
  await look(page, "findings, nothing left to fix");
  const left = await page.locator("article.must").allInnerTexts();
  if (left.length) fault("settle the rest", `left: ${left[0].slice(0, 200)}`);
}

const sheets = (page) => page.getByRole("navigation", { name: "Sheets of choices" });

/** Opens a sheet of choices. */
async function sheet(page, name) {
  await nav(page, "Choices").click();
  await sheets(page).getByRole("link", { name, exact: true }).click();
  await at(page, "choices", name);
}

/** Looks at every sheet; then chooses words, looks at the slide as it would be, and saves. */
async function chooseWords(page) {
  await nav(page, "Choices").click();
  for (const name of await sheets(page).getByRole("link").allInnerTexts()) {
    await sheet(page, name);
    await look(page, `choices, ${name}`);
  }
  await sheet(page, "Worried about");
  const row = page.getByRole("group").nth(1);
  await row.getByLabel(FIELD.order).fill("1");
  await row.getByLabel(FIELD.words).fill(WORDS);
  // It is drawn by itself, a moment after the last key.
  await page.locator("#preview img").first().waitFor({ timeout: 30_000 });
  await look(page, "words chosen, the slide as it would be");
  await button(page, "Save").first().click();
  await page.getByText(/^Saved[.,]/).waitFor({ timeout: 30_000 });
  await look(page, "words saved");
  if ((await page.getByRole("group").nth(1).getByLabel(FIELD.words).inputValue()) !== WORDS) fault("choices", "the words that were saved are not shown");
}

/** The code that the short presentation has now. */
async function code(page) {
  const line = await page.getByText(/^The short presentation has the code/).innerText();
  return line.match(/has the code (\w+)/)[1];
}

/** Names who approved the presentation, first with a wrong code. */
async function approve(page) {
  await nav(page, "Presentation").click();
  await link(page, "Say who approved it").click();
  await at(page, "the approval", "Approval");
  await page.getByLabel(FIELD.by).fill(DIRECTOR);
  await page.getByLabel(FIELD.on).fill(TODAY);
  await page.getByLabel(FIELD.code).fill("WRNG");
  await button(page, "Save").first().click();
  await page.getByRole("heading", { name: /^Saved, but/ }).waitFor({ timeout: 30_000 });
  await page.getByText(/is not the code of this presentation/).first().waitFor();
  await look(page, "approval with a wrong code");
  await page.getByLabel(FIELD.code).fill(await code(page));
  await button(page, "Save").first().click();
  await page.getByText("It is approved.").waitFor({ timeout: 30_000 }).catch(async () => fault("approval", (await page.getByText(/has the code/).first().innerText())));
  await look(page, "approved");
}

/** Drops files on the page of returns, and waits until all are read. */
async function take(page, list) {
  await page.getByLabel(/Choose the files/).setInputFiles(list);
  await button(page, "Add these files").click();
  await done(page);
  await at(page, "files come in", "Done");
}

/** Decides about the first finding that says this: as Amber, where it is a rating. */
async function decide(page, says) {
  const card = page.getByRole("article").filter({ hasText: says }).filter({ has: page.getByRole("link", { name: /^Decide about/ }) }).first();
  await card.getByRole("link", { name: /^Decide about/ }).click();
  await at(page, "one finding", "One finding");
  await page.getByRole("radio", { name: /Read it as a rating/ }).check();
  await page.getByLabel("The rating", { exact: true }).selectOption("Amber");
  await page.getByLabel("Who decides").fill("M Hill");
  await page.getByLabel("Why", { exact: true }).fill("phoned the lead");
  await button(page, "Put this on record").click();
  await at(page, "settled", "On record");
}

async function files(page) {
  await nav(page, "Files").click();
  await at(page, "files", "Files");
  await look(page, "files");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").first().click()]);
  if (await download.failure()) fault("files", `a file is not saved: ${await download.failure()}`);
}

/** Two faulty files come in; then one of them once more, and one from the folder. */
async function returns(page) {
  await nav(page, "Returns").click();
  await at(page, "returns", "Returns");
  await look(page, "returns");
  await take(page, FAULTY);
  await look(page, "two faulty files came in");
  await nav(page, "Returns").click();
  await take(page, [FAULTY[0]]);
  const text = await page.getByRole("main").innerText();
  if (!/already here/.test(text)) fault("returns", "nothing says that a file was here already");
  await look(page, "a file came in twice");
  await nav(page, "Returns").click();
  await look(page, "returns with the faulty ones");
  // Saved into the folder by hand: noticed within seconds, without loading anything.
  const folder = (await page.getByText(/save them into the folder/).innerText()).match(/\/.*returns/)?.[0];
  if (!folder) return fault("returns", "the folder is not named");
  fs.copyFileSync(path.join(samples, "returns-faulty", "placeholders.xlsx"), path.join(folder, "placed by hand.xlsx"));
  await page.getByText("Files of this round have changed since you opened this page.").waitFor({ timeout: 8_000 }).catch(() => fault("returns", "a file in the folder is not noticed within 8 seconds"));
  await look(page, "a new file is noticed");
  await link(page, "Show it").click().catch(() => {});
  await page.getByRole("link", { name: "placed by hand.xlsx" }).waitFor({ timeout: 10_000 }).catch(() => fault("returns", "the file from the folder is not listed"));
}

async function findings(page) {
  await nav(page, "Findings").click();
  await at(page, "findings", "Findings");
  await look(page, "findings");
  const whose = page.getByLabel("Show the findings about");
  const label = (await whose.locator("option").allInnerTexts()).find((one) => /Police/.test(one));
  if (label) {
    await whose.selectOption({ label });
    await button(page, "Show", { exact: true }).click();
    await look(page, "findings of one agency");
    const others = (await page.getByRole("main").getByRole("heading", { level: 3 }).allInnerTexts()).filter((one) => !/Police/.test(one));
    if (others.length) fault("findings of one agency", `shows ${others[0]}`);
    await nav(page, "Findings").click();
  } else fault("findings", "cannot be shown of one agency");
  for (const fold of await page.locator("details > summary").all()) await fold.click();
  await look(page, "findings, all open");
  // One that asks for a rating: read it as Amber.
  const cards = page.getByRole("article");
  const count = await cards.count();
  let card = null;
  for (let index = 0; index < count && !card; index++) {
    const one = cards.nth(index);
    if (/rating/.test(await one.innerText()) && (await one.getByRole("link", { name: /^Decide about/ }).count())) card = one;
  }
  if (!card) return fault("findings", "none of a rating can be decided");
  await card.getByRole("link", { name: /^Decide about/ }).click();
  await at(page, "one finding", "One finding");
  await look(page, "one finding");
  // Sent as it is: the page says what is missing, and keeps what was filled in.
  await page.getByLabel("Who decides").fill("M Hill");
  await button(page, "Put this on record").click();
  await page.getByRole("alert").first().waitFor();
  await look(page, "one finding, sent without a decision");
  if ((await page.getByLabel("Who decides").inputValue()) !== "M Hill") fault("one finding", "what was filled in is lost");
  const rating = page.getByRole("radio", { name: /Read it as a rating/ });
  if (await rating.count()) {
    await rating.check();
    await page.getByLabel("The rating", { exact: true }).selectOption("Amber");
  } else {
    await page.getByRole("radio").first().check();
  }
  await page.getByLabel("Why", { exact: true }).fill("phoned the lead");
  await button(page, "Put this on record").click();
  await at(page, "settled", "On record");
  await look(page, "settled");
  await link(page, "Go to the findings").click();
  await page.locator("summary", { hasText: "Settled" }).click();
  await look(page, "findings, one settled");
}

async function messages(page) {
  await nav(page, "Overview").click();
  await button(page, "Write questions, reminders and receipts").first().click();
  await done(page);
  await at(page, "messages written", "Done");
  await look(page, "messages written");
  await nav(page, "Messages").click();
  await at(page, "messages", "Messages");
  await look(page, "messages");
  const read = page.locator("summary", { hasText: "Read the message" });
  if (await read.count()) await read.first().click();
  await look(page, "messages, one open");
  const sent = button(page, /^I have sent this to/);
  const before = await sent.count();
  if (!before) return fault("messages", "none can be noted as sent");
  await sent.first().click();
  await at(page, "sent", "Messages");
  await look(page, "messages, one sent");
  if (!(await page.getByText(/^Noted: you have sent/).count())) fault("messages", "nothing confirms that one was sent");
  if ((await sent.count()) >= before) fault("messages", "a message that was sent is still to be sent");
}

async function report(page) {
  await nav(page, "Overview").click();
  await button(page, "Prepare the challenge meeting and feedback").click();
  await done(page);
  await at(page, "the challenge", "Done");
  await look(page, "what the challenge meeting needs");
  await link(page, "Open or save what was written").click();
  await at(page, "files", "Files");
  if (!(await link(page, "challenge.xlsx", { exact: true }).count())) fault("the challenge", "its workbook is not among the files");
  await nav(page, "Overview").click();
  await button(page, "Make the presentation").first().click();
  await at(page, "the presentation", /Making the presentation|Done/);
  await done(page);
  await at(page, "the presentation", "Done");
  await look(page, "presentation made");
  await link(page, "Look at the presentation").click();
  await atSlide(page, "slides", 1);
}

/** Every page of the short presentation, with where its numbers come from; the first pages of the long one. */
async function slides(page) {
  const count = await atSlide(page, "slides", 1);
  for (let number = 1; number <= count; number++) {
    await atSlide(page, "slides", number);
    await look(page, `slide ${number}`);
    // A picture inside the picture cannot have the program's fonts: its letters must be outlines.
    const drawn = await page.evaluate(async () => (await fetch(document.querySelector(".slide img").src)).text());
    const inside = [...drawn.matchAll(/data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)/g)].map((one) => Buffer.from(one[1], "base64").toString());
    if (inside.some((one) => one.includes("<text"))) fault(`slide ${number}`, "a chart has letters in whatever font the computer has");
    const folded = page.locator(".slide details > summary");
    const folds = await folded.count();
    if (folds) {
      await folded.first().click();
      await look(page, `slide ${number}, where a number comes from`);
    }
    if (number < count) await link(page, "Next page").click();
  }
  if (await link(page, "Next page").count()) fault("slides", "there is a next page after the last");
  await link(page, /full presentation/).click();
  await atSlide(page, "the full presentation", 1);
  await look(page, "full presentation");
}

/** A return is deleted in the folder, and forgotten. */
async function forget(page) {
  await nav(page, "Returns").click();
  const folder = (await page.getByText(/save them into the folder/).innerText()).match(/\/.*returns/)[0];
  fs.rmSync(path.join(folder, "placed by hand.xlsx"));
  await nav(page, "Findings").click();
  const card = page.getByRole("article").filter({ hasText: "placed by hand.xlsx" }).filter({ has: page.getByRole("link", { name: /^Decide about/ }) }).first();
  if (!(await card.count())) return fault("forget", "a return that is gone cannot be decided about");
  await card.getByRole("link", { name: /^Decide about/ }).click();
  await at(page, "a return that is gone", "One finding");
  await look(page, "a return that is gone");
  const form = button(page, "Forget this return");
  if (!(await form.count())) return fault("forget", "there is no button");
  await page.getByLabel("Why (optional)").fill("sent in error");
  if ((await page.getByLabel("Who decides").count()) > 1) fault("a return that is gone", "asks twice who decides");
  await form.click();
  await at(page, "forgotten", "Forgotten");
  await look(page, "forgotten");
  if (fs.readdirSync(path.join(folder, "..", "report")).includes("deck.pdf")) fault("forget", "the presentation is still there");
}

/** A setting is changed, one that cannot be is refused, and the check of the wording is noted. */
async function settings(page) {
  await nav(page, "Settings").click();
  await at(page, "settings", "Settings");
  await look(page, "settings");
  await page.getByLabel("Whom agencies ask").fill("unit@example.org");
  await page.getByLabel("The first colour").fill("#ffff00");
  await button(page, "Save the settings").click();
  await page.getByRole("alert").first().waitFor();
  await look(page, "settings, a colour too pale");
  if ((await page.getByLabel("Whom agencies ask").inputValue()) !== "unit@example.org") fault("settings", "what was typed is lost");
  await page.getByLabel("The first colour").fill("#12436D");
  await button(page, "Save the settings").click();
  await page.getByText(/^Saved\./).waitFor({ timeout: 30_000 });
  await page.getByLabel("Who compared it").fill("M Hill");
  await button(page, "Note that it was checked").click();
  await page.getByText(/Checked by M Hill/).waitFor({ timeout: 30_000 });
  await look(page, "settings saved");
  await page.getByText("Look at the short names").click();
  await look(page, "settings, the short names");
  await page.getByLabel(/^Short name of /).first().fill("Noticed in time");
  await button(page, "Save the short names").click();
  await page.getByText(/^Saved\./).waitFor({ timeout: 30_000 });
  if ((await page.getByLabel(/^Short name of /).first().inputValue()) !== "Noticed in time") fault("settings", "a short name is lost");
}

/** The next round of the sample, with its answers in the workbooks. */
async function nextRound(page) {
  await nav(page, "Overview").click();
  const before = page.url();
  await link(page, /^Make the next round/).click();
  await at(page, "the next round", "The next round");
  await look(page, "the next round");
  await button(page, "Make the next round").click();
  await page.getByRole("alert").first().waitFor();
  await look(page, "the next round, without a date");
  await page.getByLabel("When returns are due").fill("2027-05-12");
  await button(page, "Make the next round").click();
  await at(page, "the next round, made", /Exampleshire/);
  await look(page, "the next round, made");
  await button(page, "Write the workbooks").first().click();
  await done(page);
  await at(page, "its workbooks", "Done");
  if (!(await page.getByText(/workbooks? written/).count())) fault("the next round", "no workbook is written");
  await page.goto(before);
}

/** The framework as it is pasted becomes a theme, which is corrected beside its source and checked. */
async function themes(page) {
  await page.getByRole("banner").getByRole("link", { name: "Themes" }).click();
  await at(page, "themes", "Themes");
  await look(page, "themes");
  await link(page, "Identification of initial need and risk: the front door").click();
  await look(page, "a theme");
  await link(page, "All themes").click();
  await link(page, "Draft a theme from its framework").click();
  await at(page, "a new theme", "A new theme");
  await button(page, "Find the statements").click();
  await page.getByRole("alert").first().waitFor();
  await look(page, "a new theme, sent empty");
  await page.getByLabel("The theme in a few words").fill("Young carers");
  await page.getByLabel("Or paste its text").fill(fs.readFileSync(FRAMEWORK, "utf8"));
  await button(page, "Find the statements").click();
  await at(page, "a draft", "Young carers");
  await look(page, "a draft beside its source");
  const fill = async (label, text) => { if ((await page.getByLabel(label, { exact: true }).inputValue()) === "") await page.getByLabel(label, { exact: true }).fill(text); };
  await fill("The title of the framework", "How agencies answer young carers");
  await fill("Who published it", "The inspectorates");
  const first = page.getByRole("row").filter({ hasText: /Statement / }).first();
  await first.getByText("Correct it").click();
  await first.getByLabel(/^Wording of /).fill("Agencies ask every child who lives with an ill adult what they do at home.");
  await page.getByRole("checkbox", { name: /rightly left out$/ }).check();
  await page.getByLabel("Your name").fill("M Hill");
  await button(page, "Save").click();
  await page.getByText(/^Saved\./).waitFor({ timeout: 30_000 });
  await look(page, "a draft, corrected");
  if (!(await page.getByText("The source says:").count())) fault("a draft", "nothing says that a wording is not the published one");
  await page.getByText("Or note that somebody else compared it, or on a different day").click();
  await page.getByLabel("Who compared it").fill("M Hill");
  await button(page, "Note that it is checked").click();
  await page.getByText(/^It was checked by M Hill/).first().waitFor({ timeout: 30_000 }).catch(async () => fault("a draft", (await page.getByRole("main").innerText()).slice(0, 500)));
  await look(page, "a draft, checked");
  await link(page, "Make a round on this theme").click();
  await at(page, "a round on it", "A new round");
  const chosen = await page.getByLabel("The theme", { exact: true }).evaluate((list) => list.selectedOptions[0].textContent.trim());
  if (chosen !== "Young carers") fault("a round on it", `the theme is “${chosen}”`);
}

// ---- with keys alone

/** Presses Tab until what is named has the focus, and looks that the focus can be seen at every stop. */
async function tabTo(page, target, where) {
  const element = await target.elementHandle({ timeout: 15_000 });
  for (let presses = 0; presses < 400; presses++) {
    const state = await page.evaluate((wanted) => {
      const now = document.activeElement;
      const style = getComputedStyle(now);
      const box = now.getBoundingClientRect();
      return {
        isIt: now === wanted,
        what: `${now.tagName.toLowerCase()} “${(now.getAttribute("aria-label") ?? now.textContent ?? "").trim().slice(0, 40)}”`,
        isBody: now === document.body,
        // The button for the calendar inside a date is drawn by the browser, with a ring of its own.
        isSeen: now.type === "date" || (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none",
        isThere: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
      };
    }, element);
    if (presses > 0 && !state.isBody && !state.isSeen) fault(where, `the focus cannot be seen on ${state.what}`);
    if (presses > 0 && !state.isBody && !state.isThere) fault(where, `the focus is out of sight on ${state.what}`);
    if (state.isIt) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${where}: 400 times Tab, and it is not reached`);
}

async function press(page, target, where, key = "Enter") {
  await tabTo(page, target, where);
  await page.keyboard.press(key);
}

/** The form, an agency, a file. */
async function newRoundWithKeys(page) {
  const type = async (label, text) => {
    await tabTo(page, page.getByLabel(label, { exact: true }), "new round");
    await page.keyboard.type(text);
  };
  await press(page, link(page, "Make a new round"), "rounds");
  await at(page, "a new round", "A new round");
  await type("The theme", "Child");
  await type("The partnership's name", "Journey Safeguarding Children Partnership");
  // The same day and month, whichever comes first in this browser.
  await type("When returns are due", "12122026");
  await type("Whom agencies ask", "benchmarking@example.org");
  await type("Who decides for the business unit", "M Hill");
  await tabTo(page, page.getByText("Or type them", { exact: true }), "new round");
  await page.keyboard.press("Enter");
  await type("Agency 1: name", "Journey Police");
  await type("Agency 1: group", "police");
  await type("Agency 1: e-mail address", "police@police.example");
  await page.keyboard.press("Enter");
  await at(page, "the new round", /Journey/);
  await press(page, button(page, "Write the workbooks").first(), "the new round");
  await done(page);
  await press(page, nav(page, "Returns"), "workbooks written");
  const files = page.getByLabel(/Choose the files/);
  await tabTo(page, files, "returns");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Space")]);
  await chooser.setFiles(FAULTY[0]);
  await press(page, button(page, "Add these files"), "returns");
  await done(page);
  await at(page, "a file came in", "Done");
}

/** Words for a slide, which is looked at before; and who approved the presentation. */
async function chooseWithKeys(page) {
  const sheetWithKeys = async (name) => {
    await press(page, sheets(page).getByRole("link", { name, exact: true }), "choices");
    await at(page, "choices", name);
  };
  const type = async (field, text) => {
    await tabTo(page, field, "choices");
    await page.keyboard.type(text);
  };
  const saved = async () => {
    // Where the script draws the slide, what is typed is drawn first.
    await press(page, button(page, "Save").last(), "choices");
    await page.getByText(/^Saved[.,]/).waitFor({ timeout: 30_000 });
  };
  await press(page, nav(page, "Choices"), "messages");
  await sheetWithKeys("Worried about");
  const row = page.getByRole("group").nth(1);
  await type(row.getByLabel(FIELD.order), "1");
  await type(row.getByLabel(FIELD.words), WORDS);
  await page.locator("#preview img").first().waitFor({ timeout: 30_000 });
  await saved();
  if ((await page.getByRole("group").nth(1).getByLabel(FIELD.words).inputValue()) !== WORDS) fault("choices", "the words that were saved are not shown");
  await sheetWithKeys("Approval");
  await type(page.getByLabel(FIELD.by), DIRECTOR);
  await type(page.getByLabel(FIELD.on), "12122026");
  await type(page.getByLabel(FIELD.code), await code(page));
  await saved();
  if (await page.getByText(/is not the code of this presentation/).count()) fault("approval", "the code of the presentation is not taken");
  if ((await page.getByLabel(FIELD.by).inputValue()) !== DIRECTOR) fault("approval", "who approved it is not shown");
}

async function withKeys(browser) {
  console.log("with keys alone");
  const run = await start(browser, "keys");
  const { page } = run;
  await at(page, "start", "Rounds on this computer");
  // The first stop leads past the head of the page.
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.textContent.trim());
  if (first !== "Skip to the content") fault("keys", `the first stop is “${first}”`);
  await page.keyboard.press("Enter");
  if ((await page.evaluate(() => document.activeElement.id)) !== "main") fault("keys", "the first link does not lead to the content");
  await newRoundWithKeys(page);
  await press(page, page.getByRole("banner").getByRole("link", { name: "jtai" }), "the new round");
  await press(page, button(page, "Make the sample round"), "rounds");
  await done(page);
  await at(page, "the sample", "Done");
  await press(page, link(page, "Go to the round"), "sample made");
  await at(page, "the round", /Exampleshire/);
  await press(page, nav(page, "Findings"), "round");
  await at(page, "findings", "Findings");
  await press(page, folded(page), "findings");
  await press(page, unapproved(page), "findings");
  await at(page, "one finding", "One finding");
  await tabTo(page, page.getByRole("radio").first(), "one finding");
  await page.keyboard.press("Space");
  // Arrows go through decisions.
  const signed = page.getByRole("radio", { name: "Say who approved it" });
  for (let presses = 0; presses < 9 && !(await signed.isChecked()); presses++) await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByLabel(/^Name, role and date/), "one finding");
  await page.keyboard.type(SIGNED_BY);
  await tabTo(page, page.getByLabel("Who decides"), "one finding");
  await page.keyboard.type("M Hill");
  await tabTo(page, page.getByLabel("Why", { exact: true }), "one finding");
  await page.keyboard.type("phoned the lead");
  await press(page, button(page, "Put this on record"), "one finding");
  await at(page, "settled", "On record");
  if (!(await page.getByRole("main").innerText()).includes("B Example, chief officer")) fault("one finding", "nothing says who approved the return");
  await press(page, nav(page, "Messages"), "settled");
  await at(page, "messages", "Messages");
  await press(page, button(page, /^Write these messages/), "messages");
  await done(page);
  await press(page, link(page, "Look at the messages and send them"), "messages written");
  await press(page, button(page, /^I have sent this to/).first(), "messages");
  await at(page, "sent", "Messages");
  await chooseWithKeys(page);
  await press(page, nav(page, "Overview"), "choices");
  await press(page, button(page, "Make the presentation").first(), "round");
  await done(page);
  await at(page, "the presentation", "Done");
  await press(page, link(page, "Look at the presentation"), "presentation made");
  await press(page, link(page, "Next page"), "slides");
  await atSlide(page, "slides", 2);
  const number = page.locator(".slide details > summary").first();
  await press(page, number, "slides");
  if (!(await number.evaluate((one) => one.parentElement.open))) fault("slides", "a number does not open by a key");
  await stop(run, "keys");
}

// ---- without script

async function withoutScript(browser) {
  console.log("without script");
  const run = await start(browser, "no script", { javaScriptEnabled: false });
  const { page } = run;
  await button(page, "Make the sample round").click();
  // The page asks again by itself.
  await page.getByRole("heading", { level: 1, name: "Done" }).waitFor({ timeout: 60_000 });
  await link(page, "Go to the round").click();
  await nav(page, "Returns").click();
  await page.getByLabel(/Choose the files/).setInputFiles(FAULTY[1]);
  await button(page, "Add these files").click();
  await page.getByRole("heading", { level: 1, name: "Done" }).waitFor({ timeout: 60_000 });
  await nav(page, "Findings").click();
  await folded(page).click();
  await unapproved(page).click();
  await page.getByRole("radio", { name: "Say who approved it" }).check();
  await page.getByLabel(/^Name, role and date/).fill(SIGNED_BY);
  await page.getByLabel("Who decides").fill("M Hill");
  await page.getByLabel("Why", { exact: true }).fill("phoned the lead");
  await button(page, "Put this on record").click();
  await at(page, "settled", "On record");
  await sheet(page, "Worried about");
  const row = () => page.getByRole("group").nth(1);
  await row().getByLabel(FIELD.order).fill("1");
  await row().getByLabel(FIELD.words).fill(WORDS);
  await button(page, "Show the slide").first().click();
  await page.locator("#preview img").first().waitFor({ timeout: 30_000 });
  if ((await row().getByLabel(FIELD.words).inputValue()) !== WORDS) fault("choices", "what was typed is lost when the slide is shown");
  await button(page, "Save").first().click();
  await page.getByText(/^Saved[.,]/).waitFor({ timeout: 30_000 });
  await sheet(page, "Approval");
  await page.getByLabel(FIELD.by).fill(DIRECTOR);
  await page.getByLabel(FIELD.on).fill(TODAY);
  await page.getByLabel(FIELD.code).fill(await code(page));
  await button(page, "Save").first().click();
  await page.getByText(/^Saved[.,]/).waitFor({ timeout: 30_000 });
  if (await page.getByText(/is not the code of this presentation/).count()) fault("approval", "the code of the presentation is not taken");
  await nav(page, "Presentation").click();
  await link(page, "Next page").click();
  await atSlide(page, "slides", 2);
  await stop(run, "no script");
}

// ---- from elsewhere

/**
 * A page on a different port of this computer, which browsers take for the same site, in the officer's own browser; and a name elsewhere that
 * leads to 127.0.0.1. Both know the whole address.
 */
async function fromElsewhere(browser) {
  console.log("from elsewhere");
  const run = await start(browser, "elsewhere");
  const { page, context, child } = run;
  const address = new URL(page.url());
  const base = address.origin + (await home_(page));
  const token = await page.locator('form[action$="/stop"] input[name=token]').getAttribute("value");
  const server = http.createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(`<!doctype html><title>elsewhere</title><form method="post" action="${base}/stop"><input name="token" value="${token}"><button>Win</button></form><a href="${base}">Go</a>`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const other = await context.newPage();
  const refused = async (what) => {
    const heading = await other.getByRole("heading", { level: 1 }).innerText();
    console.log(`  ${what}: ${heading}`);
    if (!/did not come from a page of jtai|is not a page of jtai|Open jtai again/.test(heading)) fault("elsewhere", `${what}: “${heading}”`);
  };
  const there = `http://127.0.0.1:${server.address().port}/`;
  await other.goto(there);
  const got = await other.evaluate(async (base) => {
    const said = [];
    for (const [path, init] of [["", {}], ["/style.css", {}], ["/stop", { method: "POST", body: "token=x" }]]) {
      for (const mode of ["cors", "no-cors"]) {
        try {
          const answer = await fetch(base + path, { ...init, mode, credentials: "include" });
          if (answer.type !== "opaque") said.push(`${path} ${mode}: ${answer.status}`);
        } catch { /* refused, as it must be */ }
      }
    }
    for (const [tag, from] of [["img", "src"], ["script", "src"], ["link", "href"]]) {
      const one = document.createElement(tag);
      if (tag === "link") one.rel = "stylesheet";
      const loaded = new Promise((resolve) => { one.onload = () => resolve(true); one.onerror = () => resolve(false); });
      one[from] = base + (tag === "link" ? "/style.css" : "/page.js");
      document.head.append(one);
      if (await loaded) said.push(`a ${tag} is loaded`);
    }
    return said;
  }, base);
  for (const one of got) fault("elsewhere", one);
  await other.goto(there);
  await other.getByRole("button").click();
  await refused("a form of a different page, with our token");
  await other.goto(there);
  await other.getByRole("link").click();
  await refused("a link on a different page");
  await other.goto(base.replace("127.0.0.1", "elsewhere.example"));
  await refused("a name elsewhere that leads here");
  await other.goto(base.replace("127.0.0.1", "localhost"));
  await refused("localhost");
  await other.close();
  server.close();
  if (child.exitCode !== null) fault("elsewhere", "a page elsewhere stopped jtai");
  await page.reload();
  await at(page, "after all that", "Rounds on this computer");
  await stop(run, "elsewhere");
}

// ----

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--lang=en-GB", "--host-resolver-rules=MAP elsewhere.example 127.0.0.1"] });
for (const [name, way] of Object.entries({ mouse: withMouse, keys: withKeys, "no-script": withoutScript, elsewhere: fromElsewhere })) {
  if (only && only !== name) continue;
  try {
    await way(browser);
  } catch (error) {
    fault(name, error.message);
    for (const context of browser.contexts()) {
      for (const page of context.pages()) await page.screenshot({ path: path.join(shots, `${name}-stopped.png`) }).catch(() => {});
      await context.close();
    }
  }
}
await browser.close();
if (faults.length) {
  console.log(`\n${faults.length} faults:`);
  for (const one of faults) console.log(`- ${one}`);
  process.exit(1);
}
console.log(`\nno faults; screenshots in ${shots}`);
