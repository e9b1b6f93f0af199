import { keySchema, maskedSchema } from "@/lib/catalog/masked-view";
import { type Expected, pinnedPath } from "@/lib/hardening/script";
import type { Finding } from "@/lib/hardening/view";
import type { HardeningFacts, RoleFacts, ViewFacts } from "@/lib/source/inspect-hardening";

/** What is right and wrong with the role that people browse by, and with its views. */
export function judgeMasked({ role, views }: HardeningFacts, expected: Expected): Finding[] {
  return [
    none(role.attributes, `${role.user} has no special attribute`, "It is more than a login", "Take it away"),
    none(
      role.memberOf,
      `${role.user} is a member of no role`,
      "It has the rights of",
      "Revoke the membership",
    ),
    none(
      role.reads,
      `${role.user} reads the views alone`,
      "It may read",
      "Revoke SELECT from it and from PUBLIC",
    ),
    none(role.writes, `${role.user} may write nothing`, "It may change", "Revoke the rights"),
    none(
      role.creates,
      `${role.user} may make nothing`,
      "It may create in the schema",
      "Revoke CREATE, from PUBLIC too",
    ),
    none(
      role.definers,
      "No function reads for it with the rights of others",
      "It may call, with the rights of their owners,",
      "Revoke EXECUTE from PUBLIC, or USAGE on the schema",
    ),
    said(
      role.searchPath === pinnedPath,
      "Its search path is pinned",
      "Its search path is not pinned: run the SQL again.",
    ),
    keysAreSafe(role),
    ...judgeViews(views, expected),
  ];
}

/** What is right and wrong with the role that reveals read by. */
export function judgeReveal({ role }: HardeningFacts, masked: RoleFacts): Finding[] {
  return [
    said(
      role.user !== masked.user && role.database === masked.database,
      "Reveals have a role of their own, in the same database",
      "Both addresses are of one role, or of two databases.",
    ),
    none(role.attributes, `${role.user} has no special attribute`, "It is more than a login", "Take it away"),
    none(role.writes, `${role.user} may write nothing`, "It may change", "Revoke the rights"),
    said(role.reads.length > 0, `${role.user} reads the tables`, `${role.user} may read no table.`),
    keysAreSafe(role),
  ];
}

const keysAreSafe = (role: RoleFacts) =>
  said(
    !role.readsKeys,
    `${role.user} does not read the keys`,
    `${role.user} may read the keys of the masks, or use the schema ${keySchema}.`,
  );

/** What is right and wrong with the views: all there, as Glimpse made them, and no others beside them. */
export function judgeViews(views: readonly ViewFacts[], expected: Expected): Finding[] {
  const found = new Map(views.map((view) => [view.name, view]));
  const tables = (list: readonly string[]) => firstOf(list.map((name) => expected.get(name)?.table ?? name));
  const wanted = [...expected.keys()];
  const missing = wanted.filter((name) => !found.has(name));
  const unread = views.filter((view) => !view.isSelectable).map(({ name }) => name);
  const leaky = views.filter((view) => !view.isBarrier).map(({ name }) => name);
  const stale = wanted.filter((name) => {
    const view = found.get(name);
    return view !== undefined && !view.comment.startsWith(`${expected.get(name)?.comment} `);
  });
  const altered = views.filter(({ comment, definition }) => !comment.endsWith(` ${definition}`));
  const others = views.filter(({ name }) => !expected.has(name)).map(({ name }) => name);
  const again = "Run the SQL again.";
  return [
    said(missing.length === 0, "Every table has its view", `Without a view: ${tables(missing)}. ${again}`),
    said(unread.length === 0, "The views can be read", `Cannot be read: ${tables(unread)}. ${again}`),
    said(leaky.length === 0, "All views are barriers", `No security barriers: ${tables(leaky)}. ${again}`),
    said(
      stale.length === 0,
      "The views are what the catalogue says now",
      `Out of date: ${tables(stale)}. ${again}`,
    ),
    said(
      altered.length === 0,
      "Nobody changed a view by hand",
      `Not as Glimpse made them: ${tables(altered.map(({ name }) => name))}. ${again}`,
    ),
    said(
      others.length === 0,
      `Nothing else is in ${maskedSchema}`,
      `Also there: ${tables(others)}. ${again}`,
    ),
  ];
}

function none(list: readonly string[], right: string, wrong: string, mend: string): Finding {
  return said(list.length === 0, right, `${wrong}: ${firstOf(list)}. ${mend}.`);
}

const said = (ok: boolean, right: string, wrong: string): Finding => ({
  ok,
  words: ok ? `${right}.` : wrong,
});

function firstOf(list: readonly string[]): string {
  const shown = list.slice(0, 5).join(", ");
  return list.length > 5 ? `${shown} and others` : shown;
}
