import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { givenParams } from "@/lib/reports/given-params";
import { reportFile } from "@/lib/reports/report-file";
import { askReport, askReportSchema, readAddress } from "@/lib/reports/report-address";
import { readClock } from "@/lib/reports/run-report";
import { sealAsked } from "@/lib/reports/sealed-asked";
import { seenHref } from "@/lib/reports/seen-href";
import { signedIn } from "@/lib/testing/control";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const why = "The person needs to know who it was for a claim.";
const asked = (change: Record<string, string> = {}) => ({
  kind: "disclosures",
  params: { table: story.table.id, record: "1", from: "2026-01-01", to: "2026-12-31", ...change },
});
/** What the address of a report gives to its page. */
const given = (href: string) => {
  const { pathname, searchParams } = new URL(href, "http://localhost");
  expect(pathname).toBe("/reports/disclosures");
  return givenParams(Object.fromEntries(searchParams)).given;
};

test("the address of a report on a record holds no key and no words, and asks for the same, for who asked it alone", async () => {
  const wanted = asked({ justification: why });
  const form = { report: wanted.kind, ...wanted.params, related: "" };
  const { href } = await askReport(story.ivy, askReportSchema.parse(form));
  const address = given(href);
  expect(Object.keys(address)).toEqual(["asked"]);
  expect(href).not.toContain(story.table.id);
  const read = { params: wanted.params, unread: [], isOver: false };
  expect(await readAddress(story.ivy, "disclosures", address)).toEqual(read);
  const ines = await signedIn(story.control, { name: "Ines", roles: ["auditor"] });
  expect(await readAddress(ines, "disclosures", address)).toEqual({ params: {}, unread: [], isOver: true });
});

test("an address that names a record or words by itself asks for nothing, and says which name is not read", async () => {
  const { params } = asked({ justification: why });
  const { href } = await askReport(story.ivy, asked());
  for (const address of [params, { ...given(href), record: "2" }])
    expect(await readAddress(story.ivy, "disclosures", address)).toMatchObject({
      params: {},
      unread: expect.arrayContaining(["record"]),
    });
  const plain = { from: "2026-01-01", to: "2026-01-31" };
  expect(await readAddress(story.ivy, "approvals", plain)).toEqual({
    ...{ params: plain, unread: [], isOver: false },
  });
});

test("a value that is no key of a record is refused before an address is made, and so is who may not ask", async () => {
  await expect(askReport(story.ivy, asked({ record: "jane@example.test" }))).rejects.toMatchObject({
    code: "bad-input",
    fields: { record: expect.any(String) },
  });
  await expect(askReport(story.ivy, asked({ justification: "short" }))).rejects.toMatchObject({
    fields: { justification: expect.any(String) },
  });
  const card = "It is about the card 4111 1111 1111 1111 of hers.";
  await expect(askReport(story.ivy, asked({ justification: card }))).rejects.toMatchObject({
    fields: { justification: expect.stringContaining("look like a card number") },
  });
  await expect(askReport(story.ivy, { kind: "approvals", params: {} })).rejects.toEqual(refused("bad-input"));
  const plain = { kind: "approvals", params: { from: "2026-01-01", to: "2026-01-31" } };
  await expect(askReport(story.ivy, plain)).rejects.toEqual(refused("not-found"));
  await expect(askReport(story.ana, asked())).rejects.toEqual(refused("not-permitted"));
});

test("a number in the place of the name of a file is in no event and in no list", async () => {
  const wanted = { kind: "approvals", params: { from: "2026-01-01", to: "2026-01-31" } };
  for (const file of ["4111111111111111.csv", "card-4111-1111-1111-1111.csv"])
    await expect(reportFile(story.ivy, wanted, file)).rejects.toEqual(refused("not-found"));
  const rows = await story.control.owner`
    SELECT entry FROM audit_events WHERE entry LIKE '%4111%' UNION ALL SELECT title FROM downloads WHERE title LIKE '%4111%'`;
  expect([...rows]).toEqual([]);
});

test("who has seen a record is asked by an address that does not name it, and one that is over asks for nothing", async () => {
  expect(await seenHref(story.ana, story.table, "1")).toBeNull();
  const address = given((await seenHref(story.ivy, story.table, "1"))!);
  expect(Object.keys(address)).toEqual(["asked"]);
  const read = await readAddress(story.ivy, "disclosures", address);
  expect(read.params).toMatchObject({ table: story.table.id, record: "1" });
  const { params, kind } = asked();
  const until = (await readClock(story.ivy)).getTime();
  const over = sealAsked(env().rootKey, { personId: story.ivy.actor.personId, kind }, { params, until });
  expect(await readAddress(story.ivy, kind, { asked: over })).toEqual({
    ...{ params: {}, unread: [], isOver: true },
  });
});
