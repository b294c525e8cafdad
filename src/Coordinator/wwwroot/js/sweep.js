// A sweep's page: live parts and the charts of its course.
import { axis, bounds, chart, colour, count, familyColour, grid, imagesAxis, score, wide } from "./charts.js";
import { follow, paced, renew, sentence } from "./live.js";
import { whole } from "./words.js";

const { sweep, metric } = document.getElementById("sweep").dataset;
const open = experiment => location.assign(`/sweeps/${sweep}/experiments/${experiment}`);

const course = chart(document.getElementById("course"), data => {
  const lines = data.lines.filter(l => l.points.length > 0);
  const values = lines.flatMap(l => l.points.map(p => p[1]));
  const log = wide(values);
  const [low, high] = bounds(values, log);
  return {
    grid: grid(),
    xAxis: imagesAxis(),
    yAxis: axis(`${metric}${log ? " (log)" : ""}`, { log, min: low, max: high, format: score, gap: 48 }),
    dataZoom: [{ type: "inside" }],
    tooltip: { trigger: "item" },
    series: [...(lines.length > 100 ? many(lines) : [...lines.map(line), dots(lines)]), best(data)],
  };
}, p => p.data?.experiment && open(p.data.experiment) || p.seriesId?.startsWith("e") && open(p.seriesId.slice(1)));

// Quick scores are of fewer pictures than full ones and lie higher: a line joins either the ones or the others.
function line(l) {
  const faint = l.state === "stopped";
  const ink = familyColour(l.family);
  const quick = l.points.filter(p => !p[2]);
  return {
    id: `e${l.experiment}`,
    type: "line",
    data: (quick.length > 0 ? quick : l.points).map(p => [p[0], p[1]]),
    symbolSize: 4,
    showSymbol: quick.length === 1,
    triggerLineEvent: true,
    lineStyle: { color: ink, width: faint ? 1 : 1.6, opacity: faint ? 0.3 : 0.9, type: l.state === "bad" ? "dotted" : "solid" },
    itemStyle: { color: ink },
    emphasis: { focus: "series", lineStyle: { width: 3 } },
    tooltip: { formatter: () => `experiment ${l.experiment} · ${l.name} · ${l.word}` },
  };
}

const dots = lines => ({
  type: "scatter", symbolSize: 7, z: 4, cursor: "pointer",
  data: lines.flatMap(l => l.points.filter(p => p[2]).map(p => ({ value: [p[0], p[1]], experiment: l.experiment, line: l, itemStyle: { color: familyColour(l.family), opacity: l.state === "stopped" ? 0.35 : 1 } }))),
  tooltip: { formatter: p => `experiment ${p.data.experiment} · ${p.data.line.name} · ${p.data.line.word}\n${metric} ${score(p.value[1])} at ${count(p.value[0])} images, a full score` },
});

// Thousands of lines are two series, the faint ones below.
function many(lines) {
  const piece = l => ({ coords: l.points.length > 1 ? l.points.map(p => [p[0], p[1]]) : [[0, l.points[0][1]], [l.points[0][0], l.points[0][1]]], experiment: l.experiment, name: l.name, word: l.word, lineStyle: { color: familyColour(l.family) } });
  const series = (list, opacity) => ({
    type: "lines", coordinateSystem: "cartesian2d", polyline: true, progressive: 500, data: list.map(piece), lineStyle: { width: 1, opacity },
    tooltip: { formatter: p => `experiment ${p.data.experiment} · ${p.data.name} · ${p.data.word}` },
  });
  return [series(lines.filter(l => l.state === "stopped"), 0.12), series(lines.filter(l => l.state !== "stopped"), 0.5)];
}

function best(data) {
  return {
    id: "best", type: "line", step: "end", data: data.best, showSymbol: false, z: 5, silent: true,
    lineStyle: { color: colour("ink"), width: 2.2 }, tooltip: { show: false },
  };
}

const trend = chart(document.getElementById("trend"), data => {
  const values = data.trend.map(t => t[1]);
  const log = wide(values);
  const [low, high] = bounds(values, log);
  let record = null;
  const steps = data.trend.map((t, i) => [i + 1, record = record === null ? t[1] : data.minimize ? Math.min(record, t[1]) : Math.max(record, t[1])]);
  return {
    grid: grid(),
    xAxis: axis("experiments in the order they ended", { gap: 28, scale: false, min: 0, format: v => Number.isInteger(v) ? count(v) : "" }),
    yAxis: axis(`${metric}${log ? " (log)" : ""}`, { log, min: low, max: high, format: score, gap: 48 }),
    dataZoom: [{ type: "inside" }],
    tooltip: { trigger: "item" },
    series: [
      {
        type: "scatter", symbolSize: data.trend.length > 500 ? 4 : 8, large: data.trend.length > 3000, cursor: "pointer",
        data: data.trend.map((t, i) => ({ value: [i + 1, t[1]], experiment: t[0], itemStyle: { color: familyColour(data.families[t[2]].css), opacity: 0.75 } })),
        tooltip: { formatter: p => `experiment ${p.data.experiment}\n${metric} ${score(p.value[1])}` },
      },
      { type: "line", step: "end", data: steps, showSymbol: false, silent: true, lineStyle: { color: colour("ink"), width: 2.2 }, tooltip: { show: false } },
    ],
  };
}, p => p.data?.experiment && open(p.data.experiment));

async function draw() {
  const answer = await fetch(`/api/v1/sweeps/${sweep}/course`);
  if (!answer.ok) return;
  const data = await answer.json();
  legend(data);
  course.show(data);
  document.getElementById("trend").closest("figure").hidden = data.trend.length === 0;
  if (data.trend.length > 0) trend.show(data);
}

function legend({ families, lines, experiments }) {
  const list = document.getElementById("course-legend");
  list.replaceChildren(...families.map(f => {
    const item = document.createElement("li"), dot = document.createElement("span");
    dot.className = `dot ${f.css}`;
    item.append(dot, f.name);
    return item;
  }));
  if (lines.length < experiments) list.append(Object.assign(document.createElement("li"), { textContent: `${whole(lines.length)} of ${whole(experiments)} lines: the best, and some of the others` }));
}

const renewed = paced(renew, 2000);
const drawn = paced(draw, 4000);
const latest = document.getElementById("latest");
let first = true;

follow(sweep, (type, event) => {
  const said = sentence(type, event);
  if (said) latest.textContent = said;
  if (type === "alive" || (type === "status" && first)) return void (first = false);
  renewed();
  if (["rung_reached", "experiment_ended", "reset"].includes(type)) drawn();
});
await draw();
