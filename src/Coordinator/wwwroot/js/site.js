// What every page has: the switch between light and dark, times that tell how long ago, dialogs that ask before something
// is done, and live parts.
import { ago } from "./words.js";
import { poll, renew, renewed } from "./live.js";

const page = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function theme() {
  return page.dataset.theme ?? (dark.matches ? "dark" : "light");
}

function showTheme() {
  const button = document.getElementById("theme");
  button.textContent = theme() === "dark" ? "☀" : "☾";
  button.setAttribute("aria-label", theme() === "dark" ? "Use light colours" : "Use dark colours");
  button.title = button.getAttribute("aria-label");
  document.dispatchEvent(new CustomEvent("catgan:theme"));
}

document.getElementById("theme").addEventListener("click", () => {
  page.dataset.theme = theme() === "dark" ? "light" : "dark";
  localStorage.setItem("catgan-theme", page.dataset.theme);
  showTheme();
});
dark.addEventListener("change", showTheme);
showTheme();

function times() {
  for (const time of document.querySelectorAll("time[data-ago]")) time.textContent = ago(Date.parse(time.dateTime));
}

setInterval(() => { if (!document.hidden) times(); }, 10000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) times(); });

// An opened menu closes when one clicks elsewhere or presses Escape.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("[data-dialog]")) menu.open = false;
  }
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/** Says something to the person, and to a screen reader, for a while. */
export function tell(text) {
  const line = document.createElement("p");
  line.textContent = text;
  document.getElementById("toasts").append(line);
  setTimeout(() => line.remove(), 8000);
}

// Where a dialog was opened from. It may be gone when the dialog closes (a paused sweep has no button to pause it), or in a
// menu that is shut: whoever uses the keyboard must not land at the top of the page.
let from = null;

function back() {
  if (document.activeElement && document.activeElement !== document.body) return;
  const place = from?.isConnected ? from : document.querySelector(".actions button, .actions a, .actions summary") ?? document.getElementById("main");
  place.focus();
}

document.addEventListener("close", () => setTimeout(back), true);

// A button with data-dialog opens the dialog of that id; its form is sent to data-post as JSON.
document.addEventListener("click", event => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    for (const field of dialog.querySelectorAll("[name]")) {
      if (opener.dataset[field.name] !== undefined) field.value = opener.dataset[field.name];
    }
    for (const word of dialog.querySelectorAll("[data-word]")) word.textContent = opener.dataset[word.dataset.word] ?? "";
    from = opener.closest("details.menu")?.querySelector("summary") ?? opener;
    if (opener.dataset.post) dialog.querySelector("form").dataset.post = opener.dataset.post;
    complain(dialog, null);
    dialog.showModal();
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

document.addEventListener("submit", async event => {
  const form = event.target;
  if (!form.dataset.post) return;
  event.preventDefault();
  const dialog = form.closest("dialog");
  const send = form.querySelector("button[type=submit]");
  send.disabled = true;
  try {
    const answer = await post(form.dataset.post, body(form));
    dialog?.close();
    tell(answer.done ?? form.dataset.done ?? "Done.");
    form.dispatchEvent(new CustomEvent("catgan:done", { bubbles: true, detail: answer }));
    form.reset();
    await renew().catch(renewed); // it was done all the same
    back();
  } catch (fault) {
    complain(dialog ?? form, fault);
  } finally {
    send.disabled = false;
  }
});

function complain(where, fault) {
  const place = where.querySelector("[role=alert]");
  if (!place) return;
  place.hidden = !fault;
  place.textContent = fault ? [fault.message, ...(fault.hints ?? [])].join(" · ") : "";
}

// Empty fields are left out; numbers and ticks are sent as such. A list is what is ticked, or stands between commas: tags may
// have spaces. What must not be sent as it was found
// (somebody else may have changed it since) is sent where it was changed here, emptied too.
function body(form) {
  const json = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    if (field.dataset.list !== undefined) json[field.name] = [...json[field.name] ?? [], ...listed(field)];
    else if (field.type === "checkbox") json[field.name] = field.checked;
    else if (field.dataset.changed !== undefined) {
      if (field.value !== field.defaultValue.replace(/\r\n?/g, "\n")) json[field.name] = field.value;
    } else if (field.value === "") continue;
    else json[field.name] = field.type === "number" || field.dataset.number !== undefined ? Number(field.value) : field.value;
  }
  return json;
}

const listed = field => field.type === "checkbox" ? (field.checked ? [field.value] : []) : field.value.split(/[,\n]/).map(w => w.trim()).filter(w => w);

/** Sends JSON and gives the answer's; throws the fault's words. */
export async function post(url, json) {
  const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(json) })
    .catch(() => { throw new Error("No connection to the server: it may have been done or not. Look, or try again."); });
  const text = await answer.text();
  const content = text && answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : {};
  if (answer.ok) return content;
  throw Object.assign(new Error(content.detail ?? `the server answered ${answer.status}`), { hints: content.hints, faults: content.faults });
}

const every = document.querySelector("[data-poll]");
if (every) poll(Number(every.dataset.poll) * 1000);
