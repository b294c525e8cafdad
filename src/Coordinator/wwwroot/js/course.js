// Charts of a sweep's course: the scores of its experiments over images, and the best so far.
import { axis, bounds, colour, count, familyColour, grid, imagesAxis, score, wide, zoom } from "./charts.js";

// More lines than this are drawn as two series in place of one each.
const each = 100;
// Of a thinned sweep so many lines are strong: the best, as the server chose them.
const strong = 50;

/** Scores over images: a line an experiment, or of large sweeps some lines before the band where all of them lie. */
export function course(data, metric) {
  const lines = data.lines.filter(l => l.points.length > 0);
  // Of thinned ones what lies far above the band would press all that matters to the bottom.
  const most = data.minimize && data.spread.length > 1 ? 1.5 * Math.max(...data.spread.map(s => s[3])) : Infinity;
  const values = [...lines.flatMap(l => l.points.map(p => Math.min(p[1], most))), ...data.spread.flatMap(s => [s[1], s[3]]), ...data.best.map(b => b[1])];
  const log = wide(values);
  const [low, high] = bounds(values, log);
  return {
    grid: grid(),
    xAxis: imagesAxis(),
    yAxis: axis(`${metric}${log ? " (log)" : ""}`, { log, min: low, max: high, gap: 48 }),
    dataZoom: [zoom()],
    tooltip: { trigger: "item" },
    series: [...band(data.spread, metric), ...(lines.length > each ? many(lines, data) : [...lines.map(line), dots(lines, metric)]), best(data)],
  };
}

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
    tooltip: { formatter: () => words(l) },
  };
}

const words = l => `experiment ${l.experiment} · ${l.name} · ${l.word}`;

const dots = (lines, metric) => ({
  id: "dots", type: "scatter", symbolSize: 7, z: 4, cursor: "pointer",
  data: lines.flatMap(l => l.points.filter(p => p[2]).map(p => ({ value: [p[0], p[1]], experiment: l.experiment, line: l, itemStyle: { color: familyColour(l.family), opacity: l.state === "stopped" ? 0.35 : 1 } }))),
  tooltip: { formatter: p => `${words(p.data.line)}\n${metric} ${score(p.value[1])} at ${count(p.value[0])} images, a full score` },
});

// The faint ones below: those that were stopped, and in a thinned sweep all but the best.
function many(lines, { minimize, spread }) {
  const value = l => minimize ? Math.min(...l.points.map(p => p[1])) : -Math.max(...l.points.map(p => p[1]));
  const thinned = spread.length > 0;
  const top = new Set(thinned ? [...lines].sort((a, b) => value(a) - value(b)).slice(0, strong) : lines.filter(l => l.state !== "stopped"));
  const tooltip = { formatter: p => words(p.data.line) };
  const series = (id, list, opacity, width) => [
    {
      id, type: "lines", coordinateSystem: "cartesian2d", polyline: true, clip: true, cursor: "pointer", tooltip, lineStyle: { width, opacity }, emphasis: { lineStyle: { width: 3, opacity: 1 } },
      data: list.filter(l => l.points.length > 1).map(l => ({ coords: l.points.map(p => [p[0], p[1]]), experiment: l.experiment, line: l, lineStyle: { color: familyColour(l.family) } })),
    },
    {
      id: `${id}-dots`, type: "scatter", symbolSize: 4, clip: true, cursor: "pointer", tooltip,
      data: list.filter(l => l.points.length === 1).map(l => ({ value: [l.points[0][0], l.points[0][1]], experiment: l.experiment, line: l, itemStyle: { color: familyColour(l.family), opacity: Math.min(1, 2 * opacity) } })),
    },
  ];
  return [...series("faint", lines.filter(l => !top.has(l)), thinned ? 0.25 : 0.15, 1), ...series("strong", lines.filter(l => top.has(l)), thinned ? 0.6 : 0.5, 1)];
}

// Between the 10th and the 90th percentile of all experiments at each rung, with the median.
function band(spread, metric) {
  if (spread.length < 2) return [];
  const outline = [...spread.map(s => [s[0], s[1]]), ...spread.map(s => [s[0], s[3]]).reverse()];
  return [
    {
      id: "band", type: "custom", silent: true, clip: true, z: 0, data: [outline[0]], tooltip: { show: false },
      renderItem: (_, api) => ({ type: "polygon", shape: { points: outline.map(p => api.coord(p)) }, style: { fill: colour("soft"), opacity: 0.16 } }),
    },
    {
      id: "median", type: "line", data: spread.map(s => ({ value: [s[0], s[2]], spread: s })), showSymbol: true, symbol: "circle", symbolSize: 5, z: 6,
      lineStyle: { color: colour("soft"), width: 1.6, type: "dashed" }, itemStyle: { color: colour("soft") },
      tooltip: { formatter: ({ data: { spread: [images, low, mid, high, all] } }) => `${count(images)} images: ${all.toLocaleString("en-US")} experiments\nmedian ${metric} ${score(mid)}, the middle 80 % from ${score(low)} to ${score(high)}` },
    },
  ];
}

const best = data => ({
  id: "best", type: "line", step: "end", data: data.best, showSymbol: data.best.length === 1, symbolSize: 6, z: 7, silent: true,
  lineStyle: { color: colour("ink"), width: 2.2 }, itemStyle: { color: colour("ink") }, tooltip: { show: false },
});

/** The best so far: a dot an experiment in the order they ended, and steps. */
export function trend(data, metric) {
  const values = data.trend.map(t => t[1]);
  const log = wide(values);
  const [low, high] = bounds(values, log);
  let record = null;
  const steps = data.trend.map(t => [t[3], record = record === null ? t[1] : data.minimize ? Math.min(record, t[1]) : Math.max(record, t[1])]);
  const much = data.trend.length > 500;
  return {
    grid: grid(),
    xAxis: axis("experiments in the order they ended", { gap: 28, scale: false, min: 0, max: Math.max(1, data.ended), format: v => Number.isInteger(v) ? count(v) : "" }),
    yAxis: axis(`${metric}${log ? " (log)" : ""}`, { log, min: low, max: high, gap: 48 }),
    dataZoom: [zoom()],
    tooltip: { trigger: "item" },
    series: [
      ...data.families.map((family, f) => ({
        id: `f${f}`, type: "scatter", symbolSize: much ? 4 : 8, large: data.trend.length > 1000, cursor: "pointer", itemStyle: { color: familyColour(family.css), opacity: much ? 0.5 : 0.75 },
        data: data.trend.filter(t => t[2] === f).map(t => [t[3], t[1], t[0]]),
        tooltip: { formatter: p => `experiment ${p.value[2]} · ${family.name}\n${metric} ${score(p.value[1])}` },
      })),
      { id: "steps", type: "line", step: "end", data: steps, showSymbol: false, silent: true, z: 5, lineStyle: { color: colour("ink"), width: 2.2 }, tooltip: { show: false } },
    ],
  };
}
