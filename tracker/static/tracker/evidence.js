"use strict";
// Evidence beside the form: findings at their fields, passages and claims of a field, and a claim from words and a field.
// Nothing is saved here: what is made or decided stands in the form, and is saved with it.
(() => {
  const panel = document.querySelector("#tracker-evidence");
  const form = document.querySelector("#content-main form[method=post]");
  const LONGEST = 120; // characters of a quote
  const find = (id) => document.getElementById(`tracker-${id}`);
  const say = (text) => { find("said").textContent = text; };

  // ---- Fields and their places

  // A row that is new is named by its number, or by where it stands.
  function placeOf(field) {
    if (field.dataset.place) return field.dataset.place;
    const { list, field: name } = field.dataset;
    if (!list) return name;
    const number = field.closest("tbody, tr")?.querySelector('input[name$="-number"]')?.value;
    const position = Number(/-(\d+)-/.exec(field.name)?.[1] ?? 0) + 1;
    return `${list}[${number ? `#${number}` : position}].${name}`;
  }
  const fields = () => [...(form?.querySelectorAll("[data-field]") ?? [])].filter((field) => !field.name.includes("__prefix__"));
  const wordsOf = (field) => field.dataset.words ?? placeOf(field);
  const lineOf = (path) => path.replace(/\.\w+$/, "");

  // The field of a path; for a path that names a line, the first field of that line.
  function fieldAt(path) {
    const all = fields();
    return all.find((field) => placeOf(field) === path) ?? all.find((field) => lineOf(placeOf(field)) === path);
  }

  // What an autocomplete shows stands in for its select.
  const fieldOf = (element) => {
    const select = element.closest?.(".select2-container")?.previousElementSibling;
    const field = select ?? element;
    return field.dataset?.field && form?.contains(field) ? field : null;
  };

  function valueOf(field) {
    return field.tagName === "SELECT" ? field.selectedOptions[0]?.text.trim() ?? "" : field.value.trim();
  }

  function goTo(path) {
    const field = fieldAt(path);
    if (!field) return say(`The form shows no field ${path}.`);
    const details = field.closest("details");
    if (details) details.open = true;
    const shown = field.nextElementSibling?.querySelector?.(".select2-selection") ?? field;
    shown.scrollIntoView({ block: "center" });
    shown.focus();
  }

  // ---- Findings stand at their fields, as well as above the form

  for (const finding of document.querySelectorAll(".tracker-finding[data-place]")) {
    const field = finding.dataset.place && fieldAt(finding.dataset.place);
    if (!field) continue;
    const note = document.createElement("p");
    note.className = finding.className.replace("tracker-finding", "tracker-beside");
    note.id = `finding-${field.id}-${document.querySelectorAll(".tracker-beside").length}`;
    note.textContent = `${finding.dataset.severity}: ${finding.querySelector(".tracker-finding-message").textContent}`;
    (field.closest("td") ?? field.closest(".grow.relative") ?? field.parentElement).append(note);
    field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
  }

  if (!panel) return;

  // ---- From a field to its claims

  let lastField = null;

  function showField(field) {
    lastField = field;
    const path = placeOf(field);
    if (find("place")) {
      listPlaces();
      find("place").value = path;
    }
    for (const place of panel.querySelectorAll(".tracker-place")) {
      const is = place.dataset.place === path || (place.dataset.place !== "" && place.dataset.place === lineOf(path));
      place.classList.toggle("is-current", is);
      for (const claim of place.querySelectorAll("[data-claim]")) {
        marksOf(claim.dataset.claim).forEach((mark) => mark.classList.toggle("is-current", is));
      }
    }
    const mark = panel.querySelector("mark.is-current");
    if (mark) scrollTo(mark);
  }

  // Brings a passage into view within its text; the page stays where it is.
  function scrollTo(mark) {
    const text = mark.closest(".tracker-text");
    text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
  form?.addEventListener("focusin", (event) => {
    const field = fieldOf(event.target);
    if (field) showField(field);
  });

  const marksOf = (claim) => [...panel.querySelectorAll("mark[data-claims]")].filter((mark) => mark.dataset.claims.split(" ").includes(claim));

  function listPlaces() {
    const choice = find("place");
    const words = new Map(fields().map((field) => [placeOf(field), wordsOf(field)]));
    const paths = [...words.keys()];
    if (paths.join() === [...choice.options].map((option) => option.value).join()) return;
    const chosen = choice.value;
    choice.replaceChildren(...paths.map((path) => new Option(words.get(path), path)));
    choice.value = chosen;
  }

  // ---- From words to a claim

  let chosen = null; // the words last selected: their text, its document, where they stand

  const points = (text) => [...text].length; // characters as the tracker counts them, not UTF-16

  function readSelection() {
    const selection = document.getSelection();
    const text = selection.anchorNode?.parentElement?.closest(".tracker-text") ?? selection.anchorNode?.closest?.(".tracker-text");
    if (!text || !panel.contains(text) || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (range.collapsed) return showPassageAt(range.startContainer);
    if (!text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const raw = range.toString();
    const words = raw.trim();
    const start = points(before.toString()) + points(raw.slice(0, raw.indexOf(words)));
    chosen = words && { words, start, end: start + points(words), key: text.dataset.document, name: text.dataset.name };
    showChosen();
  }
  document.addEventListener("selectionchange", readSelection);

  function showChosen() {
    if (!find("words")) return;
    const isLong = chosen && points(chosen.words) > LONGEST;
    find("words").textContent = chosen ? chosen.words : "";
    find("make").disabled = !chosen || isLong;
    if (isLong) say(`A quote has ${LONGEST} characters at most; these are ${points(chosen.words)}.`);
  }

  // The caret in a passage: its claims and their fields.
  function showPassageAt(node) {
    const mark = node.parentElement?.closest("mark[data-claims]");
    const claims = mark ? mark.dataset.claims.split(" ") : [];
    for (const claim of panel.querySelectorAll("[data-claim]")) {
      claim.classList.toggle("is-current", claims.includes(claim.dataset.claim));
    }
    if (!mark) return;
    const paths = claims.map((id) => panel.querySelector(`[data-claim="${id}"]`)?.closest(".tracker-place")?.dataset.place);
    say(`Quoted for ${paths.filter(Boolean).join(", ") || "the record"}.`);
  }

  function setValue(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function makeClaim() {
    const path = find("place").value;
    const add = document.querySelector("#claims-group a.add-row, #claims-group .add-row a");
    if (!chosen || find("make").disabled) return;
    if (!path) return say("Choose the field that these words are about.");
    if (!add) return say("This form takes no claims.");
    const number = Number(document.querySelector("#id_claims-TOTAL_FORMS").value);
    add.click();
    const input = (name) => document.querySelector(`[name="claims-${number}-${name}"]`);
    const source = input("document");
    source.append(new Option(chosen.name, chosen.key, true, true));
    django.jQuery(source).trigger("change");
    setValue(input("quote"), chosen.words);
    setValue(input("passage_start"), chosen.start);
    setValue(input("passage_end"), chosen.end);
    setValue(input("field"), path);
    setValue(input("value"), chosen.words);
    listNewClaim(path, number);
    say(`Claim made: “${chosen.words}” for ${path}. It is saved with the form.`);
    chosen = null;
    showChosen();
  }

  function listNewClaim(path, number) {
    const item = document.createElement("li");
    const words = document.createElement("q");
    words.textContent = chosen.words;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Its row in the form";
    button.addEventListener("click", () => {
      const quote = document.querySelector(`[name="claims-${number}-quote"]`);
      quote?.scrollIntoView({ block: "center" });
      quote?.focus();
    });
    item.append("new, ", path, ": ", words, " ", button);
    find("new-claims").append(item);
  }

  // ---- Keys and buttons

  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key.toLowerCase() === "t") {
      // To the passage of the field, where it has one.
      const mark = panel.querySelector("mark.is-current");
      const text = mark?.closest(".tracker-text") ?? panel.querySelector(".tracker-text");
      if (!text) return;
      event.preventDefault();
      show(true);
      text.focus();
      if (mark) document.getSelection().collapse(mark.firstChild, 0);
    } else if (event.target.closest?.(".tracker-text")) {
      if (event.key === "Enter") { event.preventDefault(); makeClaim(); }
      if (event.key === "Escape" && lastField) { event.preventDefault(); goTo(placeOf(lastField)); }
      // The theme has shortcuts that are single letters.
      event.stopPropagation();
    }
  }, true);
  // A text can be walked through with a caret, and not changed.
  for (const kind of ["beforeinput", "drop", "paste", "cut"]) {
    panel.addEventListener(kind, (event) => {
      if (event.target.closest?.(".tracker-text")) event.preventDefault();
    });
  }

  function show(is) {
    find("evidence-body").hidden = !is;
    panel.classList.toggle("is-hidden", !is);
    find("hide").setAttribute("aria-expanded", is);
    find("hide").textContent = is ? "Hide" : "Show";
  }

  function adopt(button) {
    const place = button.closest(".tracker-place");
    const why = place.querySelector(".tracker-why");
    why.hidden = false;
    why.querySelector("[data-decide]").dataset.decide = button.dataset.adopt;
    why.querySelector("input").focus();
  }

  // The chosen claim is adopted, the others of its field are rejected, each with the reason; all stay.
  function decide(button) {
    const place = button.closest(".tracker-place");
    const reason = place.querySelector(".tracker-why input").value.trim();
    if (!reason) return say("Say why: the reason is public.");
    for (const { dataset } of place.querySelectorAll("li[data-claim]")) {
      const verdict = form.querySelector(`[data-claim="${dataset.claim}"]`);
      if (!verdict) continue;
      setValue(verdict, dataset.claim === button.dataset.decide ? "adopted" : "rejected");
      setValue(form.querySelector(`[name="${verdict.name.replace("verdict", "reason")}"]`), reason);
    }
    const field = fieldAt(place.dataset.place);
    const now = field && placeOf(field) === place.dataset.place && valueOf(field);
    say(`${button.dataset.decide} is adopted, and the other claims about ${place.dataset.place} are rejected. It is saved with the form.${now ? ` The field says ${now}: is that what the claim says?` : ""}`);
  }

  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "tracker-hide") show(find("evidence-body").hidden);
    if (button.id === "tracker-make") makeClaim();
    if (button.dataset.go) goTo(button.dataset.go);
    if (button.dataset.adopt) adopt(button);
    if (button.dataset.decide) decide(button);
    if (button.dataset.show) {
      const [mark] = marksOf(button.dataset.show);
      if (!mark) return say("No text that is shown has this passage.");
      panel.querySelectorAll("mark.is-current").forEach((other) => other.classList.remove("is-current"));
      mark.classList.add("is-current");
      mark.closest(".tracker-text").scrollIntoView({ block: "nearest" });
      scrollTo(mark);
    }
  });

  // ---- Another document beside the form

  async function bring(key) {
    if (!key || panel.querySelector(`.tracker-text[data-document="${key}"]`)) return;
    const query = new URLSearchParams({ document: key, record: panel.dataset.record });
    const response = await fetch(`${panel.dataset.address}?${query}`);
    if (!response.ok) return say("This document cannot be shown.");
    find("sources").insertAdjacentHTML("afterbegin", await response.text());
    say("The document stands beside the form.");
  }

  window.addEventListener("load", () => {
    const claiming = panel.querySelector(".tracker-claiming");
    if (claiming && document.querySelector("#claims-group")) {
      claiming.hidden = false;
      listPlaces();
    }
    if (!find("another") || !window.django?.jQuery) return;
    django.jQuery("#tracker-another").on("change", (event) => bring(event.target.value));
    // The theme's autocomplete, which is ready later, calls itself by what is chosen; that is nothing yet.
    django.jQuery(() => {
      for (const part of panel.querySelectorAll("#tracker-another + .select2 :is([role=combobox], [role=textbox])")) {
        part.setAttribute("aria-labelledby", "tracker-another-label");
      }
    });
  });
})();
