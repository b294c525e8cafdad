// A sweep's page: live parts and the charts of its course.
import { chart } from "./charts.js";
import { course, trend } from "./course.js";
import { paced, renewed, sentence, teller } from "./live.js";
import "./picks.js";
import { follow } from "./stream.js";
import { load } from "./trouble.js";
import { whole } from "./words.js";

const { sweep, metric, quick } = document.getElementById("sweep").dataset;
const open = experiment => location.assign(`/sweeps/${sweep}/experiments/${experiment}`);
const lines = chart(document.getElementById("course"), data => course(data, metric), p => p.data?.experiment && open(p.data.experiment) || p.seriesId?.startsWith("e") && open(p.seriesId.slice(1)));
const dots = chart(document.getElementById("trend"), data => trend(data, metric), p => p.seriesType === "scatter" && open(p.value[2]));
let drawn = "";

async function draw() {
  const answer = await load(`/api/v1/sweeps/${sweep}/course`);
  const text = await answer.text();
  if (text === drawn) return;
  drawn = text;
  const data = JSON.parse(text);
  legend(data);
  lines.show(data);
  document.getElementById("trend").closest("figure").hidden = data.trend.length === 0;
  if (data.trend.length > 0) dots.show(data);
  document.getElementById("trend-note").textContent = data.trend.length < data.ended ? `Drawn are ${whole(data.trend.length)} of ${whole(data.ended)}, each best so far among them.` : "";
}

function legend({ families, lines, scored, spread, best }) {
  const item = (css, text) => {
    const entry = document.createElement("li"), mark = document.createElement("span");
    mark.className = css;
    entry.append(mark, text);
    return entry;
  };
  document.getElementById("course-legend").replaceChildren(
    ...families.map(f => item(`dot ${f.css}`, f.name)),
    ...best.length > 0 ? [item("stroke", "best of all")] : [],
    ...spread.length > 1 ? [item("stroke dashed", "median of all"), item("patch", "the middle 80 % of all")] : []);
  document.getElementById("course-note").textContent = lines.length < scored ? `Drawn are the best and some of the others, ${whole(lines.length)} of ${whole(scored)}; the band is of all.` : "";
}

const again = paced(draw, 4000);
const tell = teller(document.getElementById("latest"));
let first = true;

follow(sweep, (type, event) => {
  const said = sentence(type, event);
  if (said) tell(said);
  // What was over when the page was rendered stands there already; of what came after, events tell.
  const known = type === "status" && first && ["finished", "cancelled"].includes(event.phase);
  if (type === "status") first = false;
  if (type !== "alive" && !known) renewed();
  // Quick scores, which are drawn of small sweeps, are in curves, and no event tells of them: a status says that something went on.
  if (["rung_reached", "experiment_ended", "reset"].includes(type) || (type === "status" && quick !== undefined && !known)) again();
});
again();
