"use strict";
// While a pledge is typed: the pledges that are likely to be the same. It keeps nobody from saving.
{
  const ASK_AFTER = 600; // milliseconds without a change
  let form = null;
  let address = "";

  function typed() {
    const asked = new URLSearchParams();
    const add = (name, selector) => {
      for (const field of form.querySelectorAll(selector)) if (field.value && !field.name.includes("__prefix__")) asked.append(name, field.value);
    };
    add("name", "[name=name]");
    add("announced", "[name=announced]");
    add("aid_type", "[name=aid_type]");
    add("contributor", "[name^=shares-][name$=-contributor]");
    add("platform", "[name^=items-][name$=-platform]");
    // Once it is saved, its id is no field of the form.
    const own = form.querySelector("[data-twins]").dataset.but;
    if (own) asked.append("but", own);
    for (const amount of form.querySelectorAll("[name^=entries-][name$=-amount]")) {
      if (!amount.value || amount.name.includes("__prefix__")) continue;
      asked.append("amount", amount.value);
      for (const name of ["stage", "currency"]) {
        asked.append(name, form.elements[amount.name.replace("-amount", `-${name}`)]?.value ?? "");
      }
    }
    return asked;
  }

  async function ask() {
    const asked = typed();
    const place = form.querySelector("[data-twins]");
    const response = await fetch(`${address}?${asked}`, { headers: { Accept: "application/json" } });
    if (!response.ok || String(typed()) !== String(asked)) return;
    const { title, twins } = await response.json();
    place.replaceChildren();
    place.hidden = twins.length === 0;
    if (!twins.length) return;
    const list = document.createElement("ul");
    for (const twin of twins) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      Object.assign(link, { href: twin.address, target: "_blank", textContent: `${twin.name} · ${twin.id}`, className: "text-link underline" });
      item.append(link, ` – ${twin.reasons}`);
      list.append(item);
    }
    place.append(Object.assign(document.createElement("p"), { textContent: title }), list);
  }

  // The form comes after the script, and autocompletes tell jQuery alone what is chosen.
  window.addEventListener("load", () => {
    form = document.getElementById("pledge_form");
    address = form?.querySelector("[data-twins]")?.dataset.twins;
    if (!address) return;
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, ASK_AFTER);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    window.django?.jQuery(form).on("select2:select select2:unselect", later);
  });
}
