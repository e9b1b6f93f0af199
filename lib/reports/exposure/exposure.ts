import "server-only";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { people } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { maskedTable, revealTable, type Looking } from "@/lib/reports/exposure/exposure-tables";
import { readExposure, revealing } from "@/lib/reports/exposure/read-exposure";
import { Tally } from "@/lib/reports/exposure/tally";
import { tallySections } from "@/lib/reports/exposure/tally-sections";
import { reportKind, type About, type AsOf, type Report } from "@/lib/reports/report";
import { spanBounds, spanInput, spanMistake, spanWords } from "@/lib/reports/span";

const input = z
  .strictObject({ person: idInput("Choose a person."), ...spanInput })
  .superRefine((asked, context) => {
    const message = spanMistake(asked);
    if (message !== null) context.addIssue({ code: "custom", path: ["to"], message });
  });

type Asked = z.infer<typeof input>;

/** What one employee has seen between two days: the question that a breach asks first (GDPR Art. 33). */
export const exposure = reportKind<Asked>({
  id: "exposure",
  title: "Exposure of an employee",
  question: "What has this person seen, of how many records, and what was copied?",
  basis: ["GDPR Art. 33, 34", "HIPAA 45 CFR 164.402 to 164.414", "PCI DSS 12.10"],
  permission: "reports",
  fields: [
    { kind: "person", name: "person", label: "Person" },
    { kind: "span", usualDays: 30 },
  ],
  input,
  about,
  build,
});

async function about(
  ctx: Context,
  { person }: Asked,
): Promise<About & { subject: { id: string; name: string } }> {
  const [found] = await ctx.db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(eq(people.id, person));
  if (!found) throw new Refusal("not-found");
  return { subject: found };
}

async function build(ctx: Context, asked: Asked, asOf: AsOf): Promise<Report> {
  const { subject } = await about(ctx, asked);
  const looking: Looking = { ctx, personId: subject.id, asOf, ...spanBounds(asked) };
  const tally = new Tally();
  for await (const entries of readExposure(ctx.db, { ...looking, codes: revealing }, asOf))
    for (const entry of entries) tally.add(entry);
  return {
    title: "Exposure of an employee",
    filters: [
      ["Person", subject.name],
      ["Time", spanWords(asked)],
    ],
    sections: [
      ...(await tallySections(ctx, tally)),
      { ...revealTable(looking), total: tally.events },
      maskedTable(looking),
      { kind: "text", title: "How it is counted", paragraphs: countedSo },
    ],
  };
}

const countedSo = [
  "Each reveal is on record before its values are read, so the list can have one too many and never one too few. What could not be read or was not shown stands as a line of its own, and its values still count: at most so many.",
  "Records are counted once, however often they were shown. At most so many people are concerned as there are records: several may belong to one person. A record that names several people, such as a household, counts as one.",
  "Masked pages and exports show no value of a masked field. What a steward confirmed as clear is shown to everybody who may browse a table, and is no part of the numbers. What somebody writes down or photographs is on no record; copies through the product are.",
  "Seen is what was shown to the account. Whether it was the person or somebody with their session, the address and the session of each line help to tell.",
];
