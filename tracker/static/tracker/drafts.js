"use strict";
// Nothing typed is lost: what stands in a form that is not saved is kept in this browser, for the person and the record,
// and offered again after a lost session, a closed tab or a failed save. It is cleared when it is saved.
{
  // SENT, TAKEN: which draft was sent, or is taken up, until the next page tells what became of it.
  // WRITTEN: what was saved.
  const PREFIX = "draft:", SENT = "sent:", TAKEN = "taken:", WRITTEN = "written:", SAVED = "draft_saved";
  const KEPT_FOR = 14 * 24 * 3600 * 1000; // milliseconds
  const KEEP_AFTER = 400; // milliseconds without a key
  const LABELS = 4; // fields that are named
  const OURS = new Set(["csrfmiddlewaretoken", "_restore", "_save", "_continue", "_addanother"]);

  // Each page that a form is opened in has a draft of its own: two tabs overwrite nothing of each other.
  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  }

  function put(key, id, draft) {
    const all = read(key);
    if (draft) all[id] = draft;
    else delete all[id];
    if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
    else localStorage.removeItem(key);
  }

  function take(name) {
    const found = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return found;
  }

  // What the server has saved since the last page, and what is too old to be wanted.
  function clear() {
    const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${SAVED}=`));
    if (cookie) {
      const key = PREFIX + decodeURIComponent(cookie.slice(SAVED.length + 1));
      const id = take(SENT + key);
      const saved = read(key)[id];
      if (saved) sessionStorage.setItem(WRITTEN + key, typed(saved.fields));
      put(key, id, null);
      document.cookie = `${SAVED}=; path=/admin/; max-age=0; samesite=lax`;
    }
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      for (const [id, draft] of Object.entries(read(key))) {
        if (!(draft?.time > Date.now() - KEPT_FOR)) put(key, id, null);
      }
    }
  }

  const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OURS.has(name));
  // The version that a form was opened as is kept with it, and is nothing that anybody typed.
  const typed = (fields) => JSON.stringify(fields.filter(([name]) => name !== "opened_as"));

  // The server shows the form as it was typed, with all its rows, and saves nothing.
  function restore(form, draft) {
    const again = document.createElement("form");
    Object.assign(again, { method: "post", action: form.action || location.href, hidden: true });
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const [name, value] of [...draft.fields, ["csrfmiddlewaretoken", token], ["_restore", "1"]]) {
      // No element for long texts but this keeps their lines.
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      again.append(field);
    }
    document.body.append(again);
    again.submit();
  }

  function banner(form, text) {
    const made = document.createElement("div");
    made.className = "tracker-draft";
    made.setAttribute("role", "status");
    made.append(Object.assign(document.createElement("p"), { textContent: text }));
    form.before(made);
    return made;
  }

  // What a draft says otherwise than the form, by the labels of its fields.
  function changed(form, draft) {
    const stands = new Set(fieldsOf(form).map((each) => JSON.stringify(each)));
    const names = draft.fields.filter((each) => !stands.has(JSON.stringify(each))).map(([name]) => name);
    const labels = names.map((name) => form.elements[name]?.labels?.[0]?.textContent.replace("*", "").trim());
    const said = [...new Set(labels.filter(Boolean))];
    return said.slice(0, LABELS).join(", ") + (said.length > LABELS ? " …" : "");
  }

  function offer(mark, form, draft, key, id) {
    const time = new Date(draft.time).toLocaleString(document.documentElement.lang || undefined);
    const fields = changed(form, draft);
    const what = fields && ` ${mark.dataset.fields} ${fields}`;
    const made = banner(form, mark.dataset.offer.replace("{time}", time) + what);
    const button = (text, act) => {
      const pressed = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      pressed.addEventListener("click", act);
      return pressed;
    };
    made.append(
      button(mark.dataset.take, () => {
        sessionStorage.setItem(TAKEN + key, id);
        restore(form, draft);
      }),
      button(mark.dataset.drop, () => {
        put(key, id, null);
        made.remove();
      }),
    );
  }

  // A comment or a reason that was not sent, or not taken, stands in its place again.
  function keepWords(area) {
    const key = PREFIX + area.dataset.words, id = area.dataset.of || area.name;
    const kept = read(key)[id];
    if (kept && !area.value) {
      area.value = kept.fields[0][1];
      area.closest("details")?.setAttribute("open", "");
    }
    area.addEventListener("input", () => {
      try {
        put(key, id, area.value && { time: Date.now(), fields: [[area.name, area.value]] });
      } catch {
        // The browser keeps no more: typing goes on.
      }
    });
    area.form.addEventListener("submit", () => sessionStorage.setItem(SENT + key, id));
  }

  window.addEventListener("load", () => {
    clear();
    document.querySelectorAll("textarea[data-words]").forEach(keepWords);
    const mark = document.querySelector("[data-draft]");
    const form = mark?.closest("form");
    if (!form || new URLSearchParams(location.search).has("_popup")) return;
    const address = new URL(form.getAttribute("action") || location.href, location.href);
    const key = `${PREFIX}${mark.dataset.draft}:${address.pathname}`;
    const isShownAgain = mark.dataset.bound === "yes";
    const shown = typed(fieldsOf(form));
    const id = `${Date.now()}.${Math.random()}`;
    const all = read(key);
    const sent = take(SENT + key), taken = take(TAKEN + key);
    if (!isShownAgain) {
      const others = Object.entries(all)
        .filter(([, draft]) => typed(draft.fields) !== shown)
        .sort(([, one], [, two]) => one.time - two.time);
      // It was sent, and the answer was the login or none at all: back to the form as it was.
      if (others.some(([other]) => other === sent)) {
        sessionStorage.setItem(TAKEN + key, sent);
        restore(form, all[sent]);
        return;
      }
      for (const [other, draft] of others) offer(mark, form, draft, key, other);
    }

    let timer = 0;
    const files = () =>
      [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files].map((file) => file.name));
    const keep = () => {
      clearTimeout(timer);
      const fields = fieldsOf(form);
      const now = typed(fields);
      if (now === shown && !isShownAgain) {
        put(key, id, null);
        return;
      }
      // Back at a form that was saved, as it was typed.
      if (now === sessionStorage.getItem(WRITTEN + key)) return;
      try {
        put(key, id, { time: Date.now(), fields, files: files() });
      } catch {
        // The browser keeps no more: typing goes on.
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_AFTER);
    };
    for (const name of ["input", "change", "formset:added", "formset:removed"]) form.addEventListener(name, later);
    window.django?.jQuery(form).on("select2:select select2:unselect", later);
    form.addEventListener("submit", () => {
      keep();
      sessionStorage.setItem(SENT + key, id);
    });
    window.addEventListener("pagehide", keep);
    if (isShownAgain) {
      keep();
      const before = all[taken ?? sent];
      if (before?.files?.length) banner(form, mark.dataset.files.replace("{files}", before.files.join(", ")));
      put(key, taken ?? sent, null);
    }
  });
}
