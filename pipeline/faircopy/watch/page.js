"use strict";
// The preview's own page. What comes from a manuscript is shown as text, or in frames without script.

const byId = (id) => document.getElementById(id);
const make = (name, className, text) => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text ?? "";
  return made;
};

// --- panes: one a format, shown beside each other where several are pressed ---------------------

/** Shows a document in a frame; the one before it stays until the new one is there. */
function frame(view, address, title) {
  const coming = make("iframe", "coming");
  coming.setAttribute("sandbox", "");
  coming.title = title;
  coming.src = address;
  coming.addEventListener("load", () => {
    while (coming.previousElementSibling) {
      coming.previousElementSibling.remove();
    }
    coming.className = "";
  }, { once: true });
  view.append(coming);
}

const fragment = (id) => (id ? "#" + encodeURIComponent(id) : "");

async function parts(tab) {
  const answer = await fetch(`${tab.format}/${tab.round}/parts`);
  return answer.ok ? answer.json() : null; // a newer one is on its way
}

/** Returns the line of buttons above a view. */
function steps(view) {
  const there = view.parentElement.querySelector(".steps");
  return there ?? view.parentElement.insertBefore(make("div", "steps"), view);
}

/** Shows pages as pictures, in place of the ones before, and marks where the sentence stands. */
function pages(view, tab, found) {
  view.classList.add("paper");
  found.parts.forEach((part, number) => {
    const page = view.children[number] ?? view.appendChild(make("div", "page"));
    const image = page.querySelector("img") ?? page.appendChild(make("img", ""));
    page.style.setProperty("width", `${part.width * 1.6}px`);
    image.width = part.width;
    image.height = part.height;
    image.loading = "lazy";
    image.alt = part.name;
    image.src = `${tab.format}/${tab.round}/${number}.png`;
    page.querySelector(".mark")?.remove();
  });
  while (view.children.length > found.parts.length) {
    view.lastElementChild.remove();
  }
  const page = view.children[found.part];
  if (page) {
    const mark = page.appendChild(make("div", "mark"));
    mark.style.setProperty("top", `${found.down * 100}%`);
    mark.scrollIntoView({ block: "center" });
  }
}

const draw = {
  web(view, tab, target) {
    frame(view, `web/${tab.round}${fragment(target)}`, tab.label);
  },

  async pdf(view, tab) {
    const found = await parts(tab);
    if (found) {
      pages(view, tab, found);
    }
  },

  async epub(view, tab, target) {
    const found = await parts(tab);
    if (!found) {
      return;
    }
    const last = found.parts.length - 1;
    let at = found.part >= 0 ? found.part : Math.min(Number(view.dataset.at ?? 0), last);
    const bar = steps(view);
    const say = make("span", "");
    const go = (to, id) => {
      at = Math.max(0, Math.min(last, to));
      view.dataset.at = String(at);
      say.textContent = `${at + 1} of ${last + 1}`;
      const name = found.parts[at].name.split("/").map(encodeURIComponent).join("/");
      frame(view, `epub/${tab.round}/book/${name}${fragment(id)}`, tab.label);
    };
    const step = (text, by) => {
      const button = make("button", "", text);
      button.addEventListener("click", () => go(at + by, ""));
      return button;
    };
    bar.replaceChildren(step("Back", -1), step("On", 1), say);
    view.classList.add("book");
    go(at, found.part >= 0 ? target : "");
  },

  async docx(view, tab) {
    const bar = steps(view);
    const asPages = view.dataset.as === "pages";
    const change = make("button", "", asPages ? "Words" : "Pages, by LibreOffice");
    change.addEventListener("click", () => {
      view.dataset.as = asPages ? "words" : "pages";
      draw.docx(view, tab);
    });
    bar.replaceChildren(change);
    await (asPages ? printed(view, tab, bar) : words(view, tab));
  },
};

/** Shows the words of the Word document. */
async function words(view, tab) {
  const found = await parts(tab);
  if (!found) {
    return;
  }
  const shown = make("div", "words");
  found.parts.forEach((part, number) => {
    const paragraph = shown.appendChild(make("p", number === found.part ? "changed" : "", part.name));
    paragraph.dir = "auto"; // as its first letter has it: Urdu runs from the right
  });
  view.classList.remove("paper");
  view.replaceChildren(shown);
  shown.querySelector(".changed")?.scrollIntoView({ block: "center" });
}

/** Shows the Word document as LibreOffice prints it, which takes some seconds. */
async function printed(view, tab, bar) {
  const said = bar.appendChild(make("span", "", "LibreOffice is at work …"));
  const answer = await fetch(`docx/${tab.round}/paper`);
  const found = answer.ok ? await answer.json() : {}; // a newer one is on its way
  said.textContent = (found.refused ?? []).join(" ");
  if (found.parts && view.dataset.as === "pages") {
    view.querySelector(".words")?.remove();
    pages(view, tab, found);
  }
}

const ABOUT = {
  docx: "The words of the Word document, as its file has them, or its pages as LibreOffice sets them.",
};
const panes = new Map();
let news = null;

function pane(tab) {
  if (!panes.has(tab.format)) {
    const box = byId("panes").appendChild(make("section", "pane"));
    const about = box.appendChild(make("p", "about"));
    const view = box.appendChild(make("div", "view"));
    const button = byId("tabs").appendChild(make("button", "", tab.label));
    box.setAttribute("aria-label", tab.label);
    box.hidden = tab.format !== "web";
    panes.set(tab.format, { box, about, view, button, drawn: "" });
    button.addEventListener("click", () => {
      box.hidden = !box.hidden;
      show();
    });
  }
  return panes.get(tab.format);
}

function showTab(tab) {
  const shown = pane(tab);
  const { box, about, view, button } = shown;
  button.setAttribute("aria-pressed", String(!box.hidden));
  button.classList.toggle("busy", tab.busy);
  button.classList.toggle("refused", tab.refused.length > 0);
  about.textContent = tab.refused.map((one) => `${one.said} ${one.remedy}`).join("\n");
  about.classList.toggle("error", tab.refused.length > 0);
  about.textContent ||= ABOUT[tab.format] ?? "";
  const wanted = `${news.slug} ${tab.round}`;
  if (tab.round && !box.hidden && shown.drawn !== wanted) {
    shown.drawn = wanted;
    draw[tab.format](view, tab, news.target);
  }
  if (!tab.round) {
    view.replaceChildren();
  }
}

// --- findings, progress ------------------------------------------------------------------------

function finding(one) {
  const item = make("li", one.severity);
  const where = [one.file === "manuscript.md" ? "" : one.file, one.line ? `line ${one.line}` : ""];
  const text = where.filter(Boolean).join(", ") || one.severity;
  const button = make(one.target ? "button" : "span", "where", text);
  if (one.target) {
    button.addEventListener("click", () => follow(one.target));
  }
  item.append(button, make("p", "said", one.said), make("p", "remedy", one.remedy));
  item.append(make("p", "code", `${one.severity} · ${one.code}`));
  return item;
}

/** Scrolls the web page to a unit of the text. */
function follow(target) {
  const shown = panes.get("web").view.lastElementChild;
  if (shown) {
    shown.src = shown.src.split("#")[0] + fragment(target);
  }
}

function show() {
  if (!news) {
    return;
  }
  document.title = `${news.slug} – Faircopy`;
  byId("slug").replaceChildren(
    ...news.slugs.map((slug) => new Option(slug, slug, false, slug === news.slug)),
  );
  byId("langs").hidden = news.langs.length < 2;
  byId("lang").replaceChildren(
    ...news.langs.map(([lang, name]) => new Option(name, lang, false, lang === news.lang)),
  );
  news.tabs.forEach(showTab);
  const busy = news.tabs.filter((tab) => tab.busy);
  byId("progress").max = news.tabs.length;
  byId("progress").value = news.tabs.length - busy.length;
  const web = news.tabs[0];
  const made = web.round && !web.busy ? `Web page made in ${web.seconds} s.` : "";
  const names = busy.map((tab) => tab.label).join(", ");
  byId("status").textContent = news.reading ? "Reading …" : names ? `${made} At work: ${names}.` : made;
  byId("refused").hidden = news.refused.length === 0;
  byId("refused-title").textContent = web.round
    ? "The manuscript has to be mended. What is shown is its last good state."
    : "The manuscript has to be mended before it can be shown.";
  byId("refused").querySelector("ol").replaceChildren(...news.refused.map(finding));
  byId("findings").replaceChildren(...news.findings.map(finding));
  byId("findings-title").textContent = `Findings: ${news.findings.length || "none"}`;
}

byId("slug").addEventListener("change", (event) => {
  fetch(`choose/${event.target.value}`, { method: "POST" });
});

byId("lang").addEventListener("change", (event) => {
  const chosen = event.target.value ? `/${event.target.value}` : "";
  fetch(`choose/${news.slug}${chosen}`, { method: "POST" });
});

const source = new EventSource("news");
source.addEventListener("message", (event) => {
  news = JSON.parse(event.data);
  show();
});
source.addEventListener("error", () => {
  byId("status").textContent = "The preview has ended. Start it again, and open its new address.";
});
