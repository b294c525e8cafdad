// Charts of experiments' curves: scores, losses, speed. One experiment or several on the same axes.
import { axis, bounds, colour, count, grid, imagesAxis, score, wide, zoom } from "./charts.js";

// An infinite loss travels as a word.
const finite = value => typeof value === "number" && Number.isFinite(value) ? value : null;

// A report is a mean since the one before. Before a rung and at the end it may be one of a single batch, whose noise and
// speed (the scoring is in it) would look like a fall: those are left out, but for an end beyond all before it, which is
// how a divergence looks.
function points(curve, read) {
  const all = curve.points.map(p => [p.images, finite(read(p))]);
  const usual = (all.at(-1)?.[0] ?? 0) / Math.max(1, curve.reports ?? all.length);
  const most = Math.max(...all.slice(0, -1).map(p => Math.abs(p[1] ?? 0)));
  return all.filter((p, i) => p[0] - (all[i - 1]?.[0] ?? 0) >= usual / 10 || (i === all.length - 1 && Math.abs(p[1] ?? 0) > 3 * most));
}

const values = list => list.flatMap(s => s.data.map(d => (d.value ?? d)[1])).filter(v => v !== null);

function base(name, series, { unit = "", log = wide(values(series)), also = [] } = {}) {
  const [low, high] = bounds([...values(series), ...also], log);
  return {
    grid: grid({ top: series.length > 1 ? 34 : 14, right: series.some(s => s.endLabel) ? 34 : 18 }),
    legend: series.length > 1 ? { top: 0, left: 0, itemWidth: 18, itemHeight: 8, textStyle: { color: colour("soft") }, data: series.filter(s => !s.silent).map(s => s.name) } : undefined,
    xAxis: imagesAxis(),
    yAxis: axis(`${name}${log ? " (log)" : ""}`, { log, min: low, max: high, gap: 48 }),
    dataZoom: [zoom()],
    tooltip: { trigger: "axis", axisPointer: { type: "line", lineStyle: { color: colour("edge") } }, formatter: shown => words(shown, unit) },
    series,
  };
}

function words(shown, unit) {
  const rows = shown.filter(s => s.value[1] !== null && s.value[1] !== undefined).map(s => `${s.seriesName}: ${score(s.value[1])}${unit}`);
  return rows.length === 0 ? "" : `${count(shown[0].value[0])} images\n${rows.join("\n")}`;
}

// What tells a track from others on the same axes.
const mark = (tracks, t) => tracks.length === 1 ? {} : {
  lineStyle: { color: t.ink, width: 1.7, type: t.dash ?? "solid" },
  endLabel: { show: true, formatter: String(t.experiment), color: t.ink, fontWeight: "bold", distance: 4 },
  labelLayout: { moveOverlap: "shiftY" },
};

const line = (name, data, ink, extra = {}) => ({ name, type: "line", data, showSymbol: false, connectNulls: true, lineStyle: { color: ink, width: 1.7 }, itemStyle: { color: ink }, ...extra });

/**
 * A metric against images; `tracks` are { name, ink, curve }. Quick scores are of fewer pictures than full ones and lie
 * higher: lines join the quick ones, full ones are dots, with the floor of real pictures against real ones.
 */
export function scores(tracks, metric, title) {
  const scored = tracks.map(t => t.curve.points.filter(p => p.scores[metric]));
  const series = tracks.flatMap((t, i) => {
    const quick = scored[i].filter(p => !p.full), full = scored[i].filter(p => p.full);
    const at = p => [p.images, finite(p.scores[metric].value)];
    return [
      line(t.name, (quick.length > 0 ? quick : full).map(at), t.ink, { showSymbol: quick.length < 2, symbol: "circle", symbolSize: 4, ...mark(tracks, t) }),
      { name: `${t.name}, full`, type: "scatter", data: full.map(at), symbolSize: 9, itemStyle: { color: t.ink }, z: 4, silent: true },
    ];
  });
  const last = scored.flatMap(s => s.filter(p => p.full)).at(-1) ?? scored.flat().at(-1);
  const floor = last?.scores[metric].floor;
  const option = base(title, series, { also: floor > 0 ? [floor] : [] });
  if (tracks.length > 1) option.legend.data = tracks.map(t => t.name);
  else delete option.legend;
  if (floor > 0) {
    series[0].markLine = { silent: true, symbol: "none", data: [{ yAxis: floor }], lineStyle: { color: colour("ink"), type: "dashed", width: 1.2 }, label: { formatter: `real ${score(floor)}`, position: "insideEndTop", color: colour("ink") } };
    if (option.yAxis.type !== "log") option.yAxis.scale = false; // from 0, below the floor
  }
  return option;
}

/** Losses of D and G; of several experiments those of G alone. */
export function losses(tracks) {
  const series = tracks.length === 1
    ? [line("D", points(tracks[0].curve, p => p.loss_d), colour("soft"), { lineStyle: { color: colour("soft"), width: 1.7, type: [5, 3] } }), line("G", points(tracks[0].curve, p => p.loss_g), tracks[0].ink)]
    : tracks.map(t => line(t.name, points(t.curve, p => p.loss_g), t.ink, mark(tracks, t)));
  return base(tracks.length === 1 ? "loss" : "loss of G", series, { log: false });
}

/** Images a second. */
export const speed = tracks => base("images/s", tracks.map(t => line(t.name, points(t.curve, p => p.images_per_second), t.ink)), { unit: " images/s", log: false });
