// The editor of a spec: line numbers, faults at their lines, a preview of what it would run, and the submission.
import { backoff, cause, trouble } from "./trouble.js";
import { number, whole } from "./words.js";

const form = document.getElementById("new");
const text = document.getElementById("spec");
const lines = document.getElementById("lines");
const faults = document.getElementById("faults");
const verdict = document.getElementById("verdict");
const preview = document.getElementById("preview");
const submit = form.querySelector("[type=submit]");
let bad = new Map(), checked = 0, timer = null, lost = 0;
// One key for one text: pressed twice, it is one sweep. (crypto.randomUUID is there on https and loopback alone.)
const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(16).padStart(8, "0")).join("");
let key = fresh();

function numbers() {
  const count = text.value.split("\n").length;
  lines.replaceChildren(...Array.from({ length: count }, (_, i) => {
    const line = document.createElement("span");
    line.textContent = i + 1;
    if (bad.has(i + 1)) {
      line.className = "bad";
      line.title = bad.get(i + 1);
    }
    return line;
  }));
  lines.scrollTop = text.scrollTop;
}

// The answer with what it says; an answer that was cut off is none.
async function send(path, headers = {}) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/yaml", Accept: "application/json", ...headers }, body: text.value }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  return { answer: said || !answer?.ok ? answer : null, said: said ?? {} };
}

async function check() {
  const mine = ++checked;
  verdict.textContent = "Checking …";
  const { answer, said } = await send("/api/v1/specs/check?status=200");
  if (mine !== checked) return; // typed on or submitted meanwhile
  const none = !answer || answer.status >= 500 || answer.status === 429;
  trouble("check", none ? `${cause(answer)}: the spec is not checked yet. Trying again …` : null);
  if (none) return void (timer = setTimeout(check, backoff(lost++, 1000)));
  lost = 0;
  const fine = answer.ok && !said.faults;
  show(fine ? [] : said.faults ?? [{ message: said.detail ?? `the server answered ${answer.status}` }]);
  submit.disabled = !fine;
  if (fine) run(said);
}

// The same faults again are not told again: a screen reader would repeat them with each letter.
let told = "";

function show(found) {
  bad = new Map(found.filter(f => f.line).map(f => [f.line, f.message]));
  text.setAttribute("aria-invalid", found.length > 0);
  verdict.textContent = found.length === 0 ? "No faults." : `${found.length} ${found.length === 1 ? "fault" : "faults"}.`;
  preview.hidden = found.length > 0;
  numbers();
  const words = JSON.stringify(found);
  if (words === told) return;
  told = words;
  const list = document.createElement("ul");
  list.className = "faults";
  list.append(...found.map(fault => {
    const item = document.createElement("li");
    if (fault.line) {
      const go = document.createElement("button");
      go.type = "button";
      go.className = "plain";
      go.textContent = `line ${fault.line}`;
      go.addEventListener("click", () => jump(fault.line, fault.column ?? 1));
      item.append(go, " ");
    }
    item.append(fault.message);
    return item;
  }));
  faults.replaceChildren(...(found.length > 0 ? [list] : []));
}

// The text keeps its key, so that it is one sweep whatever became of the first try.
function unknown() {
  verdict.textContent = "";
  told = "";
  const line = document.createElement("p");
  line.className = "alert warn";
  line.textContent = `${cause(null)}: it may have been submitted or not. Submit it again: sent twice, it is one sweep.`;
  faults.replaceChildren(line);
}

function jump(line, column) {
  const before = text.value.split("\n").slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
  text.focus();
  text.setSelectionRange(before + column - 1, before + column - 1);
  text.scrollTop = (line - 5) * parseFloat(getComputedStyle(text).lineHeight);
}

function run(said) {
  const facts = [["Experiments", said.experiments === undefined ? "–" : whole(said.experiments)], ["Data set", said.dataset], ["Images each", said.budget_images ? whole(said.budget_images) : "no limit"], ["Repeats", said.repeats]];
  preview.querySelector("dl").replaceChildren(...facts.map(([name, value]) => {
    const pair = document.createElement("div"), title = document.createElement("dt"), content = document.createElement("dd");
    [title.textContent, content.textContent] = [name, value];
    pair.append(title, content);
    return pair;
  }));
  const configurations = said.configurations ?? [];
  const all = [...new Set(configurations.flatMap(c => Object.keys(c)))];
  const names = all.filter(n => new Set(configurations.map(c => c[n])).size > 1);
  document.getElementById("common").textContent = all.length > names.length ? `In all of them: ${all.filter(n => !names.includes(n)).map(n => `${n} ${short(configurations[0][n])}`).join(", ")}.` : "";
  const row = (cells, tag) => {
    const line = document.createElement("tr");
    line.append(...cells.map((cell, i) => {
      const place = document.createElement(tag);
      place.textContent = cell;
      if (tag === "th") place.scope = "col";
      if (i > 0) place.className = "num";
      return place;
    }));
    return line;
  };
  preview.querySelector("thead").replaceChildren(row(["#", ...names], "th"));
  preview.querySelector("tbody").replaceChildren(...configurations.slice(0, 20).map((c, i) => row([i + 1, ...names.map(n => short(c[n]))], "td")));
  if (configurations.length > 20) preview.querySelector("tbody").append(row([`and ${configurations.length - 20} more`, ...names.map(() => "")], "td"));
}

const short = value => value === undefined ? "" : value !== "" && Number.isFinite(Number(value)) ? number(Number(value)) : value;

text.addEventListener("input", () => {
  numbers();
  submit.disabled = true;
  key = fresh();
  checked++;
  clearTimeout(timer);
  timer = setTimeout(check, 400);
});
text.addEventListener("scroll", () => lines.scrollTop = text.scrollTop);
form.addEventListener("submit", async event => {
  event.preventDefault();
  submit.disabled = true;
  verdict.textContent = "Submitting …";
  checked++;
  clearTimeout(timer);
  const { answer, said } = await send("/api/v1/sweeps", { "Idempotency-Key": key });
  if (answer?.ok) return location.assign(`/sweeps/${said.sweep}`);
  submit.disabled = false;
  if (!answer) return unknown();
  show(said.faults ?? [{ message: [said.detail ?? cause(answer), ...(said.hints ?? [])].join(" · ") }]);
});
// The browser kept this page as it was when it submitted: what is submitted from it now is another sweep.
addEventListener("pageshow", event => {
  if (!event.persisted) return;
  key = fresh();
  check();
});
numbers();
await check();
