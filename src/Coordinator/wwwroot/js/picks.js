// Experiments ticked for a comparison. They are kept in the tab and shown beside the button, because the ranking shows but
// some of them: who pages, sorts or searches, or whose row moves away, keeps what they ticked.
const most = 6;
const form = document.getElementById("compare");
const rows = document.getElementById("ranking");
const chips = document.getElementById("picked");
const hint = form.querySelector("[role=status]");
const usual = hint.textContent;
const name = `catgan-compare-${form.elements.sweep.value}`;
let picked = [];

function read() {
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "[]");
  picked = kept.filter(Number.isInteger).slice(0, most);
  show();
}

function keep(numbers) {
  picked = numbers;
  sessionStorage.setItem(name, JSON.stringify(picked));
  show();
}

function show() {
  mark();
  chips.hidden = picked.length === 0;
  chips.replaceChildren(...picked.map(number => {
    const item = document.createElement("li"), button = document.createElement("button"), before = document.createElement("span"), sign = document.createElement("span");
    button.type = "button";
    button.value = number;
    before.className = "sr";
    before.textContent = "Do not compare experiment ";
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = "✕";
    button.append(before, String(number), sign);
    item.append(button);
    return item;
  }));
}

// Rows that came are ticked as what they stand for.
function mark() {
  for (const box of rows.querySelectorAll("input[name=experiment]")) box.checked = picked.includes(Number(box.value));
}

rows.addEventListener("change", event => {
  if (event.target.name !== "experiment") return;
  const number = Number(event.target.value);
  const full = event.target.checked && picked.length >= most;
  hint.textContent = full ? `${most} are the most: take one away first.` : usual;
  if (full) event.target.checked = false;
  else keep(event.target.checked ? [...picked, number] : picked.filter(n => n !== number));
});

chips.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button) return;
  const at = picked.indexOf(Number(button.value));
  hint.textContent = usual;
  keep(picked.filter((_, i) => i !== at));
  // The focus stays where the next one is.
  (chips.querySelectorAll("button")[Math.min(at, picked.length - 1)] ?? form.querySelector("[type=submit]")).focus();
});

// What is compared is what is shown as ticked, wherever its row is.
form.addEventListener("formdata", ({ formData }) => {
  formData.delete("experiment");
  for (const number of picked) formData.append("experiment", number);
});

new MutationObserver(mark).observe(rows, { childList: true, subtree: true });
// A page that the browser kept is older than what was ticked since.
addEventListener("pageshow", event => { if (event.persisted) read(); });
read();
