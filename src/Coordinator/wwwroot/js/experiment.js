// An experiment's page: its samples on a slider, real pictures beside them, live curves.
import { chart, familyColour } from "./charts.js";
import { losses, scores, speed } from "./curves.js";
import { paced, renew, renewed, sentence, teller } from "./live.js";
import { latest, slider } from "./samples.js";
import { follow } from "./stream.js";
import { cause, load } from "./trouble.js";
import { whole } from "./words.js";

const { sweep, experiment, metric, title, family } = document.getElementById("experiment").dataset;
const api = `/api/v1/sweeps/${sweep}/experiments/${experiment}`;
// What a person waits for: why it does not come is told where it would be.
const get = async (path, options) => {
  const answer = await fetch(path, options).catch(() => null);
  if (answer?.ok) return answer;
  const problem = await answer?.json().catch(() => null);
  throw new Error([problem?.detail ?? cause(answer), ...(problem?.hints ?? [])].join(" · "));
};

const charts = [
  [chart(document.getElementById("scores"), t => scores(t, metric, title))],
  [chart(document.getElementById("losses"), losses)],
  [chart(document.getElementById("speed"), speed)],
];

async function curves() {
  const curve = await (await load(`${api}/curve?max_points=400`)).json();
  const tracks = [{ name: title, get ink() { return familyColour(family); }, curve }];
  for (const [one] of charts) one.show(tracks);
}

const near = { images: null };
const track = { name: `Samples of experiment ${experiment}`, image: null, samples: [], shown: sample => near.images = sample.images };
let slide = null;

async function samples() {
  const found = latest(await (await load(`${api}/samples`)).json());
  if (found.length === 0) return;
  if (!document.getElementById("slider")) await renew(); // the first one: the page makes place for it
  track.image = document.getElementById("sample");
  if (!track.image) return;
  slide ??= slider(document.getElementById("slider"), document.getElementById("at"), document.getElementById("play"), [track]);
  track.samples = found;
  slide.renew();
}

// A picture tells no reason when it does not come; asked for again as data, the server does.
const real = document.querySelector("#real img");
async function missing() {
  const fault = document.querySelector("#real [role=alert]");
  real.hidden = true;
  fault.hidden = false;
  await get(real.getAttribute("src")).then(() => fault.textContent = "The pictures did not come; load the page again.", e => fault.textContent = e.message);
}
real?.addEventListener("error", missing);
if (real?.complete && real.naturalWidth === 0 && real.currentSrc) missing();

// It comes with the first samples, maybe later than this script; a toggle does not bubble.
document.addEventListener("toggle", async event => {
  if (event.target.id !== "near") return;
  const place = event.target.querySelector(".near"), hint = event.target.querySelector("[role=status]");
  if (!event.target.open || place.dataset.images === String(near.images)) return;
  const images = near.images;
  hint.textContent = `Searching real pictures near the samples at ${whole(images)} images …`;
  try {
    const found = await (await get(`${api}/neighbours?images=${images}`)).json();
    place.dataset.images = images;
    hint.textContent = `Samples at ${whole(images)} images that lie nearest to any of ${whole(found.searched)} real pictures, each with that one on its right. `
      + `${found.copies} of ${found.samples} lie nearer than real pictures hardly ever lie to each other (${found.real_closest.toFixed(3)}); half of the real ones have another within ${found.real_median.toFixed(3)}.`;
    place.replaceChildren(...found.pairs.map(pair));
  } catch (fault) {
    hint.textContent = fault.message;
  }
}, true);

function pair(p) {
  const figure = document.createElement("figure"), words = document.createElement("figcaption");
  for (const [source, text] of [[p.sample, "sample"], [p.real, `real picture ${p.index}`]]) {
    const picture = new Image();
    picture.src = source;
    picture.alt = text;
    figure.append(picture);
  }
  words.textContent = `distance ${p.distance.toFixed(3)}${p.mirrored ? ", mirrored" : ""}`;
  figure.append(words);
  return figure;
}

const generate = document.getElementById("generate");
generate?.addEventListener("submit", async event => {
  event.preventDefault();
  const [hint, fault, picture, save, send] = ["[role=status]", "[role=alert]", "img", "a", "[type=submit]"].map(s => generate.querySelector(s));
  const { count, seed, interpolate } = generate.elements;
  fault.hidden = true;
  send.disabled = true;
  hint.textContent = "A silo draws them …";
  let drawn;
  try {
    const answer = await get(generate.dataset.url, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ count: Number(count.value), seed: Number(seed.value), interpolate: interpolate.checked }),
    });
    drawn = await answer.blob();
  } catch (problem) {
    fault.textContent = problem.message;
    fault.hidden = false;
    return;
  } finally {
    hint.textContent = "";
    send.disabled = false;
  }
  const reader = new FileReader(); // the policy lets pictures come from this server and from data addresses
  reader.addEventListener("load", () => {
    picture.src = save.href = reader.result;
    picture.hidden = save.hidden = false;
  });
  reader.readAsDataURL(drawn);
});

const drawn = paced(async () => { await curves(); await samples(); }, 3000);
const tell = teller(document.getElementById("latest"));
let before = "null"; // what does not run is in no status

follow(sweep, (type, event) => {
  if (type === "status") {
    const state = JSON.stringify(event.experiments?.find(e => String(e.number) === experiment) ?? null);
    if (state === before) return;
    before = state;
  } else if (type === "reset" || String(event.number) === experiment) {
    const said = sentence(type, event);
    if (said) tell(said);
  } else {
    return;
  }
  renewed();
  drawn();
});
drawn();
