import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exportProof } from "@/lib/audit/export-proof";
import { entryParts } from "@/lib/audit/entry";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { verifyLog } from "@/lib/audit/verify-log";
import { oneId } from "@/lib/id-input";
import { changeManager, changeManagerSchema } from "@/lib/people/change-manager";
import { changeRoles, changeRolesSchema } from "@/lib/people/change-roles";
import { setOwners, setOwnersSchema } from "@/lib/people/owners";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields, revealSchema } from "@/lib/reveals/reveal-fields";
import { freshKey, useLogSettings } from "@/lib/testing/log-key";
import { approved, useStory } from "@/lib/testing/story";
import { attempt } from "@/lib/web/run";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";

const story = useStory(undefined, { ownEvents: true });
const settings = useLogSettings();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-capitals-"));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const intact = async () => expect(await verifyLog(story.ivy)).toMatchObject({ intact: true });

describe("an id in capitals is the same id", () => {
  test("an admin gives themselves no role and no manager by it", async () => {
    const [row] = await story.control.owner<{ version: number }[]>`
      SELECT version FROM people WHERE id = ${story.ada.actor.personId}`;
    const self = { personId: story.ada.actor.personId.toUpperCase(), version: row!.version };
    const roles = { name: "change-roles", input: changeRolesSchema, deed: changeRoles };
    const wanted = { ...self, roles: ["admin", "auditor", "approver"] };
    await attempt(story.ada, roles, wanted);
    await changeRoles(story.ada, { ...self, roles: ["admin", "auditor"] }).catch(() => undefined);
    const manager = { name: "change-manager", input: changeManagerSchema, deed: changeManager };
    await attempt(story.ada, manager, { ...self, manager: story.max.actor.personId });
    const held = await story.control.owner`
      SELECT role, (SELECT manager_id FROM people WHERE id = person_id) AS manager
      FROM person_roles WHERE person_id = ${story.ada.actor.personId}`;
    expect(held.map(({ role, manager: boss }) => [role, boss])).toEqual([["admin", null]]);
  });

  test("whoever is refused, or opens a grant, under one leaves a log that is whole", async () => {
    const reveal = {
      name: "reveal-fields",
      input: revealSchema,
      deed: revealFields,
      refused: "reveal.refused",
      about: ({ grantId }: { grantId: string }) => ({ grantId }),
    } as const;
    // An id of nothing, once in a form that can be read and once in one that cannot.
    await attempt(story.ana, reveal, { grantId: "ABCDEFAB-CDEF-4BCD-8BCD-ABCDEFABCDEF" });
    await attempt(story.ana, reveal, { grantId: "ABCDEFAB-CDEF-4BCD-8BCD-ABCDEFABCDE0", columnIds: "none" });
    await intact();
    const { grantId } = await approved(story);
    await activateGrant(story.ana, grantId.toUpperCase());
    await intact();
    const opened = { name: "activate-grant", input: oneId, deed: activateGrant } as const;
    expect(await attempt(story.ana, opened, grantId.toUpperCase())).toMatchObject({ ok: true });
  });

  test("a table has no second list of owners under one", async () => {
    const action = { name: "set-owners", input: setOwnersSchema, deed: setOwners };
    const wanted = {
      ...{ kind: "table", subject: story.table.id.toUpperCase() },
      ...{ personIds: [story.max.actor.personId], seenIds: [] },
    };
    expect(await attempt(story.ada, action, wanted)).toMatchObject({ ok: false });
  });

  test("an older entry that has one is whole, for the server and for the verifier", async () => {
    const log = freshKey();
    settings({ GLIMPSE_LOG_KEY: log.text });
    const requestId = "abcdefab-cdef-4bcd-8bcd-abcdefabcdef";
    const context = { ...story.ana, actor: story.ana.actor, session: null };
    const { kind, id, name, roles } = context.actor;
    const frame = { actor: { kind, id, name, roles }, session: null, channel: "console", ip: null };
    const parts = entryParts(frame, { code: "request.refused", requestId }).map((part) =>
      part.replace(requestId, requestId.toUpperCase()),
    );
    await story.control.owner`
      SELECT append_audit_events(${[parts[0]!]}::text[], ${[parts[1]!]}::text[], ${[parts[2]!]}::text[])`;
    await intact();
    let text = "";
    for await (const lines of await exportProof(story.ivy, {})) text += lines.join("");
    expect(text).toContain(requestId.toUpperCase());
    const file = path.join(scratch, "log.ndjson");
    fs.writeFileSync(file, text);
    const { code, words } = await main([file, "--key", writeVerifierKey(log.key)]);
    expect([code, words]).toEqual([0, expect.any(String)]);
  });
});
