"use strict";
// The search of the desk: `/` or Ctrl+K opens it, arrows go through what is found, Enter opens it.
{
  const TYPED_INTO = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable]';

  const box = () => document.getElementById("desk-search");
  const field = () => box().querySelector('input[name="s"]');
  const links = () => [...box().querySelectorAll("#desk-search-results a")];

  function open() {
    if (!box().open) box().showModal();
    field().select();
  }

  function opens(event) {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) return true;
    return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.(TYPED_INTO);
  }

  // Heard before the theme's own shortcuts, of which `/` is one in lists.
  document.addEventListener("keydown", (event) => {
    if (!box() || !opens(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open();
  }, true);

  document.addEventListener("click", (event) => {
    if (!box()) return;
    if (event.target.closest?.("[data-search-open]") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open();
    } else if (event.target === box() || event.target.closest?.("[data-search-close]")) {
      box().close();
    }
  });

  function move(step) {
    const stops = [field(), ...links()];
    const next = stops[stops.indexOf(document.activeElement) + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (!event.target.closest?.("#desk-search")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      // Whoever types on goes on in the field.
      field().focus();
    }
  });

  // Enter opens the first that is found; before anything is, the page of the search.
  document.addEventListener("submit", (event) => {
    if (!event.target.closest?.("#desk-search")) return;
    const shown = box().querySelector("#desk-search-results [data-term]")?.dataset.term;
    if (shown !== field().value.trim() || !links().length) return;
    event.preventDefault();
    links()[0].click();
  });
}
