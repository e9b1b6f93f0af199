import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import { holdSubjects } from "@/lib/audit/hold-subjects";
import { logSettings } from "@/lib/audit/log-settings";
import { areAsReferred, recordsOf, type SubjectRef } from "@/lib/audit/subject-ref";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import type { WriteTransaction } from "@/lib/db/control-database";
import { plainQuery } from "@/lib/db/plain-query";
import type { Role } from "@/lib/db/schema/people";
import { Coverage, type LockedGrant, type Wanted } from "@/lib/grants/coverage";
import { viewsLeft, type GrantedField, type GrantState } from "@/lib/grants/grant";
import { env } from "@/lib/env";
import { maskKeyring } from "@/lib/masking/keys";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";
import { Refusal, type RefusalCode } from "@/lib/refusal";
import { decidedHash } from "@/lib/requests/content";
import { receiptHash, type StoredReceipt } from "@/lib/requests/receipt";
import { asksOf, receiptRefusal, type ReceiptedGrant } from "@/lib/reveals/check-receipt";
import { openingHolds } from "@/lib/reveals/opening";
import { rawTable, unchanged, type TableFacts } from "@/lib/reveals/raw-table";
import type { RawTable } from "@/lib/source/raw-query";

export type Opened = {
  coverage: Coverage;
  /** How many views of the grant are left after this one; null where there is no limit. */
  viewsLeft: number | null;
  table: RawTable;
  source: { id: string; version: number; sealed: string; revealSealed: string | null };
  /** The event's frame, for the failure that may follow. */
  about: Omit<AuditEvent, "code">;
};

type HeldGrant = {
  holder_id: string;
  request_id: string;
  source_id: string;
  table_id: string;
  records: string[];
  refs: SubjectRef[] | null;
  fields: GrantedField[];
  view_seconds: number;
  policy_version: number;
  max_views: number | null;
  not_before: string | null;
  with_session: boolean;
  session_id: string | null;
  decided_hash: Buffer;
  state: GrantState;
  activate_by: string;
  ends_at: string | null;
};

type Facts = {
  now: string;
  person_state: string;
  roles: Role[];
  session_live: boolean;
  /** By an admin, at this moment. */
  stopped: boolean;
  /** Whether its rule asks for a password, and whether it was given lately in this session. */
  wants_password: boolean;
  password_fresh: boolean;
  /** Whether its rule asks that a passkey signs what opens, what was signed of late in this session, and whether there is any. */
  wants_passkey: boolean;
  opening: StoredReceipt | null;
  has_passkey: boolean;
  receipt: StoredReceipt | null;
  request_number: number;
  content_hash: Buffer;
  /** The keys of its references, in hexadecimal. */
  subject_keys: { handle: string; key: string; ref: string }[];
  purpose: string;
  reason: string;
  ticket: string | null;
  /** How often it was viewed, where that is limited. */
  views: number;
  approvers: { id: string; name: string }[];
  source: string;
  source_version: number;
  connection_sealed: string;
  reveal_sealed: string | null;
  key_version: number;
  table: TableFacts;
};

/**
 * Locks the grant and its holder, checks them, the catalogue and the hash of the decision by the database clock,
 * and makes the coverage together with its event. Nothing is read from the source before both are committed.
 */
export async function openCoverage(
  tx: WriteTransaction,
  ctx: Context,
  grantId: string,
  wanted: Wanted,
): Promise<{ result: Opened; event: AuditEvent }> {
  // Sent together, run in order: the second sees what was committed while the first waited for its locks.
  const [[grant], [facts]] = await Promise.all([
    plainQuery<HeldGrant>(tx, holdGrant, [grantId, ctx.actor.personId]),
    plainQuery<Facts>(tx, readFacts, [grantId, ctx.actor.personId, ctx.sessionId, STEP_UP_MINUTES]),
  ]);
  if (!grant || !facts) throw new Refusal(facts ? "grant-not-yours" : "not-found");
  const holds = facts.person_state === "active" && facts.session_live && rolesAllow(facts.roles, "reveal");
  if (!holds) throw new Refusal("not-permitted");
  if (facts.stopped) throw new Refusal("access-stopped");
  const lack = stepUpRefusal(grantId, grant, facts);
  if (lack) throw new Refusal(lack);
  const locked = lockedGrant(grantId, grant, facts.now);
  const coverage = Coverage.ofLockedGrant(
    locked,
    { personId: ctx.actor.personId, sessionId: ctx.sessionId },
    wanted,
  );
  if (!isAsDecided(grant, facts)) throw new Refusal("grant-altered");
  const unreceipted = receiptRefusal(facts.receipt, logSettings().key, receipted(grantId, grant, facts));
  if (unreceipted) throw new Refusal(unreceipted);
  const left = viewsLeft(grant.max_views, facts.views);
  if (left === 0) throw new Refusal("views-spent");
  if (!unchanged(facts.table, grant.fields)) throw new Refusal("column-changed");
  const table = rawTable(
    facts.table,
    maskKeyring(env().rootKey, { id: grant.source_id, keyVersion: facts.key_version }),
  );
  if (table === null) throw new Refusal("no-stable-key");
  const after = left === null ? null : left - 1;
  // A grant from before there were references gets them now: whoever it shows must be found in the log.
  const refs = grant.refs ?? (await holdSubjects(tx, tableOf(grant), grant.records));
  const about = aboutReveal(grantId, coverage, { ...grant, refs }, { ...facts, viewsLeft: after });
  const source = {
    id: grant.source_id,
    version: facts.source_version,
    sealed: facts.connection_sealed,
    revealSealed: facts.reveal_sealed,
  };
  return {
    result: { coverage, viewsLeft: after, table, source, about },
    event: { ...about, code: "reveal.opened" },
  };
}

/** Locks the person first and then the grant, as everybody does. */
const holdGrant = `
  WITH holder AS MATERIALIZED (SELECT id FROM people WHERE id = $2 FOR SHARE)
  SELECT holder_id, request_id, source_id, table_id, records, refs, fields, view_seconds, policy_version, max_views,
    not_before, with_session, session_id, decided_hash, state, activate_by, ends_at
  FROM grants WHERE id = $1 AND holder_id = (SELECT id FROM holder) FOR UPDATE`;

const readFacts = `
  SELECT clock_timestamp() AS now, p.state AS person_state,
    ARRAY(SELECT role FROM person_roles WHERE person_id = p.id) AS roles,
    EXISTS (SELECT FROM sessions WHERE id = $3 AND person_id = p.id AND ended_at IS NULL
      AND expires_at > clock_timestamp()) AS session_live,
    EXISTS (SELECT FROM stops x WHERE x.lifted_at IS NULL
      AND (x.scope = 'all' OR x.person_id = p.id OR x.source_id = g.source_id)) AS stopped,
    coalesce(r.ruling -> 'stepUp' = 'true', false) AS wants_password,
    EXISTS (SELECT FROM sessions WHERE id = $3 AND person_id = p.id
      AND proved_at > clock_timestamp() - make_interval(mins => $4)) AS password_fresh,
    coalesce(r.ruling -> 'passkey' = 'true', false) AS wants_passkey,
    CASE WHEN r.ruling -> 'passkey' = 'true' THEN (SELECT jsonb_build_object('body', x.body, 'signature', x.signature)
      FROM receipts x WHERE x.opens_id = g.id AND x.session_id = $3 AND x.made_at > clock_timestamp() - make_interval(mins => $4)
        AND EXISTS (SELECT FROM passkeys k WHERE k.credential_id = x.body::jsonb #>> '{passkey,credentialId}'
          AND k.person_id = p.id AND k.removed_at IS NULL)
      ORDER BY x.made_at DESC LIMIT 1) END AS opening,
    EXISTS (SELECT FROM passkeys k WHERE k.person_id = p.id AND k.removed_at IS NULL) AS has_passkey,
    (SELECT jsonb_build_object('body', x.body, 'signature', x.signature) FROM receipts x WHERE x.grant_id = g.id)
      AS receipt,
    r.number AS request_number, r.content_hash, r.purpose, r.reason, r.ticket,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('handle', k.handle, 'key', encode(k.key, 'hex'), 'ref', k.ref)), '[]')
      FROM subject_keys k WHERE k.ref = ANY (g.refs)) AS subject_keys,
    CASE WHEN g.max_views IS NULL THEN 0 ELSE (SELECT count(*)::int FROM audit_events e
      WHERE e.request_id = r.id AND e.grant_id = g.id AND e.code = 'reveal.opened') END AS views,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', concat_ws(' for ', a.name, f.name))), '[]')
      FROM decisions d JOIN people a ON a.id = d.approver_id LEFT JOIN people f ON f.id = d.for_id
      WHERE d.request_id = r.id) AS approvers,
    s.name AS source, s.version AS source_version, s.connection_sealed, s.reveal_sealed, s.key_version,
    jsonb_build_object('id', t.id, 'schema', t.schema, 'name', t.name, 'keyColumns', t.key_columns,
      'gone', t.gone_at IS NOT NULL OR s.removed_at IS NOT NULL, 'columns', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'ordinal', c.ordinal,
          'type', c.type, 'typeName', c.type_name, 'state', c.state, 'classId', c.class_id, 'mask', c.mask,
          'ownClass', CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id) END,
          'confirmedType', c.confirmed_type, 'readable', c.readable, 'gone', c.gone_at IS NOT NULL)), '[]')
        FROM catalog_columns c LEFT JOIN own_classes k ON k.id = c.class_id AND k.retired_at IS NULL
        WHERE c.table_id = t.id
          AND (c.name = ANY (t.key_columns) OR g.fields @> jsonb_build_array(jsonb_build_object('columnId', c.id)))
      )) AS "table"
  FROM grants g JOIN people p ON p.id = $2 JOIN requests r ON r.id = g.request_id
    JOIN sources s ON s.id = g.source_id JOIN catalog_tables t ON t.id = g.table_id
  WHERE g.id = $1`;

function lockedGrant(id: string, grant: HeldGrant, now: string): LockedGrant {
  return {
    id,
    holderId: grant.holder_id,
    sourceId: grant.source_id,
    tableId: grant.table_id,
    records: grant.records,
    fields: grant.fields,
    state: grant.state,
    notBefore: grant.not_before === null ? null : new Date(grant.not_before),
    activateBy: new Date(grant.activate_by),
    endsAt: grant.ends_at === null ? null : new Date(grant.ends_at),
    sessionId: grant.session_id,
    now: new Date(now),
  };
}

/** What its rule asks for and was not given: a password, or what a passkey has to sign. */
function stepUpRefusal(id: string, grant: HeldGrant, facts: Facts): RefusalCode | null {
  const { key } = logSettings();
  const asks = asksOf(facts.receipt, key);
  if ((facts.wants_password || asks.includes("password")) && !facts.password_fresh) return "step-up-needed";
  if (!facts.wants_passkey && !asks.includes("passkey")) return null;
  if (openingHolds(facts.opening, key, receipted(id, grant, facts), STEP_UP_MINUTES)) return null;
  return facts.has_passkey ? "passkey-needed" : "passkey-missing";
}

const receipted = (id: string, grant: HeldGrant, { now }: Facts): ReceiptedGrant => ({
  ...{ id, requestId: grant.request_id, holderId: grant.holder_id, decidedHash: grant.decided_hash },
  ...{ sourceId: grant.source_id, tableId: grant.table_id, now: new Date(now) },
});

/** Whoever can write to the database around Glimpse could widen a grant: what was decided is under its hash (law 8). */
function isAsDecided(grant: HeldGrant, facts: Facts): boolean {
  const hash = decidedHash({
    requestId: grant.request_id,
    contentHash: facts.content_hash,
    records: grant.records,
    refs: grant.refs,
    fields: grant.fields,
    viewSeconds: grant.view_seconds,
    policyVersion: grant.policy_version,
    maxViews: grant.max_views,
    notBefore: grant.not_before === null ? null : new Date(grant.not_before),
    withSession: grant.with_session,
  });
  const keys = facts.subject_keys.map((row) => ({ ...row, key: Buffer.from(row.key, "hex") }));
  return hash.equals(grant.decided_hash) && areAsReferred(grant, tableOf(grant), keys);
}

const tableOf = (grant: HeldGrant) => ({ sourceId: grant.source_id, tableId: grant.table_id });

function aboutReveal(
  grantId: string,
  coverage: Coverage,
  grant: HeldGrant,
  facts: Facts & { viewsLeft: number | null },
): Omit<AuditEvent, "code"> {
  const { fields, records } = coverage;
  return {
    grantId,
    requestId: grant.request_id,
    requestNumber: facts.request_number,
    resource: {
      sourceId: grant.source_id,
      source: facts.source,
      tableId: grant.table_id,
      table: `${facts.table.schema}.${facts.table.name}`,
      ...recordsOf(grant, records),
      fields: fields.map((field) => field.column),
      classes: fields.map((field) => field.classId),
      levels: fields.map((field) => field.level),
    },
    approvers: facts.approvers,
    ...{ purpose: facts.purpose, reason: facts.reason },
    ...(facts.ticket === null ? {} : { ticket: facts.ticket }),
    policyVersion: grant.policy_version,
    details: {
      cells: fields.length * records.length,
      msLeft: coverage.msLeft,
      ...(facts.viewsLeft === null ? {} : { viewsLeft: facts.viewsLeft }),
      ...(facts.opening === null ? {} : { opening: receiptHash(facts.opening) }),
    },
  };
}
