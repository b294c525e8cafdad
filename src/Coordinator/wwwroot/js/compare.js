// Two to six experiments side by side, in step on one slider.
import { chart, count, familyColour, score } from "./charts.js";
import { losses, scores } from "./curves.js";
import { paced, renew } from "./live.js";
import { latest, slider } from "./samples.js";
import { follow } from "./stream.js";
import { load } from "./trouble.js";

const { sweep, metric, title } = document.getElementById("compare").dataset;
const base = `/api/v1/sweeps/${sweep}`;
const figures = [...document.querySelectorAll("#tracks figure")];
const get = async path => (await load(path)).json();

// A variant has one colour everywhere; experiments of one variant differ by their dashes, and their numbers stand at the lines' ends.
const dashes = ["solid", [8, 4], [2, 3], [12, 4, 2, 4], [5, 2], [1, 4]];
const dash = i => dashes[figures.slice(0, i).filter(f => f.dataset.family === figures[i].dataset.family).length];

const tracks = figures.map((figure, i) => ({
  name: figure.dataset.name,
  experiment: Number(figure.dataset.experiment),
  get image() { return figure.querySelector("img"); }, // the page makes place for it with the first samples
  samples: [],
  curve: { points: [] },
  dash: dash(i),
  get ink() { return familyColour(figure.dataset.family); },
  shown(sample) {
    const scored = this.curve.points.findLast(p => (!sample || p.images <= sample.images) && p.scores[metric]);
    figure.querySelector(".score").textContent = scored ? score(scored.scores[metric].value) : "–";
    const where = [scored && `scored at ${count(scored.images)}`, sample && `drawn at ${count(sample.images)}`].filter(w => w);
    figure.querySelector(".where").textContent = where.length > 0 ? `${where.join(", ")} images` : "";
  },
}));

const charts = [[chart(document.getElementById("scores"), t => scores(t, metric, title))], [chart(document.getElementById("losses"), losses)]];
const slide = slider(document.getElementById("slider"), document.getElementById("at"), document.getElementById("play"), tracks);

async function draw() {
  const curves = await get(`${base}/curves?max_points=300${tracks.map(t => `&experiment=${t.experiment}`).join("")}`);
  for (const track of tracks) track.curve = curves.find(c => c.experiment === track.experiment) ?? track.curve;
  await Promise.all(tracks.map(async track => track.samples = latest(await get(`${base}/experiments/${track.experiment}/samples`))));
  if (tracks.some(t => t.samples.length > 0 && !t.image)) await renew();
  slide.renew();
  for (const track of tracks) if (track.samples.length === 0) track.shown(null);
  for (const [one] of charts) one.show(tracks);
}

if (tracks.length > 0) {
  const mine = number => tracks.some(t => t.experiment === number);
  const again = paced(async () => { await renew(); await draw(); }, 5000);
  let before = "[]"; // what does not run is in no status
  follow(sweep, (type, event) => {
    if (type === "status") {
      const state = JSON.stringify(event.experiments?.filter(e => mine(e.number)) ?? []);
      if (state === before) return;
      before = state;
    } else if (type !== "reset" && !mine(event.number)) {
      return;
    }
    again();
  });
  paced(draw, 5000)();
}
