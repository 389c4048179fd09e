"use strict";
// Records with many lines: a list leads to each of them, and on a phone each is shut behind its title.
{
  const narrow = window.matchMedia("(max-width: 1023px)");
  const FIELD = ":is(input, select, textarea):not([type='hidden'])";

  const lineOf = (prefix) => document.querySelector(`[name^="${prefix}-"]`)?.closest("tbody.form-group");

  function toggle(line, open) {
    line.classList.toggle("tracker-shut", !open);
    line.querySelector(".tracker-line-title")?.setAttribute("aria-expanded", String(open));
  }

  // The title of a line is a button that opens and shuts it.
  function giveTitle(line, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tracker-line-title";
    button.textContent = text;
    button.addEventListener("click", () => toggle(line, line.classList.contains("tracker-shut")));
    const row = document.createElement("tr");
    const cell = row.appendChild(document.createElement("td"));
    cell.colSpan = 100;
    cell.append(button);
    line.prepend(row);
    toggle(line, Boolean(line.querySelector(".errors, .row-form-errors")));
  }

  function lead(line) {
    if (!line) return;
    toggle(line, true);
    line.scrollIntoView({ block: "start" });
    line.querySelector(`.form-row ${FIELD}`)?.focus({ preventScroll: true });
  }

  window.addEventListener("load", () => {
    if (!narrow.matches) return;
    for (const link of document.querySelectorAll("[data-line]")) {
      const line = lineOf(link.dataset.line);
      if (line) giveTitle(line, link.textContent.trim());
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-line], [data-line-add]");
    if (!link) return;
    event.preventDefault();
    link.closest("details").open = false;
    if (link.dataset.line) {
      lead(lineOf(link.dataset.line));
      return;
    }
    const group = document.getElementById(`${link.dataset.lineAdd}-group`);
    group?.querySelector(".add-row:not(.hidden)")?.click();
    const lines = group?.querySelectorAll("tbody.form-group:not(.empty-form)") ?? [];
    lead(lines[lines.length - 1]);
  });
}
