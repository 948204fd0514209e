"use strict";
const [filters, words, lang, format, count] = ["_filters", "_words", "_lang", "_format", "_count"].map((id) =>
  document.getElementById(id),
);
const items = [...document.querySelectorAll("#_shelf > li")].map((item) => [item, { ...item.firstChild.dataset }]);
const all = count.textContent;
function has(list, wanted) {
  return !wanted || list.split(" ").includes(wanted);
}
function searched(text) {
  const plain = text.replace(/[’‘]/g, "'").normalize("NFKD").replace(/\p{Mn}/gu, "");
  return plain.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
}
function show() {
  const wanted = searched(words.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [item, data] of items) {
    const fits =
      has(data.lang, lang.value) &&
      has(data.format, format.value) &&
      wanted.every((word) => data.words.includes(word));
    if (item.hidden === fits) {
      item.hidden = !fits;
    }
    shown += fits;
  }
  count.textContent = shown === items.length ? all : shown + " of " + all;
}
filters.addEventListener("input", show);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.hidden = false;
window.addEventListener("pageshow", show); // browsers fill in what was chosen before
