import "server-only";
import { denyRequest } from "@/lib/approvals/deny-request";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import { readOwnPasskeys } from "@/lib/auth/list-passkeys";
import { removeOwnPasskey } from "@/lib/auth/remove-passkey";
import { env } from "@/lib/env";
import { checkField } from "@/lib/lookups/check-field";
import { lookUp } from "@/lib/lookups/look-up";
import { returnGrant } from "@/lib/reveals/return-grant";
import type { Authenticator } from "@/lib/testing/authenticator";
import { provesWith, withPasskey } from "@/lib/testing/passkeys";
import { approve, ask, keyed, open, standingOf, tableOf } from "./ask";
import type { Cast } from "./cast";

/** A customer whom Tess has called: nobody who decides about an erasure had part in it. */
export const calledBack = 1207;

/** What people have asked for: granted and opened, granted in part, denied, ready to be opened, and waiting. */
export async function work(cast: Cast): Promise<void> {
  await parcelCameBack(cast);
  await cardIsCharged(cast);
  await calledTheLine(cast);
  await narrowed(cast);
  await denied(cast);
  await stillOpen(cast);
}

async function parcelCameBack(cast: Cast): Promise<void> {
  const id = await ask(cast, "Ben", {
    table: "public.customers",
    ...{ keys: [1204], fields: ["email", "phone"], purpose: "customer-contact", ticket: "T-2043" },
    reason: "Her parcel came back twice. She has to be asked before it goes out again.",
  });
  await approve(cast, "Max", id, { words: "Please note in the ticket what she says." });
  await returnGrant(await cast.as("Ben"), await open(cast, "Ben", id));
}

/** Rosa signs with a passkey; it is removed afterwards, so that whoever plays Rosa is asked for none. */
async function cardIsCharged(cast: Cast): Promise<void> {
  const key = await registerPasskey(cast);
  const id = await ask(cast, "Ben", {
    table: "public.payment_cards",
    ...{ keys: [4021], fields: ["number"], purpose: "payment-issue", ticket: "P-318" },
    reason: "The bank asks which card was charged twice, and the last digits fit two of them.",
    viewSeconds: 60,
  });
  await approve(cast, "Max", id);
  await approve(cast, "Rosa", id, { key });
  await open(cast, "Ben", id);
  await removePasskey(cast, key);
}

async function registerPasskey(cast: Cast): Promise<Authenticator> {
  await cast.provePassword("Rosa");
  const { origin } = new URL(env().publicUrl);
  return withPasskey(await cast.as("Rosa"), "Software key of the demo", origin);
}

async function removePasskey(cast: Cast, key: Authenticator): Promise<void> {
  const rosa = await cast.as("Rosa");
  await provesWith(rosa, key);
  for (const { id } of (await readOwnPasskeys(rosa)).passkeys)
    await removeOwnPasskey(rosa, { passkeyId: id });
}

/** Opens at once for Support with a ticket; outside of working hours Max decides. */
async function calledTheLine(cast: Cast): Promise<void> {
  const id = await ask(cast, "Tess", {
    table: "public.customers",
    ...{ keys: [calledBack], fields: ["phone"], purpose: "customer-contact", ticket: "T-2051" },
    reason: "The line broke off while she was on the phone. I call her back.",
  });
  await approve(cast, "Max", id);
  await open(cast, "Tess", id);
}

async function narrowed(cast: Cast): Promise<void> {
  const id = await ask(cast, "Max", {
    table: "public.customers",
    ...{ keys: [1311, 1312, 1313], fields: ["email"], purpose: "incident", ticket: "INC-77" },
    reason: "Three customers were sent the invoice of somebody else, and have to be told today.",
    viewSeconds: 900,
  });
  const { requestId, version } = await standingOf(cast, id);
  await narrowRequest(await cast.as("Noor"), {
    ...{ requestId, version, viewSeconds: 300, records: [keyed(1311), keyed(1312)] },
    words: "The third was told by letter already.",
  });
  await open(cast, "Max", id);
}

async function denied(cast: Cast): Promise<void> {
  const id = await ask(cast, "Ben", {
    table: "public.customers",
    ...{ keys: [1402, 1403, 1404], fields: ["national_id", "birth_date"], purpose: "data-correction" },
    reason: "To compare them with the list that came from the newsletter tool.",
  });
  const { requestId, version } = await standingOf(cast, id);
  await denyRequest(await cast.as("Max"), {
    ...{ requestId, version },
    words: "A newsletter needs no identity number. Compare customer numbers instead.",
  });
}

/** What whoever opens the demo finds: a grant that is ready, and requests that wait. */
async function stillOpen(cast: Cast): Promise<void> {
  const ready = await ask(cast, "Ben", {
    table: "care.diagnoses",
    ...{ keys: [501], fields: ["code"], purpose: "care-coordination", ticket: "C-94" },
    reason: "The clinic moves an appointment and has to know which ward takes it.",
  });
  await approve(cast, "Vera", ready);
  await ask(cast, "Tess", {
    table: "public.bank_accounts",
    ...{ keys: [2210], fields: ["iban"], purpose: "payment-issue", ticket: "P-322" },
    reason: "A refund came back, and the customer says that the account is the right one.",
  });
}

/** Two days that stand out: Tess and Ben ask for records by values that nobody has. */
export async function guesses(cast: Cast): Promise<void> {
  const customers = await tableOf(cast, "public.customers");
  const of = (column: string) => ({ tableId: customers.id, columnId: customers.idOf(column) });
  const [tess, ben] = [await cast.as("Tess"), await cast.as("Ben")];
  await Promise.all([
    ...Array.from({ length: 9 }, (_, at) => lookUp(tess, { ...of("phone"), term: `+49 30 5550 01${at}0` })),
    ...Array.from({ length: 7 }, (_, at) => lookUp(ben, { ...of("email"), term: `m.${at}@nowhere.example` })),
    ...Array.from({ length: 6 }, (_, at) =>
      checkField(ben, {
        ...{ ...of("birth_date"), record: keyed(1501 + (at % 2)) },
        said: `19${70 + at}-03-14`,
      }),
    ),
  ]);
}
