// Copy buttons, and the search without a server. Without this script the pages are complete, and the server searches.

const indexUrl = new URL(document.currentScript.dataset.index, location);
const most = 50;

// A page that came over HTTP from another machine has no clipboard.
for (const pre of navigator.clipboard ? document.querySelectorAll(".listing pre, .sample pre") : []) {
  const button = document.createElement("button");
  button.className = "copy";
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${pre.textContent}\n`);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  pre.parentElement.append(button);
}

// On a wide screen the contents scroll by themselves; on a phone they are below the text, and stay where they are.
const current = document.querySelector(".toc [aria-current]");
if (current) {
  const toc = current.closest(".toc");
  toc.scrollTop = current.offsetTop - toc.clientHeight / 2;
}

function* listEntries() {
  for (const [place, pages] of tutorialIndex) {
    for (const [title, url, about, entries] of pages) {
      yield { title, place, url, text: about, among: `${title} ${place}` };
      for (const entry of entries) {
        const [name, text = "", anchor = name] = [entry].flat();
        yield { title: name, place: title, url: `${url}#${anchor}`, text, among: `${title} ${place}` };
      }
    }
  }
}

function rank({ title, among, text }, words) {
  const name = title.toLowerCase();
  if (name === words.join(" ")) return 1;
  if (words.every((word) => name.includes(word))) return 2;
  const everything = `${name} ${among} ${text}`.toLowerCase();
  return words.every((word) => everything.includes(word)) ? 3 : 0;
}

function search(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const ranked = [...listEntries()].map((entry) => [rank(entry, words), entry]).filter(([place]) => place);
  return ranked.sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

function render({ title, place, url, text }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const where = document.createElement("span");
  link.href = new URL(url, indexUrl);
  link.textContent = title;
  where.className = "where";
  where.textContent = ` ${place}`;
  item.append(link, where, document.createElement("br"), text);
  return item;
}

function show(query) {
  const entries = search(query);
  document.getElementById("count").textContent = query.trim() ? `${entries.length} found` : "";
  document.getElementById("found").replaceChildren(...entries.slice(0, most).map(render));
}

const field = document.getElementById("query");
if (field) {
  const index = document.createElement("script");
  index.src = indexUrl;
  index.addEventListener("load", () => {
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) {
      field.value = asked;
      show(asked);
    }
    field.addEventListener("input", () => show(field.value));
  });
  document.head.append(index);
}
