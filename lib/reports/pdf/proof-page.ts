import "server-only";
import { colours } from "@/lib/reports/pdf/colours";
import type { Paper } from "@/lib/reports/pdf/paper";
import type { MadeReport } from "@/lib/reports/made-report";

/** The last part: the signed checkpoint that covers the report, and how somebody who trusts nobody checks it. */
export function drawProof(paper: Paper, { note, verifierKey, logSize }: MadeReport): void {
  const write = (text: string) => {
    paper.text(text, { size: 9.5 });
    paper.y += 5;
  };
  const count = logSize.toLocaleString("en-US");
  if (note === null) {
    write(
      `The log was not signed when this report was made, so that nothing outside of Glimpse vouches for its ${count} events. An operator sets a key for it (GLIMPSE_LOG_KEY).`,
    );
    return;
  }
  write(
    `This report was made from the first ${count} events of the audit log. The note below is the checkpoint of the log at that size: its name, its size, the root hash of all events, and the signatures. Whoever changes, removes or adds one of those events later cannot come to the same root.`,
  );
  drawBox(paper, note.trimEnd());
  if (verifierKey !== null) {
    write("The key to check it with. Compare it with the one that you were given when Glimpse was set up:");
    drawBox(paper, verifierKey);
  }
  for (const [index, step] of steps.entries()) {
    paper.text(`${index + 1}.  ${step}`, { size: 9.5 });
    paper.y += 5;
  }
}

const steps = [
  "Save the note above, all of it and a line end after it, as checkpoint.txt, and the key as log.key.",
  "Have an auditor take an export of the log with proof (Audit, Export with proof), at any later time: export.ndjson.",
  "Run, on a computer of your own and without a network: glimpse-verify export.ndjson --key log.key --since checkpoint.txt. The verifier is one file that you can read; it shares no line with Glimpse. A page does the same in a browser.",
  "It recomputes the hash of each event, the root over all of them and that the log has only grown since this checkpoint, and names the first event that is not as it was. Where a table of this report has a column Event, its numbers are those of the events in the export, so that each row can be held against the event that it came from.",
];

/** What is copied letter by letter, in letters of equal width; so small that no line is broken. */
function drawBox(paper: Paper, text: string): void {
  const widest = Math.max(...text.split("\n").map((line) => paper.measure(line, { face: "mono", size: 1 })));
  const look = { size: Math.max(4, Math.min(8, (paper.width - 20) / widest)), face: "mono" } as const;
  const lines = text.split("\n").flatMap((line) => paper.lines(line, paper.width - 18, look));
  const leading = look.size * 1.5;
  const height = lines.length * leading + 16;
  paper.need(height + 8);
  const top = paper.y;
  paper.artifact(() => paper.doc.roundedRect(paper.left, top, paper.width, height, 4).fill(colours.sunken));
  paper.leaf("P", () => {
    for (const [row, line] of lines.entries())
      paper.line(line, paper.left + 10, top + 8 + row * leading, look);
  });
  paper.y = top + height + 10;
}
