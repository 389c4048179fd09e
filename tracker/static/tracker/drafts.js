"use strict";
// Nothing typed is lost: what stands in a form that is not saved is kept in this browser, for the person and the record,
// and offered again after a lost session, a closed tab or a failed save. It is cleared when it is saved.
{
  const PREFIX = "draft:", SENT = "sent:", SAVED = "draft_saved";
  const KEPT_FOR = 14 * 24 * 3600 * 1000; // milliseconds
  const KEEP_AFTER = 400; // milliseconds without a key
  const OURS = new Set(["csrfmiddlewaretoken", "_restore", "_save", "_continue", "_addanother"]);

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function forget(key) {
    localStorage.removeItem(key);
    sessionStorage.removeItem(SENT + key);
  }

  // What the server has saved since the last page, and what is too old to be wanted.
  function clear() {
    const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${SAVED}=`));
    if (cookie) {
      forget(PREFIX + decodeURIComponent(cookie.slice(SAVED.length + 1)));
      document.cookie = `${SAVED}=; path=/admin/; max-age=0; samesite=lax`;
    }
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !(read(key)?.time > Date.now() - KEPT_FOR)) forget(key);
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

  function offer(mark, form, draft, key) {
    const banner = document.createElement("div");
    banner.className = "tracker-draft";
    banner.setAttribute("role", "status");
    const time = new Date(draft.time).toLocaleString(document.documentElement.lang || undefined);
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      made.addEventListener("click", act);
      return made;
    };
    banner.append(
      Object.assign(document.createElement("p"), { textContent: mark.dataset.offer.replace("{time}", time) }),
      button(mark.dataset.take, () => restore(form, draft)),
      button(mark.dataset.drop, () => {
        forget(key);
        banner.remove();
      }),
    );
    form.before(banner);
  }

  window.addEventListener("load", () => {
    clear();
    const mark = document.querySelector("[data-draft]");
    const form = mark?.closest("form");
    if (!form || new URLSearchParams(location.search).has("_popup")) return;
    const address = new URL(form.getAttribute("action") || location.href, location.href);
    const key = `${PREFIX}${mark.dataset.draft}:${address.pathname}`;
    const isShownAgain = mark.dataset.bound === "yes";
    const shown = typed(fieldsOf(form));
    const draft = read(key);
    const wasSent = sessionStorage.getItem(SENT + key) !== null;
    sessionStorage.removeItem(SENT + key);
    if (draft && !isShownAgain && typed(draft.fields) !== shown) {
      // It was sent, and the answer was the login or none at all: back to the form as it was.
      if (wasSent) {
        restore(form, draft);
        return;
      }
      offer(mark, form, draft, key);
    }

    let timer = 0;
    const keep = () => {
      clearTimeout(timer);
      const fields = fieldsOf(form);
      if (typed(fields) === shown && !isShownAgain) return;
      try {
        localStorage.setItem(key, JSON.stringify({ time: Date.now(), fields }));
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
      sessionStorage.setItem(SENT + key, "1");
    });
    window.addEventListener("pagehide", keep);
    if (isShownAgain) keep();
  });
}
