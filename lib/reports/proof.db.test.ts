import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, expect, test } from "vitest";
import { exportProof } from "@/lib/audit/export-proof";
import { plainStream } from "@/lib/csv-stream";
import { reportFile } from "@/lib/reports/report-file";
import { freshKey, useLogSettings } from "@/lib/testing/log-key";
import { approved, useStory } from "@/lib/testing/story";

const settings = useLogSettings();
const story = useStory();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-report-"));
const wanted = { kind: "pci", params: { from: "2020-01-01", to: "2029-12-31" } };

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The two boxes of the last page: the checkpoint as it is to be saved, and the key. */
async function boxesOf(pdf: Uint8Array): Promise<{ note: string; key: string }> {
  const document = await getDocument({ data: pdf, verbosity: 0 }).promise;
  const { items } = await (await document.getPage(document.numPages)).getTextContent();
  // What stands on one height is one line.
  const heights = new Map<number, string>();
  for (const item of items)
    if ("str" in item) {
      const height = Math.round(Number(item.transform[5]));
      heights.set(height, (heights.get(height) ?? "") + item.str);
    }
  const lines = [...heights.values()].map((line) => line.trim()).filter((line) => line !== "");
  const at = lines.findIndex((line) => line.startsWith("log.example/audit"));
  const [origin, size, root, signature] = lines.slice(at, at + 4);
  const key = lines.slice(at + 4).find((line) => line.startsWith("log.example/audit+"));
  return { note: `${origin}\n${size}\n${root}\n\n${signature}\n`, key: key! };
}

const verify = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["scripts/verifier/glimpse-verify.mjs", ...args]).then(
    () => 0,
    (error: { code: number }) => error.code,
  );

test("what a PDF prints is a checkpoint that the verifier holds a later export against, and that a changed log does not go with", async () => {
  const { text } = freshKey();
  settings({ GLIMPSE_LOG_KEY: text });
  await approved(story);
  const { body } = await reportFile(story.ivy, wanted, "report.pdf");
  const { note, key } = await boxesOf(new Uint8Array(await new Response(body).arrayBuffer()));
  await approved(story);
  const file = (name: string, content: string) => {
    const at = path.join(folder, name);
    fs.writeFileSync(at, content);
    return at;
  };
  const exported = await new Response(plainStream(await exportProof(story.ivy, {}))).text();
  const [whole, checkpoint, logKey] = [
    file("export.ndjson", exported),
    file("checkpoint.txt", note),
    file("log.key", `${key}\n`),
  ];
  expect(await verify(whole, "--key", logKey, "--since", checkpoint)).toBe(0);
  const [name, size] = note.split("\n");
  const other = file("other.txt", note.replace(`${name}\n${size}`, `${name}\n${Number(size) - 1}`));
  expect(await verify(whole, "--key", logKey, "--since", other)).not.toBe(0);
});
