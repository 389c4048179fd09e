// Answers in place, and a search within the page. Without it every question is still a link, and every entry is shown;
// what it needs stands in the page from the start, or the page would move when it comes.
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

for (const link of document.querySelectorAll("a[data-wrong]")) {
  const item = link.closest("li");
  item.querySelector("button").addEventListener("click", () => answer(link, item.querySelector("pre")));
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

narrow.form.addEventListener("submit", (event) => event.preventDefault());
narrow.addEventListener("input", search);
