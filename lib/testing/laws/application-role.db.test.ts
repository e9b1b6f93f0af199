import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
let app: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  // The login that production uses, without any of the application's own restraint.
  app = postgres(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await app.end();
  await database.drop();
});

const refused = { code: "42501" };

const contents: Readonly<Record<string, string>> = {
  "what was asked":
    "requests.reason requests.cohort_seal requests.records requests.fields requests.requester_id requests.eligible_ids requests.view_seconds requests.expires_at requests.content_hash requests.risk requests.created_at requests.policy_version requests.signals requests.ruling requests.route requests.not_before requests.max_views requests.with_session requests.parent_id",
  "what a grant permits":
    "grants.records grants.fields grants.view_seconds grants.holder_id grants.request_id grants.table_id grants.activate_by grants.decided_hash grants.max_views grants.not_before grants.with_session",
  "what was decided":
    "decisions.verdict decisions.approver_id decisions.requester_id decisions.narrowed decisions.words decisions.step decisions.fell_back decisions.decided_at decisions.arrived_at decisions.for_id decisions.delegation_id",
  "what a receipt says":
    "receipts.body receipts.signature receipts.decision_id receipts.grant_id receipts.opens_id receipts.session_id receipts.made_at",
  "whose passkey it is, and what it signs with":
    "passkeys.person_id passkeys.credential_id passkeys.public_key passkeys.seal passkeys.name passkeys.added_at",
  "what a passkey was asked to sign":
    "passkey_challenges.challenge passkey_challenges.person_id passkey_challenges.session_id passkey_challenges.purpose passkey_challenges.request_id passkey_challenges.grant_id passkey_challenges.asked_at passkey_challenges.expires_at",
  "for whom somebody stands in, and when":
    "delegations.delegator_id delegations.substitute_id delegations.starts_at delegations.ends_at delegations.made_at",
  "who was told that a step waits": "escalations.step escalations.told_ids escalations.at",
  "what was said of a request":
    "comments.request_id comments.requester_id comments.author_id comments.kind comments.answers_id comments.words comments.salt comments.said_at",
  "what is to be judged":
    "reviews.request_id reviews.requester_id reviews.kind reviews.reason reviews.audience reviews.skipped_ids reviews.opened_at reviews.due_at",
  "what was found unusual, and of whom":
    "anomaly_cases.person_id anomaly_cases.day anomaly_cases.zone anomaly_cases.opened_at anomaly_findings.kind anomaly_findings.step anomaly_findings.evidence anomaly_findings.case_id",
  "whom a campaign asks about, and what its people held":
    "access_campaigns.name access_campaigns.roles access_campaigns.source_ids access_campaigns.remove_undecided access_campaigns.started_by access_campaigns.started_at access_campaigns.due_at access_items.person_id access_items.manager_id access_items.access",
  "what was stopped": "stops.scope stops.person_id stops.source_id stops.words stops.set_by stops.set_at",
  "what is on record": "audit_events.entry audit_events.leaf_hash",
  "whose download it is": "downloads.person_id downloads.place",
  "which report comes to whom":
    "report_schedules.kind report_schedules.params report_schedules.every report_schedules.owner_id report_schedules.reader_ids report_schedules.made_at",
  "what was signed and published":
    "audit_checkpoints.note audit_cosignatures.line audit_publications.size audit_tile_hashes.hash",
  "who opened which table": "table_openings.opened_at",
  "when a role was given": "person_roles.granted_at person_roles.role",
  "who is in a group or owns something":
    "group_members.person_id groups.slug owners.person_id owners.subject",
  "which policy a policy was taken from": "policy_versions.based_on policy_versions.created_at",
};

for (const [what, columns] of Object.entries(contents)) {
  test(`the application cannot change ${what}, whatever SQL it sends`, async () => {
    for (const name of columns.split(" ")) {
      const [table, column] = name.split(".") as [string, string];
      await expect(app.unsafe(`UPDATE ${table} SET ${column} = ${column}`), name).rejects.toMatchObject(
        refused,
      );
    }
  });
}

test("the application cannot remove a row of the story, of the log or of the catalogue", async () => {
  const kept =
    "audit_events audit_head audit_checkpoints audit_cosignatures audit_publications audit_tile_hashes audit_forwarding audit_retention audit_holds audit_pruned requests decisions grants receipts passkeys people sessions sources catalog_tables catalog_columns table_openings one_time_links groups policy_versions reviews stops comments delegations escalations anomaly_cases anomaly_findings report_schedules access_campaigns access_items downloads";
  for (const table of kept.split(" ")) {
    await expect(app.unsafe(`DELETE FROM ${table}`), table).rejects.toMatchObject(refused);
    await expect(app.unsafe(`TRUNCATE ${table} CASCADE`), table).rejects.toMatchObject(refused);
  }
});

test("the application cannot take away what holds it: triggers, constraints, tables, rights", async () => {
  const attempts = [
    "ALTER TABLE audit_events DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_only_grows ON audit_events",
    "ALTER TABLE decisions DROP CONSTRAINT four_eyes",
    "ALTER TABLE requests OWNER TO glimpse_web",
    "DROP TABLE audit_head",
    "CREATE TABLE elsewhere (value text)",
    "CREATE FUNCTION refuse_audit_rewrite() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "SET ROLE glimpse_owner",
    "SET session_replication_role = replica",
  ];
  for (const attempt of attempts) {
    await expect(app.unsafe(attempt), attempt).rejects.toMatchObject(refused);
  }
  // A grant of what one does not have is a warning, not an error: it must have had no effect.
  await app.unsafe("GRANT UPDATE ON requests TO glimpse_app").catch(() => undefined);
  await expect(app.unsafe("UPDATE requests SET reason = reason")).rejects.toMatchObject(refused);
});

test("no table or column of the control database may be written by the application but those that are meant", async () => {
  const rows = await app<{ what: string }[]>`
    SELECT table_name || '.' || column_name AS what FROM information_schema.column_privileges
    WHERE grantee IN ('glimpse_app', 'PUBLIC', 'glimpse_web') AND privilege_type = 'UPDATE' AND table_schema !~ '^(pg_|information)'
      AND table_name IN ('requests', 'grants', 'decisions', 'audit_events', 'audit_head', 'table_openings', 'person_roles')
    ORDER BY 1`;
  expect(rows.map(({ what }) => what)).toEqual([
    ...["frontier", "only_row", "size"].map((name) => `audit_head.${name}`),
    ...["activated_at", "closed_at", "closed_why", "ends_at", "session_id", "state", "version"].map(
      (name) => `grants.${name}`,
    ),
    ...[
      ...[
        "audience",
        "closed_why",
        "cohort",
        "cohort_salt",
        "comments",
        "decided_at",
        "escalate_at",
        "nudged_at",
      ],
      ...["remind_at", "reminded_at", "state", "version", "waiting_step"],
    ].map((name) => `requests.${name}`),
  ]);
});
