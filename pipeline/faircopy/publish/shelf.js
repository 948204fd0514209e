"use strict";
const filters = document.getElementById("filters");
const [words, lang, format] = ["words", "lang", "format"].map((name) => document.getElementById(name));
const count = document.getElementById("count");
const items = [...document.querySelectorAll("#shelf > li")].map((item) => [item, { ...item.firstChild.dataset }]);
const all = count.textContent;
function has(list, wanted) {
  return !wanted || list.split(" ").includes(wanted);
}
function show() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
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
