"use strict";
// What the forms of the admin do while somebody types. Everything works without it, a step later.
{
  const READ_AFTER = 250; // milliseconds without a key

  // Below dates, quantities and amounts: how the text is understood.
  const timers = new WeakMap();

  async function showUnderstood(input) {
    const line = input.closest("div")?.nextElementSibling;
    if (!line?.classList.contains("understood")) return;
    const text = input.value;
    let answer = { text: "", wrong: false };
    if (text.trim()) {
      const query = new URLSearchParams({ reads: input.dataset.reads, text: text.slice(0, 200) });
      const response = await fetch(`${input.dataset.address}?${query}`, { headers: { Accept: "application/json" } });
      if (!response.ok || input.value !== text) return;
      answer = await response.json();
    }
    line.classList.toggle("wrong", answer.wrong);
    line.textContent = answer.text;
  }

  document.addEventListener("input", (event) => {
    const input = event.target.closest?.("[data-reads]");
    if (!input) return;
    clearTimeout(timers.get(input));
    timers.set(input, setTimeout(() => showUnderstood(input), READ_AFTER));
  });

  // A row that is added gets the next free number.
  document.addEventListener("formset:added", (event) => {
    const number = event.target.querySelector?.('input[name$="-number"]');
    const table = event.target.closest?.(".formset");
    if (!number || number.value || !table) return;
    const taken = [...table.querySelectorAll('input[name$="-number"]')].map((input) => Number(input.value) || 0);
    number.value = Math.max(0, ...taken) + 1;
  });

  // A letter typed on a closed autocomplete opens it and is its first letter.
  // Heard before the theme's own shortcuts, which are single letters too.
  document.addEventListener("keydown", (event) => {
    const selection = event.target.closest?.(".select2-selection");
    if (!selection || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
    const select = selection.closest(".select2-container")?.previousElementSibling;
    if (!select) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    django.jQuery(select).select2("open");
    const search = document.querySelector(".select2-container--open .select2-search__field");
    if (search) {
      search.focus();
      search.value = event.key;
      django.jQuery(search).trigger("input");
    }
  }, true);

  // An autocomplete has a box of its own in place of its field: it says the name of that.
  function nameBoxes() {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const name = select.getAttribute("aria-label") ?? document.querySelector(`label[for="${select.id}"]`)?.textContent.trim();
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (!name || !box) continue;
      for (const each of [box, ...box.querySelectorAll("[role='textbox']")]) each.setAttribute("aria-label", name);
      box.removeAttribute("aria-labelledby");
    }
  }
  document.addEventListener("formset:added", () => setTimeout(nameBoxes));

  // Tables of rows scroll; what scrolls there is full of fields, and needs no stop of the Tab key itself.
  window.addEventListener("load", () => {
    // After whatever else waits for the page, the autocompletes among it.
    window.django?.jQuery?.(nameBoxes);
    for (const scroller of document.querySelectorAll(".formset-wrapper .simplebar-content-wrapper")) {
      scroller.tabIndex = -1;
    }
    // The theme hides the page while it starts, and browsers do not focus what is hidden.
    requestAnimationFrame(() => {
      // Django focuses the first field of a form, which is the choice of a change set, before its own.
      const isFirst = document.activeElement === document.body || document.activeElement.closest(".tracker-where");
      if (isFirst) document.querySelector("#content-main [autofocus]")?.focus();
    });
  });

  // A new deployment is no aid: it has neither aid type nor beneficiary.
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("#pledge_form");
    if (!form || event.target.name !== "nature" || event.target.value !== "deployment") return;
    form.elements.aid_type.value = "";
    if (window.location.pathname.endsWith("/add/") && form.elements.beneficiary) {
      django.jQuery(form.elements.beneficiary).val(null).trigger("change");
    }
  });
}
