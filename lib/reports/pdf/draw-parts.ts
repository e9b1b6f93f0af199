import "server-only";
import { colours, plotLook } from "@/lib/reports/pdf/colours";
import type { Look, Paper } from "@/lib/reports/pdf/paper";
import { isEmpty, plotOf } from "@/lib/reports/plot";
import type { BarsPart, NumbersPart, PlotView, SeriesPart } from "@/lib/reports/view";
import { cellText } from "@/lib/reports/words";

const small: Look = { size: 8, colour: colours.muted };
const tiny: Look = { size: 7, colour: colours.muted };

/** Numbers in boxes, four beside each other. */
export function drawNumbers(paper: Paper, { figures }: NumbersPart): void {
  const gap = 8;
  const width = (paper.width - 3 * gap) / 4;
  const height = 62;
  for (let at = 0; at < figures.length; at += 4) {
    paper.need(height + gap);
    const top = paper.y;
    for (const [index, { label, value, kind, note }] of figures.slice(at, at + 4).entries()) {
      const x = paper.left + index * (width + gap);
      paper.artifact(() =>
        paper.doc.roundedRect(x, top, width, height, 4).lineWidth(0.75).strokeColor(colours.line).stroke(),
      );
      paper.leaf("P", () => {
        paper.line(label, x + 8, top + 8, small);
        paper.line(cellText(kind, value), x + 8, top + 21, { size: 15, face: "semibold" });
        for (const [row, line] of paper
          .lines(note ?? "", width - 16, tiny)
          .slice(0, 2)
          .entries())
          paper.line(line, x + 8, top + 42 + row * 8.5, tiny);
      });
    }
    paper.y = top + height + gap;
  }
}

/** Bars, one below the other, each with its number. */
export function drawBars(paper: Paper, { bars, of }: BarsPart): void {
  const most = Math.max(...bars.map(({ value }) => value));
  const [labels, numbers] = [paper.width * 0.38, 56];
  const longest = paper.width - labels - numbers;
  for (const { label, value, note } of bars) {
    const words = paper.lines(label, labels - 8, { size: 9 });
    const height = words.length * 12 + (note ? 10 : 0) + 5;
    paper.need(height);
    const top = paper.y;
    paper.leaf("P", () => {
      for (const [row, line] of words.entries()) paper.line(line, paper.left, top + row * 12, { size: 9 });
      if (note) paper.line(note, paper.left, top + words.length * 12, tiny);
      const text = cellText(of, value);
      paper.line(text, paper.left + paper.width, top, { size: 9, face: "semibold", ends: true });
    });
    paper.artifact(() => {
      const length = most === 0 ? 0 : (value / most) * longest;
      paper.doc.rect(paper.left + labels, top + 2, longest, 8).fill(colours.sunken);
      paper.doc.rect(paper.left + labels, top + 2, length, 8).fill(plotLook(0).colour);
    });
    paper.y = top + height;
  }
  paper.y += 6;
}

const PLOT_HEIGHT = 150;

/** A series as a plot with its key; whether there was anything to draw. */
export function drawSeries(paper: Paper, series: SeriesPart): boolean {
  if (isEmpty(series)) return false;
  const plot = plotOf(series);
  paper.need(PLOT_HEIGHT + 50);
  const [first, last] = [series.points[0]?.at ?? "", series.points.at(-1)?.at ?? ""];
  const alt = `${series.title}, from ${first} to ${last}: ${series.lines.join(", ")}. The table after it has the numbers.`;
  paper.leaf("Figure", () => drawPlot(paper, series.lines, plot), { alt });
  return true;
}

function drawPlot(paper: Paper, lines: readonly string[], plot: PlotView): void {
  drawKey(paper, lines, plot.paths.length > 0);
  const axis = Math.max(...plot.up.map(({ text }) => paper.measure(text, tiny))) + 6;
  const [x, y, width] = [paper.left + axis, paper.y, paper.width - axis];
  const { doc } = paper;
  const up = (share: number) => y + (1 - share) * PLOT_HEIGHT;
  for (const { place, text } of plot.up) {
    doc
      .moveTo(x, up(place))
      .lineTo(x + width, up(place))
      .lineWidth(0.5)
      .strokeColor(colours.line)
      .stroke();
    paper.line(text, x - 6, up(place) - 4, { ...tiny, ends: true });
  }
  for (const { from, to, parts } of plot.columns)
    for (const part of parts)
      doc
        .rect(x + from * width, up(part.to), (to - from) * width, (part.to - part.from) * PLOT_HEIGHT)
        .fill(plotLook(part.line).colour);
  for (const { line, points } of plot.paths) {
    const { colour, dash } = plotLook(line);
    for (const [index, point] of points.entries()) {
      if (index === 0) doc.moveTo(x + point.x * width, up(point.y));
      else doc.lineTo(x + point.x * width, up(point.y));
    }
    doc.lineWidth(1.5).strokeColor(colour);
    if (dash) doc.dash(dash[0], { space: dash[1] });
    doc.stroke().undash();
  }
  for (const { place, text } of plot.along) {
    const half = paper.measure(text, tiny) / 2;
    const at = Math.min(Math.max(x + place * width, x + half), x + width - half);
    paper.line(text, at + half, y + PLOT_HEIGHT + 6, { ...tiny, ends: true });
  }
  paper.y = y + PLOT_HEIGHT + 26;
}

function drawKey(paper: Paper, lines: readonly string[], isPath: boolean): void {
  let x = paper.left;
  for (const [index, line] of lines.entries()) {
    const { colour, dash } = plotLook(index);
    if (isPath) {
      paper.doc
        .moveTo(x, paper.y + 5)
        .lineTo(x + 16, paper.y + 5)
        .lineWidth(1.5)
        .strokeColor(colour);
      if (dash) paper.doc.dash(dash[0], { space: dash[1] });
      paper.doc.stroke().undash();
    } else paper.doc.rect(x + 4, paper.y + 1, 8, 8).fill(colour);
    paper.line(line, x + 20, paper.y, small);
    x += 20 + paper.measure(line, small) + 16;
  }
  paper.y += 20;
}
