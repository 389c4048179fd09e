// Answers in place, and a search within the page. Without it every question is still a link, and every entry is shown.
"use strict";

const MOST = 4000;

async function answer(link, shown) {
  shown.hidden = false;
  shown.textContent = "…";
  try {
    const answered = await fetch(link.href);
    const said = JSON.stringify(await answered.json(), null, 1);
    shown.textContent = said.length > MOST ? `${said.slice(0, MOST)}\n…` : said;
  } catch {
    shown.textContent = link.dataset.wrong;
  }
}

for (const link of document.querySelectorAll("a[data-try]")) {
  const heading = link.closest("li").querySelector("h3");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = link.dataset.try;
  button.setAttribute("aria-describedby", heading.id);
  const shown = document.createElement("pre");
  shown.hidden = true;
  shown.tabIndex = 0;
  shown.setAttribute("role", "status");
  button.addEventListener("click", () => answer(link, shown));
  link.closest("li").append(button, shown);
}

const narrow = document.getElementById("narrow");
const entries = [...document.querySelectorAll(".entries li")];
const found = narrow.form.querySelector("output");

function search() {
  const words = narrow.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of entries) {
    const text = entry.textContent.toLowerCase();
    entry.hidden = !words.every((word) => text.includes(word));
    const more = entry.querySelector("details");
    if (more) more.open = words.length > 0 && words.some((word) => more.textContent.toLowerCase().includes(word));
  }
  for (const section of document.querySelectorAll(".entries")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  const left = entries.filter((entry) => !entry.hidden).length;
  found.textContent = left ? `${left} / ${entries.length}` : narrow.dataset.none;
}

narrow.form.hidden = false;
narrow.form.addEventListener("submit", (event) => event.preventDefault());
narrow.addEventListener("input", search);
