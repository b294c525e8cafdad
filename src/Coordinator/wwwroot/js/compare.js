// Two to six experiments side by side, in step on one slider.
import { chart, count, familyColour, score } from "./charts.js";
import { losses, scores } from "./curves.js";
import { follow, paced } from "./live.js";
import { latest, slider } from "./samples.js";

const { sweep, metric, title } = document.getElementById("compare").dataset;
const base = `/api/v1/sweeps/${sweep}`;
const figures = [...document.querySelectorAll("#tracks figure")];
const get = async path => {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
};

// A variant has one colour everywhere; experiments of one variant differ by their dashes, and their numbers stand at the lines' ends.
const dashes = ["solid", [8, 4], [2, 3], [12, 4, 2, 4], [5, 2], [1, 4]];
const dash = i => dashes[figures.slice(0, i).filter(f => f.dataset.family === figures[i].dataset.family).length];

const tracks = figures.map((figure, i) => ({
  name: figure.dataset.name,
  experiment: Number(figure.dataset.experiment),
  image: figure.querySelector("img") ?? new Image(),
  samples: [],
  curve: { points: [] },
  dash: dash(i),
  get ink() { return familyColour(figure.dataset.family); },
  shown(sample) {
    const scored = this.curve.points.findLast(p => p.images <= sample.images && p.scores[metric]) ?? null;
    figure.querySelector(".score").textContent = scored ? score(scored.scores[metric].value) : "–";
    figure.querySelector(".where").textContent = scored ? `scored at ${count(scored.images)}, drawn at ${count(sample.images)} images` : `drawn at ${count(sample.images)} images`;
  },
}));

const charts = [[chart(document.getElementById("scores"), t => scores(t, metric, title))], [chart(document.getElementById("losses"), losses)]];
const slide = slider(document.getElementById("slider"), document.getElementById("at"), document.getElementById("play"), tracks);

async function load() {
  const curves = await get(`${base}/curves?max_points=300${tracks.map(t => `&experiment=${t.experiment}`).join("")}`) ?? [];
  for (const track of tracks) track.curve = curves.find(c => c.experiment === track.experiment) ?? track.curve;
  await Promise.all(tracks.map(async track => track.samples = latest(await get(`${base}/experiments/${track.experiment}/samples`) ?? [])));
  slide.renew();
  for (const [one] of charts) one.show(tracks);
}

if (tracks.length > 0) {
  const again = paced(load, 5000);
  follow(sweep, (type, event) => {
    if (["checkpoint_saved", "rung_reached", "experiment_ended"].includes(type) && tracks.some(t => t.experiment === event.number)) again();
  });
  await load();
}
