// Why an experiment wins: learning rates by score, parallel coordinates, repeats.
import { axis, bounds, chart, colour, extent, familyColour, grid, number, roundIn, score, wide, zoom } from "./charts.js";
import { paced, renew, renewed } from "./live.js";
import { follow } from "./stream.js";
import { load } from "./trouble.js";
import { whole } from "./words.js";

const place = document.getElementById("why");
const { sweep, metric } = place.dataset;
const minimize = place.dataset.minimize !== undefined;
const columns = place.dataset.columns.split(" ").filter(c => c);
const open = experiment => location.assign(`/sweeps/${sweep}/experiments/${experiment}`);

// The best score has the bright end.
const scale = () => minimize ? [colour("high"), colour("mid"), colour("low")] : [colour("low"), colour("mid"), colour("high")];

// Of very many those drawn: the best, and of the others every so many, always the same ones. The best are drawn last, on top.
function thin(list, best, others) {
  const order = [...list].sort((a, b) => minimize ? a.best - b.best : b.best - a.best);
  let every = 1;
  while ((list.length - best) / every > others) every *= 2;
  return order.filter((r, i) => i < best || every === 1 || r.experiment % every === 0).reverse();
}

const drawn = (id, some, all, what) => document.getElementById(id).textContent = some < all ? `Drawn are ${whole(some)} of ${whole(all)} ${what}: the best, and some of the others.` : "";

const shapes = { "DCGAN": "circle", "DCGAN-SELU": "path://M4 0h2v4h4v2H6v4H4V6H0V4h4z", "LSGAN": "rect", "WGAN": "triangle", "WGAN-GP": "diamond" };

// Scores that spread over decades are coloured by their logarithm.
function rows(table) {
  const list = table.experiment.map((experiment, i) => ({ experiment, best: table.best[i], variant: table.variant[i] ?? "unknown", over: table.outcome[i] !== null, values: Object.fromEntries([...columns, "lr_d", "lr_g"].map(c => [c, table[c][i]])) }));
  const log = wide(list.map(r => r.best).filter(b => b !== null), 20);
  for (const row of list) row.tone = row.best === null ? null : log ? Math.log10(row.best) : row.best;
  return { list, log };
}

// Nine tenths of the experiments share the colours, from the best on: a few that are far off would leave the others one colour.
function tones({ list, log }, extra) {
  const known = list.filter(r => r.tone !== null).map(r => r.tone).sort((a, b) => a - b);
  const at = share => known[Math.round(share * (known.length - 1))] ?? 0;
  const [min, max] = minimize ? [at(0), at(0.9)] : [at(0.1), at(1)];
  const word = (tone, cut, sign) => `${cut ? sign : ""}${score(untone(tone, log))}`;
  return {
    show: known.length > 0, type: "continuous", min, max: max > min ? max : min + 1, calculable: false, orient: "horizontal", left: "center", bottom: 0,
    itemWidth: 10, itemHeight: 130, inRange: { color: scale() }, outOfRange: { color: [scale()[minimize ? 2 : 0]] },
    text: [word(max, max < at(1), "≥ "), `${metric} ${word(min, min > at(0), "≤ ")}`],
    textStyle: { color: colour("soft") }, ...extra,
  };
}

// Round scores on an axis of logarithms.
function marks({ list, log }) {
  if (!log) return {};
  const [low, high] = extent(list.map(r => r.best)); // null is not finite
  return { customValues: roundIn(low, high, 15).map(Math.log10) };
}

const untone = (tone, log) => log ? 10 ** tone : tone;

const rates = chart(document.getElementById("rates"), data => {
  const scored = thin(data.list.filter(r => r.tone !== null), 500, 1500), lost = thin(data.list.filter(r => r.tone === null && r.over), 0, 400);
  const much = scored.length > 400;
  const variants = [...new Set(data.list.map(r => r.variant))];
  // Variants that share a pair of rates stand beside each other.
  const offset = r => variants.length > 1 && !much ? [(variants.indexOf(r.variant) - (variants.length - 1) / 2) * 11, 0] : [0, 0];
  const point = r => ({ value: [r.values.lr_d, r.values.lr_g, r.tone], experiment: r.experiment, row: r, symbol: shapes[r.variant] ?? "emptyCircle", symbolOffset: offset(r) });
  drawn("rates-note", scored.length + lost.length, data.list.filter(r => r.tone !== null || r.over).length, "experiments");
  const place = document.getElementById("rates");
  const both = name => axis(`learning rate of ${name}`, { log: true, format: number, length: name === "D" ? place.clientWidth - 92 : place.clientHeight - 102, label: name === "D" ? 46 : 18, gap: name === "D" ? 28 : 52, ...room(data.list.map(r => r.values[name === "D" ? "lr_d" : "lr_g"])) });
  const tip = p => `experiment ${p.data.experiment} · ${p.data.row.variant}\nlr D ${number(p.data.row.values.lr_d)}, lr G ${number(p.data.row.values.lr_g)}\n${p.data.row.best === null ? "no score" : `${metric} ${score(p.data.row.best)}`}`;
  return {
    grid: grid({ left: 74, bottom: 88 }),
    xAxis: both("D"), yAxis: both("G"),
    dataZoom: [zoom({ xAxisIndex: 0 }), zoom({ yAxisIndex: 0 })],
    visualMap: tones(data, { dimension: 2, seriesIndex: 0 }),
    tooltip: { trigger: "item", formatter: tip },
    series: [
      { id: "scored", type: "scatter", z: 3, data: scored.map(point), symbolSize: much ? 7 : 13, itemStyle: { borderColor: colour("card"), borderWidth: much ? 0.5 : 1 }, cursor: "pointer" },
      { id: "lost", type: "scatter", z: 2, data: lost.map(r => ({ ...point(r), value: [r.values.lr_d, r.values.lr_g], symbol: "path://M0 1L1 0L5 4L9 0L10 1L6 5L10 9L9 10L5 6L1 10L0 9L4 5z" })), symbolSize: much ? 6 : 9, itemStyle: { color: colour("bad"), opacity: much ? 0.6 : 1 }, cursor: "pointer" },
    ],
  };
}, p => p.data?.experiment && open(p.data.experiment));

function room(values) {
  const [min, max] = bounds(values.filter(v => v > 0), true);
  return min === null ? {} : { min: min / 1.5, max: max * 1.5 };
}

const parallel = chart(document.getElementById("parallel"), data => {
  const scored = thin(data.list.filter(r => r.tone !== null), 100, 300);
  const names = ["variant", ...columns.filter(c => data.list.some(r => r.values[c] !== null))];
  drawn("parallel-note", scored.length, data.list.filter(r => r.tone !== null).length, "lines");
  const variants = [...new Set(data.list.map(r => r.variant))];
  const label = { color: colour("ink"), textBorderColor: colour("card"), textBorderWidth: 4, fontSize: 11 };
  const line = { lineStyle: { color: colour("edge") } };
  const axes = names.map((name, dim) => {
    const values = data.list.map(r => name === "variant" ? r.variant : r.values[name]).filter(v => v !== null);
    const words = values.some(v => typeof v !== "number");
    const log = !words && wide(values, 5);
    const [min, max] = log ? bounds(values, true) : [null, null];
    return { dim, name, z: 10, type: words ? "category" : log ? "log" : "value", data: words ? (name === "variant" ? variants : [...new Set(values.map(String))]) : undefined, scale: true, min: min ?? undefined, max: max ?? undefined, nameTextStyle: { color: colour("ink") }, axisLabel: { ...label, formatter: words ? undefined : number, showMinLabel: !log, showMaxLabel: !log }, axisLine: line };
  });
  axes.push({ dim: names.length, z: 10, name: metric + (data.log ? " (log)" : ""), type: "value", scale: true, inverse: minimize, nameTextStyle: { color: colour("ink") }, axisLabel: { ...label, formatter: v => number(Number(untone(v, data.log).toPrecision(2))), ...marks(data) }, axisTick: marks(data), axisLine: line });
  return {
    parallel: { left: 50, right: 60, top: 40, bottom: 56, parallelAxisDefault: { nameLocation: "end", nameGap: 14, areaSelectStyle: { color: colour("accent"), borderColor: colour("accent"), opacity: 0.25 } } },
    parallelAxis: axes,
    visualMap: tones(data, { dimension: names.length, seriesIndex: 0 }),
    tooltip: { trigger: "item", formatter: p => `experiment ${p.data.experiment}` },
    series: [{
      id: "lines", type: "parallel", z: 2, smooth: false, progressive: 0, inactiveOpacity: 0.03, activeOpacity: 0.9,
      lineStyle: { width: scored.length > 200 ? 1 : 1.6, opacity: scored.length > 200 ? 0.5 : 0.75 },
      data: scored.map(r => ({ experiment: r.experiment, value: [...names.map(n => n === "variant" ? r.variant : typeof r.values[n] === "boolean" ? String(r.values[n]) : r.values[n]), r.tone] })),
    }],
  };
}, p => p.data?.experiment && open(p.data.experiment));

const repeats = document.getElementById("repeats") && chart(document.getElementById("repeats"), list => {
  const values = list.flatMap(c => c.repeats.map(r => r[1]));
  const log = wide(values, 20);
  const [low, high] = bounds(values, log);
  return {
    grid: grid(),
    xAxis: axis("configuration, best first", { category: list.map(c => c.name), gap: 28 }),
    yAxis: axis(`${metric}${log ? " (log)" : ""}`, { log, min: low, max: high, gap: 48 }),
    tooltip: { trigger: "item", formatter: p => p.seriesIndex === 0 ? `experiment ${p.data.experiment}\n${metric} ${score(p.value[1])}` : `mean ${score(p.value[1])}` },
    series: [
      { type: "scatter", symbolSize: 8, data: list.flatMap(c => c.repeats.map(([experiment, value]) => ({ value: [c.name, value], experiment, itemStyle: { color: familyColour(c.family), opacity: 0.75 } }))) },
      { type: "scatter", symbol: "rect", symbolSize: [18, 3], itemStyle: { color: colour("ink") }, data: list.filter(c => c.mean !== null).map(c => [c.name, c.mean]) },
    ],
  };
}, p => p.data?.experiment && open(p.data.experiment));

let shown = "";

async function draw() {
  const wanted = [...new Set(["experiment", "variant", "outcome", "best", "lr_d", "lr_g", ...columns])];
  const answer = await load(`/api/v1/sweeps/${sweep}/table?${wanted.map(c => `column=${c}`).join("&")}`);
  const text = await answer.text();
  if (text === shown) return spread();
  shown = text;
  const data = rows(JSON.parse(text));
  rates.show(data);
  parallel.show(data);
  spread();
}

// The spread is drawn from the table of the page.
function spread() {
  repeats?.show([...document.querySelectorAll("tr[data-repeats]")].filter(r => r.dataset.repeats).map(r => ({
    name: r.dataset.name, family: r.dataset.family, mean: r.dataset.mean ? Number(r.dataset.mean) : null, repeats: r.dataset.repeats.split(" ").map(p => p.split(":").map(Number)),
  })));
}

const again = paced(async () => { await renew(); await draw(); }, 4000);
// Of what a person does, the top of the page tells.
const silent = ["status", "alive", "attempt_started", "attempt_lost", "checkpoint_saved", "checkpoints_deleted", "notice_closed"];
follow(sweep, type => {
  if (["rung_reached", "experiment_ended", "reset"].includes(type)) again();
  else if (!silent.includes(type)) renewed();
});
paced(draw, 4000)();
