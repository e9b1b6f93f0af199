import { expect, test } from "vitest";
import type { DownloadView } from "@/lib/downloads/view";
import { elapsed, nameOf, standWords } from "./download-words";

const running: DownloadView = {
  ...{ id: "1", title: "Audit log", format: "csv", state: "running", isEnding: false, note: null },
  ...{ rows: 120_000, share: 0.12, total: 1_000_000, seconds: 7.9, ageSeconds: 8 },
};

test("a download says what it is and how far: of so many rows where that is known, else so far", () => {
  expect(nameOf(running)).toBe("Audit log, CSV");
  expect(standWords(running)).toBe("120,000 of 1,000,000 rows");
  expect(standWords({ ...running, total: null })).toBe("120,000 rows so far");
  expect(standWords({ ...running, rows: 0, total: null })).toBe("Being prepared");
  expect(standWords({ ...running, isEnding: true })).toBe("Being cancelled");
});

test("a download that is over says whether its file is whole, and why not", () => {
  expect(standWords({ ...running, state: "whole", rows: 1 })).toBe("Done, 1 row");
  expect(standWords({ ...running, state: "cancelled" })).toContain("The file is not whole");
  const note = "An admin has stopped access.";
  expect(standWords({ ...running, state: "broken", note })).toBe(
    "Failed after 120,000 rows. An admin has stopped access. The file is not whole: try again.",
  );
});

test("the time it takes is in seconds, then in minutes and hours", () => {
  expect([7.9, 65, 3_723].map(elapsed)).toEqual(["7 s", "1:05", "1:02:03"]);
});
