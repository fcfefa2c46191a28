// Makes the pages handier. Everything also works without this file.
"use strict";

const body = document.body;

// Moves the focus to what went wrong, so that a screen reader reads it first.
const fault = document.querySelector(".fault");
if (fault) fault.focus();

// While an action is under way, the page renews itself, and the focus stays on its button.
async function look() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.body.dataset.waiting) { location.reload(); return; }
    const [now, next] = [document.querySelector("main"), page.querySelector("main")];
    if (now.innerHTML !== next.innerHTML) {
      const had = now.contains(document.activeElement) && document.activeElement.tagName === "BUTTON";
      now.replaceChildren(...next.childNodes);
      const button = now.querySelector("button");
      if (had && button) button.focus();
    }
    setTimeout(look, 700);
  } catch {
    document.querySelector("main").textContent = "jtai has stopped. Start it again to go on.";
  }
}
if (body.dataset.waiting) setTimeout(look, 700);

// Says when something in the round's folders has changed.
async function watch() {
  try {
    const answer = await fetch(body.dataset.seenAt, { credentials: "same-origin" });
    if (answer.ok && (await answer.text()) !== body.dataset.seen) {
      const news = document.getElementById("news");
      if (!news.childNodes.length) {
        const link = document.createElement("a");
        link.href = location.href;
        link.textContent = "Show it";
        news.append("Files of this round have changed since you opened this page. ", link);
      }
      return;
    }
  } catch { return; }
  setTimeout(watch, 3000);
}
if (body.dataset.seenAt) setTimeout(watch, 3000);

// Files may be dropped anywhere on the page: a file that misses the box would otherwise replace the page in the browser.
const drop = document.querySelector("form[data-drop]");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  const said = drop.querySelector("[role=alert]");
  const send = () => {
    const most = Number(drop.dataset.drop);
    const large = [...files.files].find((file) => file.size > most);
    if (large) { said.textContent = "“" + large.name + "” is too large. A file can be up to " + Math.floor(most / 1048576) + " MB."; return; }
    if (files.files.length) drop.submit();
  };
  drop.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  for (const kind of ["dragenter", "dragover"]) {
    addEventListener(kind, (event) => { event.preventDefault(); body.classList.add("dropping"); });
  }
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) body.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    body.classList.remove("dropping");
    if (event.dataTransfer.files.length) { files.files = event.dataTransfer.files; send(); }
  });
}

// The slide follows what is typed, a moment after the last key. Only one is drawn at a time, because each takes the computer a while.
const choosing = document.querySelector("[data-choices]");
if (choosing) {
  const form = choosing.querySelector("form");
  const slide = document.getElementById("preview");
  let [timer, isDrawing, isStale, row] = [0, false, false, ""];
  const draw = async () => {
    if (isDrawing) { isStale = true; return; }
    [isDrawing, isStale] = [true, false];
    try {
      const fields = new URLSearchParams(new FormData(form));
      fields.set("do", "show:" + row);
      const answer = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("preview");
      if (next) slide.replaceChildren(...next.childNodes);
    } catch { /* Pressing the button shows what is wrong. */ }
    isDrawing = false;
    if (isStale) draw();
  };
  form.addEventListener("input", (event) => {
    const card = event.target.closest("[data-row]");
    row = card ? card.dataset.row : "";
    clearTimeout(timer);
    timer = setTimeout(draw, 400);
  });
}
