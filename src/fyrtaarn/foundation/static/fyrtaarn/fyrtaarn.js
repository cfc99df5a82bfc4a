// What the pages can do more with a script. Each page is whole without it.
"use strict";

// Characters left below a long text.
function countCharacters(note) {
  const control = document.getElementById(note.dataset.counts);
  const longest = Number(note.dataset.longest);
  const show = () => {
    const sent = control.value.replaceAll("\n", "\r\n"); // as the browser sends line breaks, and the server counts them
    const left = longest - sent.length;
    note.textContent = left < 0 ? `${-left} ${note.dataset.over}` : `${left} ${note.dataset.left}`;
    note.classList.toggle("form-error-message", left < 0);
  };
  control.addEventListener("input", show);
  show();
}

// Words in a text so far, and how long they take to read: 200 in a minute, in steps of five seconds.
function countWords(note) {
  const control = document.getElementById(note.dataset.words);
  const show = () => {
    const words = control.value.split(/\s+/).filter(Boolean).length;
    const seconds = Math.max(5, Math.round(words * 60 / 200 / 5) * 5);
    note.textContent = note.dataset.said.replace("{words}", words).replace("{seconds}", seconds);
    note.classList.toggle("form-error-message", words > Number(note.dataset.most));
  };
  control.addEventListener("input", show);
  show();
}

// The øre of an amount as people write it, in Danish or English; none for what is no amount.
function oereIn(text) {
  const plain = text.replace(/\s/g, "").replace(/^(dkk|kr\.?)|(dkk|kr\.?|,-)$/gi, "");
  const danish = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(plain);
  const found = danish || /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(plain);
  return found ? Number(found[1].replace(/[.,]/g, "")) * 100 + Number((found[2] || "").padEnd(2, "0")) : 0;
}

// What the lines of a budget come to while they are written, by who pays.
function addUp(box) {
  const form = box.closest("form");
  const language = document.documentElement.lang;
  const show = () => {
    const sums = { total: 0 };
    for (const field of form.querySelectorAll(`input[name^="${box.dataset.sums}-"][name$="-oere"]`)) {
      const source = form.elements[field.name.replace(/oere$/, "source")].value;
      const oere = oereIn(field.value);
      sums[source] = (sums[source] || 0) + oere;
      sums.total += oere;
    }
    for (const place of box.querySelectorAll("[data-sum]")) {
      const oere = sums[place.dataset.sum] || 0;
      const digits = oere % 100 ? 2 : 0;
      const said = (oere / 100).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      place.textContent = box.dataset.said.replace("{amount}", said);
    }
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
}

// A field above a long list of choices that leaves only those with the letters in it, and those already chosen.
function filterChoices(list, number) {
  const field = document.createElement("input");
  field.type = "search";
  field.id = `choices-filter-${number}`;
  field.className = "form-input many-choices-filter";
  field.autocomplete = "off";
  const label = document.createElement("label");
  label.className = "form-hint";
  label.htmlFor = field.id;
  label.textContent = list.dataset.filterLabel;
  field.addEventListener("input", () => {
    const letters = field.value.trim().toLocaleLowerCase();
    for (const choice of list.querySelectorAll(".form-group-checkbox")) {
      const chosen = choice.querySelector("input").checked;
      choice.hidden = !chosen && !choice.textContent.toLocaleLowerCase().includes(letters);
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.before(label, field);
}

// Tell what came of a search: that it was shown, and which result was opened first. No cookie goes along.
function tellOfSearch(page) {
  const tell = (opened) =>
    fetch(page.dataset.tell, {
      method: "POST",
      body: new URLSearchParams({ asked: page.dataset.asked, opened }),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive: true,
    }).catch(() => {}); // whether it is counted is no matter of the reader's
  let told = false;
  const opened = (event) => {
    const hit = event.target.closest(".hit");
    if (told || !hit || !event.target.closest("a")) return;
    told = true;
    tell(String([...hit.parentElement.children].indexOf(hit) + 1));
  };
  document.addEventListener("click", opened);
  document.addEventListener("auxclick", opened);
  tell("");
}

// What was not taken, mostly because she is signed out meanwhile: a form is sent as without a script, and the page that
// answers keeps what she has written and says how to go on; what saves itself while she writes says that it did not.
function answerRefusal({ detail: { elt, target, requestConfig, xhr } }) {
  const sent = requestConfig.triggeringEvent?.type === "submit";
  if (sent && xhr.status === 403) elt.submit();
  else if (target?.dataset.notSaved) target.textContent = target.dataset.notSaved;
}

function enliven(root) {
  root.querySelectorAll("[data-asked]").forEach(tellOfSearch);
  root.querySelectorAll("[data-counts]").forEach(countCharacters);
  root.querySelectorAll("[data-words]").forEach(countWords);
  root.querySelectorAll("[data-sums]").forEach(addUp);
  root.querySelectorAll(".many-choices").forEach((list) => {
    filterChoices(list, document.querySelectorAll(".many-choices-filter").length);
  });
  root.querySelectorAll("[data-prints]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  root.querySelector("[data-takes-focus]")?.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  window.DKFDS?.init();
  enliven(document);
  document.body.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) enliven(event.detail.elt);
  });
  document.body.addEventListener("htmx:responseError", answerRefusal);
  document.body.addEventListener("htmx:sendError", answerRefusal);
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector(".menu[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
});
