import "server-only";
import { judgeCase } from "@/lib/anomalies/judge-case";
import { listCases } from "@/lib/anomalies/list-cases";
import { lookForAnomalies } from "@/lib/anomalies/tend-anomalies";
import { systemContext } from "@/lib/auth/system-context";
import { decideAccess } from "@/lib/campaigns/decide-access";
import { listToConfirm } from "@/lib/campaigns/list-to-confirm";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { startErasure } from "@/lib/erasure/start-erasure";
import { scheduleReport } from "@/lib/reports/schedule-report";
import { lastDays } from "@/lib/reports/span";
import { placeHold } from "@/lib/retention/hold-log";
import { readRetention } from "@/lib/retention/read-retention";
import { confirmPeriod, setPeriod } from "@/lib/retention/set-period";
import { tableOf } from "./ask";
import { idOf, type Cast, type Name } from "./cast";
import { calledBack } from "./work";

/** What those do who look after the others: cases, a campaign, reports by mail, retention, a hold, an erasure. */
export async function oversight(cast: Cast): Promise<void> {
  await judgeOne(cast);
  await campaign(cast);
  await reportsByMail(cast);
  await retention(cast);
  await erasure(cast);
}

/** Cases of the two days that stand out; Ivy has judged the one of Tess. */
async function judgeOne(cast: Cast): Promise<void> {
  const system = systemContext("command-line");
  while ((await lookForAnomalies(system)) === "again");
  const ivy = await cast.as("Ivy");
  const { lines } = await listCases(ivy, { state: "open", personId: idOf("Tess") });
  for (const { number } of lines)
    await judgeCase(ivy, {
      caseNumber: number,
      verdict: "explained",
      words:
        "A leaflet was printed with a wrong number block, and callers read it out. Max has shown me the leaflet.",
    });
}

async function campaign(cast: Cast): Promise<void> {
  const { to: until } = lastDays(1, new Date(Date.now() + 14 * 86_400_000));
  const wanted = startSchema.parse({ name: "Access of this quarter", until, roles: ["agent", "approver"] });
  await startCampaign(await cast.as("Ivy"), wanted);
  await confirm(cast, "Max", ["Ben"]);
  await confirm(cast, "Noor", ["Paul", "Rosa"]);
}

async function confirm(cast: Cast, manager: Name, people: readonly Name[]): Promise<void> {
  const ctx = await cast.as(manager);
  const { items } = await listToConfirm(ctx);
  for (const { id, person, parts } of items) {
    if (!people.some((name) => person.startsWith(`${name} `))) continue;
    const seen = parts.map(({ key }) => key);
    await decideAccess(ctx, { itemId: id, seen, keep: seen, words: null });
  }
}

async function reportsByMail(cast: Cast): Promise<void> {
  const ivy = await cast.as("Ivy");
  const params = new URLSearchParams(lastDays(30, new Date())).toString();
  const readerIds = [idOf("Ivy")];
  await scheduleReport(ivy, { kind: "approvals", params, every: "month", readerIds });
  await scheduleReport(ivy, { kind: "pci", params, every: "week", readerIds });
}

async function retention(cast: Cast): Promise<void> {
  const [ada, ivy] = [await cast.as("Ada"), await cast.as("Ivy")];
  await setPeriod(ada, { days: 2_200, why: "The clinics keep such records for six years (HIPAA)." });
  const { waiting } = await readRetention(ivy);
  if (waiting) await confirmPeriod(ivy, { periodId: waiting.id });
  await placeHold(ivy, {
    ...{ name: "Claim of a card holder", personId: idOf("Ben"), sourceId: null, fromDay: null, toDay: null },
    why: "The lawyers of a card holder have asked for all that was done with the card.",
  });
}

/** Asked for by Sam; whoever plays Ivy confirms it. */
async function erasure(cast: Cast): Promise<void> {
  const { id: tableId } = await tableOf(cast, "public.customers");
  await startErasure(await cast.as("Sam"), {
    ...{ tableId, key: String(calledBack), related: true, reference: "DSR-17" },
    reason: "Asked for in writing, and no invoice is open any more.",
  });
}
