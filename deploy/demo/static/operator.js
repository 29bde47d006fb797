// SPDX-License-Identifier: EUPL-1.2
// Fetches the page again every two seconds and marks what was not there before.

const EVERY_MS = 2000;
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
let before = keys(live);

/** @param {ParentNode} root */
function keys(root) {
  return new Set([...root.querySelectorAll("[data-key]")].map((node) => node.getAttribute("data-key")));
}

async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("live");
  if (!answer.ok || !next) return;
  const now = keys(next);
  if (now.size === before.size && [...now].every((key) => before.has(key))) return;
  for (const node of next.querySelectorAll("[data-key]")) {
    node.classList.toggle("new", !before.has(node.getAttribute("data-key")));
  }
  before = now;
  const scrolled = [...live.querySelectorAll(".scroll")].map((node) => node.scrollLeft);
  live.replaceChildren(...next.childNodes);
  live.querySelectorAll(".scroll").forEach((node, index) => (node.scrollLeft = scrolled[index] ?? 0));
}

// A failed look changes nothing on the page; the next one may succeed.
setInterval(() => refresh().catch(() => undefined), EVERY_MS);
