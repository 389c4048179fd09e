// The label of a mark at the pointer, and from mark to mark by arrow keys. Without it every mark is still a link.
"use strict";

for (const figure of document.querySelectorAll("figure.chart")) {
  const marks = [...figure.querySelectorAll("svg a")];
  if (!marks.length) continue;
  const label = document.createElement("p");
  label.className = "label";
  label.hidden = true;
  // Whoever does not see it has the same words from the link.
  label.setAttribute("aria-hidden", "true");
  figure.append(label);

  const said = (mark) =>
    mark.getAttribute("aria-label") || mark.querySelector("[aria-label]")?.getAttribute("aria-label") || "";

  const show = (mark, x, y) => {
    label.textContent = said(mark);
    label.hidden = !label.textContent;
    const frame = figure.getBoundingClientRect();
    const room = frame.width - label.offsetWidth - 8;
    label.style.left = `${Math.max(8, Math.min(x - frame.left + 12, room))}px`;
    label.style.top = `${Math.max(8, y - frame.top - label.offsetHeight - 12)}px`;
  };
  const hide = () => { label.hidden = true; };
  // One stop for the tab key: from there on arrow keys lead from mark to mark.
  const stop = (mark) => { for (const each of marks) each.setAttribute("tabindex", each === mark ? "0" : "-1"); };
  stop(marks[0]);

  marks.forEach((mark, at) => {
    mark.addEventListener("pointermove", (event) => show(mark, event.clientX, event.clientY));
    mark.addEventListener("pointerleave", hide);
    mark.addEventListener("focus", () => {
      stop(mark);
      const box = mark.getBoundingClientRect();
      show(mark, box.left + box.width / 2, box.top);
    });
    mark.addEventListener("blur", hide);
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const target = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : at + step;
      if (event.key === "Escape") hide();
      if (!marks[target]) return;
      event.preventDefault();
      marks[target].focus();
    });
  });
}
