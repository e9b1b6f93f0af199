import { expect } from "@playwright/test";
import type postgres from "postgres";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askQuestion } from "@/lib/approvals/ask-question";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { removeSource } from "@/lib/catalog/change-source";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { scanSource } from "@/lib/catalog/scan-source";
import { closeControlDatabase, readDatabase } from "@/lib/db/control-database";
import type { Role } from "@/lib/db/schema/people";
import { changeManager } from "@/lib/people/change-manager";
import type { Purpose } from "@/lib/requests/request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { withdrawRequest } from "@/lib/requests/withdraw-request";
import { closeAllPools } from "@/lib/source/pool";
import { derivedPasswords, urlOf } from "@/scripts/databases";
import { accountOf, stack, type Name } from "./stack";

/** What somebody asks for: fields of records of one table. */
export type Wish = {
  table?: { source: string; schema: string; table: string };
  keys: readonly (string | number)[];
  fields: readonly string[];
  purpose?: Purpose;
  reason?: string;
  viewSeconds?: number;
  withSession?: boolean;
};

export const customers = { source: "marigold", schema: "public", table: "customers" };

/** Deeds of the application, called directly: what happened before a test begins. Each is on record as always. */
export class Deeds {
  readonly #control: postgres.Sql;
  readonly #contexts = new Map<Name, Context>();

  constructor(control: postgres.Sql) {
    this.#control = control;
    const { superuserUrl, ownerUrl, key, logKey, baseUrl } = stack();
    const password = derivedPasswords(superuserUrl).glimpse_web;
    const database = new URL(ownerUrl).pathname.slice(1);
    process.env["DATABASE_URL"] = urlOf(superuserUrl, { user: "glimpse_web", password, database });
    process.env["GLIMPSE_KEY"] = key;
    process.env["GLIMPSE_LOG_KEY"] = logKey;
    process.env["NEXTAUTH_SECRET"] = key;
    process.env["NEXTAUTH_URL"] = baseUrl;
  }

  /** Somebody with a session of their own, apart from those of the browsers. */
  async contextOf(name: Name): Promise<Context> {
    const known = this.#contexts.get(name);
    if (known) return known;
    const [person] = await this.#control<{ id: string; name: string; roles: Role[]; session: string }[]>`
      WITH person AS (SELECT id, name FROM people WHERE email = ${accountOf(name).email}),
        session AS (INSERT INTO sessions (person_id, expires_at)
          SELECT id, clock_timestamp() + interval '2 hours' FROM person RETURNING id)
      SELECT p.id, p.name, s.id AS session,
        (SELECT array_agg(role ORDER BY role) FROM person_roles WHERE person_id = p.id) AS roles
      FROM person p, session s`;
    const actor = Actor.signedIn(person!);
    const ctx: Context = {
      actor,
      sessionId: person!.session,
      channel: "console",
      ip: null,
      db: readDatabase(),
    };
    this.#contexts.set(name, ctx);
    return ctx;
  }

  async tableOf(wish: Wish): Promise<CatalogTable> {
    return readTable(await this.contextOf("Ana"), wish.table ?? customers);
  }

  async ask(name: Name, wish: Wish): Promise<Submitted> {
    const table = await this.tableOf(wish);
    const columnId = (field: string) => table.columns.find((column) => column.name === field)!.id;
    return submitRequest(await this.contextOf(name), {
      tableId: table.id,
      records: wish.keys.map((key) => encodeHandle({ kind: "values", values: [String(key)] })),
      fields: wish.fields.map((field) => ({ columnId: columnId(field), level: "full" as const })),
      purpose: wish.purpose ?? "customer-contact",
      reason: wish.reason ?? "Her parcel came back and she has to be told.",
      ticket: "T-1042",
      viewSeconds: wish.viewSeconds ?? 300,
      withSession: wish.withSession ?? false,
    });
  }

  /** Asks, and has Max approve it. */
  async grant(name: Name, wish: Wish): Promise<Submitted & { grantId: string }> {
    const submitted = await this.ask(name, wish);
    return { ...submitted, grantId: await this.approve(submitted.number) };
  }

  /** Max approves a request, and Paul where it is about payments; returns the id of the grant. */
  async approve(number: number): Promise<string> {
    const [request] = await this.#control<{ id: string }[]>`SELECT id FROM requests WHERE number = ${number}`;
    const requestId = request!.id;
    const { more } = await approveRequest(await this.contextOf("Max"), {
      requestId,
      version: 1,
      words: null,
    });
    if (more) await approveRequest(await this.contextOf("Paul"), { requestId, version: 2, words: null });
    const [grant] = await this.#control<{ id: string }[]>`
      SELECT id FROM grants WHERE request_id = ${request!.id}`;
    return grant!.id;
  }

  /** Asks the requester of a request a question. */
  async question(name: "Max" | "Noor", requestId: string): Promise<void> {
    await askQuestion(await this.contextOf(name), { requestId, words: "Which ticket is it about?" });
  }

  /** Max approves the first of several steps; returns nothing, for nothing is granted yet. */
  async endorse({ id }: Submitted): Promise<void> {
    await approveRequest(await this.contextOf("Max"), { requestId: id, version: 1, words: null });
  }

  /** Compares the catalogue with the source, as Sam, once no discovery of it is under way. */
  async rescan(slug: string): Promise<void> {
    const [source] = await this.#control<{ id: string }[]>`
      SELECT id FROM sources WHERE slug = ${slug} AND removed_at IS NULL`;
    const underWay = () =>
      this.#control`SELECT state FROM discoveries WHERE source_id = ${source!.id} AND ended_at IS NULL`;
    await expect.poll(underWay, { timeout: 60_000 }).toHaveLength(0);
    await scanSource(await this.contextOf("Sam"), { sourceId: source!.id });
  }

  /** Removes a source, as Sam. */
  async removeSource(slug: string): Promise<void> {
    const [source] = await this.#control<{ id: string; version: number }[]>`
      SELECT id, version FROM sources WHERE slug = ${slug} AND removed_at IS NULL`;
    const { id: sourceId, version } = source!;
    await removeSource(await this.contextOf("Sam"), { sourceId, version });
  }

  async revoke(name: "Max" | "Noor" | "Ada", grantId: string): Promise<void> {
    await revokeGrant(await this.contextOf(name), { grantId, words: "Asked for the wrong customer." });
  }

  /** Puts somebody under another manager, or under nobody: then any approver decides. */
  async moveUnder(name: Name, manager: Name | null): Promise<void> {
    const idOf = async (one: Name) => (await this.contextOf(one)).actor.personId;
    const personId = await idOf(name);
    const [row] = await this.#control<
      { version: number }[]
    >`SELECT version FROM people WHERE id = ${personId}`;
    await changeManager(await this.contextOf("Ada"), {
      personId,
      version: row!.version,
      manager: manager === null ? null : await idOf(manager),
    });
  }

  /** The codes of the events about a request, oldest first. */
  async codesOf(number: number): Promise<string[]> {
    const rows = await this.#control<{ code: string }[]>`
      SELECT e.code FROM audit_events e JOIN requests r ON r.id = e.request_id WHERE r.number = ${number} ORDER BY e.seq`;
    return rows.map(({ code }) => code);
  }

  /** Ends what a test has left open, so that the next one finds empty hands and an empty inbox. */
  async tidy(): Promise<void> {
    const open = await this.#control<{ id: string; grant: string | null; email: string }[]>`
      SELECT r.id, g.id AS grant, p.email FROM requests r JOIN people p ON p.id = r.requester_id
      LEFT JOIN grants g ON g.request_id = r.id
      WHERE p.email LIKE '%@marigold.example' AND ((r.state = 'pending' AND r.expires_at > clock_timestamp())
        OR (g.state = 'ready' AND g.activate_by > clock_timestamp())
        OR (g.state = 'active' AND g.ends_at > clock_timestamp()))`;
    for (const { id, grant, email } of open) {
      if (grant) await this.revoke("Ada", grant);
      else await withdrawRequest(await this.contextOf(firstName(email)), id);
    }
  }

  async close(): Promise<void> {
    await closeAllPools();
    await closeControlDatabase();
  }
}

function firstName(email: string): Name {
  const word = email.split("@")[0] ?? "";
  return (word.charAt(0).toUpperCase() + word.slice(1)) as Name;
}
