namespace CatGan.Coordinator.Report;

/// <summary>The report's style sheet: light, dark, phone and paper.</summary>
internal static class ReportStyle
{
    /// <summary>CSS; holds neither &lt; nor &amp;, so that the page stays well-formed XML.</summary>
    public const string Sheet = """

        :root { color-scheme: light dark;
          --bg:#fbfaf8; --card:#ffffff; --ink:#1d2126; --soft:#565e68; --line:#d9d7d2; --accent:#0072b2;
          --dcgan:#2b72e4; --dcgan-selu:#3f9ad0; --lsgan:#c28100; --wgan:#05613a; --wgan-gp:#c03696; --selu:#7a3a1e; --other:#6b7280;
          --good:#00694f; --warn:#8a5a00; --bad:#a83216; --good-bg:#e0f2ec; --warn-bg:#fbeed3; --bad-bg:#fbe3db; --open-bg:#eceae6; }
        @media (prefers-color-scheme: dark) { :root {
          --bg:#14171b; --card:#1d2127; --ink:#e9eaec; --soft:#a9b1bb; --line:#363c45; --accent:#6cb8e6;
          --dcgan:#5b93f0; --dcgan-selu:#a9cdf5; --lsgan:#f0a52a; --wgan:#62e3c4; --wgan-gp:#e0568c; --selu:#c9a38a; --other:#9aa3af;
          --good:#7fd6b8; --warn:#f0c36d; --bad:#ff9d80; --good-bg:#17362d; --warn-bg:#3b2f14; --bad-bg:#43221a; --open-bg:#2a2f37; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
        body { margin: 0 auto; max-width: 72rem; padding: 1.25rem clamp(0.9rem, 3vw, 2rem) 4rem; background: var(--bg); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        h1 { font-size: clamp(1.7rem, 5vw, 2.5rem); line-height: 1.15; margin: 0 0 0.4rem; letter-spacing: -0.01em; }
        h2 { font-size: 1.4rem; line-height: 1.25; margin: 2.8rem 0 0.6rem; padding-top: 0.9rem; border-top: 2px solid var(--line); }
        h3 { font-size: 1.05rem; line-height: 1.3; margin: 0 0 0.35rem; } section > h3 { margin-top: 1.2rem; }
        p { margin: 0.35rem 0 0.7rem; max-width: 46rem; }
        a { color: var(--accent); }
        .kicker { text-transform: uppercase; letter-spacing: 0.09em; font-size: 0.78rem; color: var(--soft); margin: 0 0 0.2rem; }
        .note { white-space: pre-line; }
        .status, .hint, footer, figcaption { color: var(--soft); font-size: 0.9rem; }
        .big { font-size: clamp(1.1rem, 2.6vw, 1.3rem); line-height: 1.45; max-width: 50rem; }
        ul.tags, ul.legend, nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 0.9rem; margin: 0.3rem 0 0.6rem; padding: 0; }
        ul.tags li { background: var(--open-bg); border-radius: 1rem; padding: 0 0.65rem; font-size: 0.85rem; }
        nav { font-size: 0.9rem; margin-top: 0.8rem; }
        ul.legend { font-size: 0.85rem; color: var(--soft); gap: 0.15rem 0.9rem; }
        ul.legend li { display: inline-flex; align-items: center; gap: 0.3rem; }
        .swatch { width: 1em; height: 1em; flex: none; vertical-align: -0.12em; }
        .swatch.wide { width: 1.6em; }
        .grid2 { display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); align-items: start; }
        .cards { display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 10.2rem), 1fr)); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 0.6rem; padding: 0.9rem; min-width: 0; }
        .wide-card { margin: 0 0 1.1rem; }
        .minis { display: grid; gap: 0.6rem 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); margin-top: 0.7rem; }
        figure { margin: 0; min-width: 0; }
        figcaption { margin-top: 0.35rem; }
        img.samples { display: block; width: 100%; height: auto; border-radius: 0.35rem; background: var(--open-bg); }
        .pixels { image-rendering: pixelated; }
        .none { display: grid; place-items: center; aspect-ratio: 1; border: 1px dashed var(--line); border-radius: 0.35rem; color: var(--soft); font-size: 0.9rem; text-align: center; padding: 1rem; }
        .scroll { overflow-x: auto; margin: 0.5rem 0 0.8rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); }
        table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
        th, td { text-align: left; padding: 0.38rem 0.7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        tr:last-child > * { border-bottom: 0; }
        thead th { font-weight: 600; color: var(--soft); white-space: nowrap; }
        tbody th { font-weight: 600; white-space: nowrap; }
        .num { text-align: right; white-space: nowrap; }
        .why { min-width: 16rem; }
        .sub { display: block; font-weight: 400; color: var(--soft); font-size: 0.85rem; white-space: normal; min-width: 7rem; }
        .cards dl { font-size: 0.83rem; gap: 0.1rem 0.4rem; grid-template-columns: 1fr auto; } .cards dd { white-space: nowrap; } .cards .card { padding: 0.75rem; max-width: 24rem; }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 0.1rem 0.9rem; margin: 0.6rem 0 0; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
        dt { color: var(--soft); } dd { margin: 0; text-align: right; }
        dl.left dd { text-align: left; }
        .badge { display: inline-block; border-radius: 0.3rem; padding: 0 0.45rem; font-size: 0.85rem; font-weight: 600; background: var(--open-bg); color: var(--soft); }
        .v-good { background: var(--good-bg); color: var(--good); } .v-warn { background: var(--warn-bg); color: var(--warn); } .v-bad { background: var(--bad-bg); color: var(--bad); }
        td .badge { white-space: nowrap; }
        .place { color: var(--soft); font-weight: 400; }
        .meter { display: block; height: 0.3rem; margin-top: 0.25rem; min-width: 5rem; border-radius: 0.2rem; background: var(--open-bg); overflow: hidden; }
        .meter > span { display: block; height: 100%; background: var(--accent); }
        pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.8rem; font: 0.85rem/1.45 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: normal; }
        code { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
        summary { cursor: pointer; color: var(--accent); }
        .pairs { display: grid; gap: 0.7rem; grid-template-columns: repeat(auto-fill, minmax(7.1rem, 1fr)); margin-top: 0.6rem; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2px; }
        .pair figcaption { grid-column: 1 / -1; font-size: 0.8rem; margin: 0.1rem 0 0; }
        .pair img { width: 100%; height: auto; display: block; }
        svg.chart, svg.strip { display: block; width: 100%; height: auto; overflow: visible; }
        svg.chart { max-width: 44rem; } svg.strip { border-radius: 0.3rem; max-width: 46rem; }
        svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--soft); }
        svg text.label { fill: var(--ink); } svg text.row { fill: var(--ink); font-weight: 600; }
        svg .grid { stroke: var(--line); stroke-width: 1; } svg .axis { stroke: var(--soft); stroke-width: 1; }
        svg .floor { stroke: var(--ink); stroke-width: 1.3; stroke-dasharray: 5 4; } svg text.floor-name { fill: var(--ink); font-size: 11px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; }
        svg polyline { fill: none; stroke-linejoin: round; stroke-linecap: round; }
        .curve { stroke: currentColor; stroke-width: 2; fill: currentColor; } .faint { stroke: currentColor; stroke-width: 1; fill: currentColor; opacity: 0.3; }
        .loss-d { stroke: var(--dcgan); stroke-width: 1.8; fill: var(--dcgan); } .loss-g { stroke: var(--wgan-gp); stroke-width: 1.8; fill: var(--wgan-gp); stroke-dasharray: 6 2.5; }
        svg polyline.curve, svg polyline.faint, svg polyline.loss-d, svg polyline.loss-g { fill: none; }
        .f-dcgan { color: var(--dcgan); } .f-dcgan-selu { color: var(--dcgan-selu); } .f-lsgan { color: var(--lsgan); } .f-wgan { color: var(--wgan); }
        .f-wgan-gp { color: var(--wgan-gp); } .f-selu { color: var(--selu); } .f-other { color: var(--other); }
        .mark { fill: currentColor; stroke: var(--card); stroke-width: 1; } .mark circle[fill="none"] { stroke: currentColor; stroke-width: 2; }
        .mark.light { opacity: 0.45; } .full { fill: var(--card); stroke: currentColor; stroke-width: 2; }
        .scored { stroke: var(--ink); stroke-width: 1; } .failed { stroke: var(--bad); stroke-width: 2.4; fill: none; } .bar { stroke: currentColor; stroke-width: 2; }
        @media (max-width: 40rem) { svg.strip text { font-size: 19px; } th, td { padding: 0.35rem 0.5rem; } .card { padding: 0.7rem; } }
        footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 0.8rem; }
        @media print {
          :root { color-scheme: light; --bg:#fff; --card:#fff; --ink:#000; --soft:#444; --line:#ccc; --accent:#004f7c;
            --dcgan:#2b72e4; --dcgan-selu:#3f9ad0; --lsgan:#c28100; --wgan:#05613a; --wgan-gp:#c03696; --selu:#7a3a1e; --other:#6b7280;
            --good:#00694f; --warn:#8a5a00; --bad:#a83216; --good-bg:#fff; --warn-bg:#fff; --bad-bg:#fff; --open-bg:#fff; }
          body { max-width: none; padding: 0; font-size: 10.5pt; } nav { display: none; } .badge { border: 1px solid currentColor; }
          .card, figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { overflow: visible; } pre { white-space: pre-wrap; } }

        """;
}
