"use strict";
// What the theme lets only a mouse press is reached and pressed by keyboard too: filters, and the removing of a line.
{
  const PRESSED = 'a[x-on\\:click="filterOpen = true"], td.delete label, td.delete .delete-template';

  function reachable(root) {
    for (const each of root.querySelectorAll(PRESSED)) {
      each.tabIndex = 0;
      each.setAttribute("role", "button");
      if (each.closest("td.delete")) each.setAttribute("aria-label", each.closest("td.delete").dataset.label);
    }
  }

  window.addEventListener("load", () => reachable(document));
  document.addEventListener("formset:added", (event) => reachable(event.target));
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(PRESSED) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.target.click();
  });
}
