// Charts of experiments' curves: scores, losses, speed. One experiment or several on the same axes.
import { axis, bounds, colour, count, grid, imagesAxis, score, wide } from "./charts.js";

// An infinite loss travels as a word.
const finite = value => typeof value === "number" && Number.isFinite(value) ? value : null;
const points = (curve, read) => curve.points.map(p => [p.images, finite(read(p))]);
const values = list => list.flatMap(s => s.data.map(d => (d.value ?? d)[1])).filter(v => v !== null);

function base(name, series, { unit = "", log = wide(values(series)) } = {}) {
  const [low, high] = bounds(values(series), log);
  return {
    grid: grid({ top: series.length > 1 ? 34 : 14 }),
    legend: series.length > 1 ? { top: 0, left: 0, itemWidth: 18, itemHeight: 8, textStyle: { color: colour("soft") }, data: series.filter(s => !s.silent).map(s => s.name) } : undefined,
    xAxis: imagesAxis(),
    yAxis: axis(`${name}${log ? " (log)" : ""}`, { log, min: low, max: high, format: score, gap: 48 }),
    dataZoom: [{ type: "inside" }],
    tooltip: { trigger: "axis", axisPointer: { type: "line", lineStyle: { color: colour("edge") } }, formatter: shown => words(shown, unit) },
    series,
  };
}

function words(shown, unit) {
  const rows = shown.filter(s => s.value[1] !== null && s.value[1] !== undefined).map(s => `${s.seriesName}: ${score(s.value[1])}${unit}`);
  return rows.length === 0 ? "" : `${count(shown[0].value[0])} images\n${rows.join("\n")}`;
}

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
      line(t.name, (quick.length > 0 ? quick : full).map(at), t.ink, { showSymbol: quick.length < 2, symbol: "circle", symbolSize: 4 }),
      { name: `${t.name}, full`, type: "scatter", data: full.map(at), symbolSize: 9, itemStyle: { color: t.ink }, z: 4, silent: true },
    ];
  });
  const option = base(title, series);
  if (tracks.length > 1) option.legend.data = tracks.map(t => t.name);
  else delete option.legend;
  const last = scored.flatMap(s => s.filter(p => p.full)).at(-1) ?? scored.flat().at(-1);
  const floor = last?.scores[metric].floor;
  if (floor > 0) {
    series[0].markLine = { silent: true, symbol: "none", data: [{ yAxis: floor }], lineStyle: { color: colour("ink"), type: "dashed", width: 1.2 }, label: { formatter: `real ${score(floor)}`, position: "insideEndTop", color: colour("ink") } };
    if (option.yAxis.type === "log") option.yAxis.min = Math.min(option.yAxis.min ?? floor, floor * 0.9);
    else option.yAxis.scale = false; // from 0, below the floor
  }
  return option;
}

/** Losses of D and G; of several experiments those of G alone. */
export function losses(tracks) {
  const series = tracks.length === 1
    ? [line("D", points(tracks[0].curve, p => p.loss_d), colour("dcgan")), line("G", points(tracks[0].curve, p => p.loss_g), colour("wgan-gp"), { lineStyle: { color: colour("wgan-gp"), width: 1.7, type: "dashed" } })]
    : tracks.map(t => line(t.name, points(t.curve, p => p.loss_g), t.ink));
  return base(tracks.length === 1 ? "loss" : "loss of G", series, { log: false });
}

/** Images a second. */
export const speed = tracks => base("images/s", tracks.map(t => line(t.name, points(t.curve, p => p.images_per_second), t.ink)), { unit: " images/s", log: false });
