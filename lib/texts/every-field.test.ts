import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { sourceFiles } from "@/lib/testing/source-files";
import { textFields, type TextField } from "@/lib/testing/text-fields";

/**
 * Texts that are not looked through, by action and place, and why. A text that is neither here nor looked through fails
 * the test below: whoever adds one decides whether somebody could write a number into it that is masked elsewhere.
 */
const notScanned: Readonly<Record<string, readonly RegExp[]>> = {
  "secrets, of which a hash is kept": [/\.(password|current|token)$/],
  "compared with a masked value or looked for, and not kept but as a keyed hash": [
    /^(look-up|check-field|search)\.(term|said)$/,
  ],
  "keys of records, as the server has made them and reads them again": [/\.records?(\[\])?$/],
  "the key of a record, typed: refused unless it is clear, and forgotten with the record": [
    /^start-erasure\.key$/,
  ],
  "filters of clear columns, as the table page shows them to everybody": [/^keep-view\.query$/, /\.cohort$/],
  "looked up among what is there, and refused where it is not": [
    /\.(classId|timeZone)$/,
    /^schedule-report\.kind$/,
    /^(add|change|mask)-class\.mask$/,
    /^stop-access\.target$/,
    /^set-owners\.subject$/,
    /^decide-access\.(seen|keep)/,
  ],
  "read by the form of the report itself, of which one with a text of its own is refused": [
    /^schedule-report\.params$/,
  ],
  "read by the form of the report itself, which looks through its justification": [/^ask-report\.\{\}$/],
  "whole numbers, refused where they are none": [/^set-retention\.days$/],
  "moments in a form of their own": [/\.(confirmedAt|notBefore)$/],
  "what a browser says of itself, kept as the names of browser and system": [/\.userAgent$/],
  "technical names of a server, sealed before they are kept": [
    /^(add-source|change-source|test-connection)\.connection\.(url|host|port|database|user|ca)$/,
    /-hardening\.(masked|reveal)$|^harden-source\.(masked|reveal)$/,
  ],
  "what an authenticator says in bytes, each of them checked": [
    /^(use-passkey|sign-opening|approve-request|narrow-request)\.assertion\./,
    /^add-passkey\.response\./,
  ],
  "never saved: it is tried and forgotten": [/^simulate-request\./, /^preview-(request|cohort)\./],
  "looked through by the deed that saves it, as a part of the whole": [
    /^save-policy\.document$/,
    /^keep-scenario\.scenario\./,
    /^add-source\.(name|slug)$/,
  ],
};

const exempt = (place: string) =>
  Object.values(notScanned).some((patterns) => patterns.some((pattern) => pattern.test(place)));

type FoundAction = { file: string; name: string; input: string; module: string | null };

/** Every action that is run, with where the schema of its input comes from. */
const actions: FoundAction[] = sourceFiles()
  .filter(({ name }) => /^(app|lib\/web)\/.*\.tsx?$/.test(name) && !name.includes(".test."))
  .flatMap(({ name: file, text }) =>
    [...text.matchAll(/\bname: "([a-z-]+)",[^{}]*?\binput(?:: ([\w.]+(?:\([^\n]*\))?))?/g)].map(
      ([, name = "", input = ""]) => {
        const root = input.split(".")[0] ?? "";
        const imports = [...text.matchAll(/import (?:\{([^}]*)\}|\* as (\w+)) from "@\/([^"]+)"/g)];
        const found = imports.find(
          ([, names, all]) => all === root || names?.split(",").some((one) => one.trim() === root),
        );
        return { file, name, input, module: found?.[3] ?? null };
      },
    ),
  );

async function fieldsOf({ input, module }: FoundAction): Promise<TextField[]> {
  if (module === null) return [];
  const exported = (await import(/* @vite-ignore */ `@/${module}`)) as Record<string, z.core.$ZodType>;
  const schema = exported[input.split(".").at(-1) ?? ""];
  if (!schema) throw new Error(`${module} exports no ${input}`);
  return textFields(schema);
}

const all = await Promise.all(
  actions.map(async (action) =>
    (await fieldsOf(action)).map((field) => ({ ...field, place: `${action.name}.${field.path}` })),
  ),
).then((lists) => lists.flat());

describe("what people write", () => {
  test("every action says by a named schema what it takes, so that its texts can be listed", () => {
    const strange = actions.filter(
      ({ module, input }) => module === null && input !== "" && !input.startsWith("z."),
    );
    expect(strange).toEqual([]);
    const called = sourceFiles().filter(({ name }) => /^app\/.*actions\.ts$/.test(name));
    const ownTexts = called.filter(({ text }) => /z\s*\.(string|unknown|any|record|custom)\(/.test(text));
    expect(ownTexts.map(({ name }) => name)).toEqual([]);
    const exported = called.flatMap(({ text }) => [...text.matchAll(/^export async function/gm)]);
    expect(actions.length).toBeGreaterThanOrEqual(exported.length);
  });

  test("every text that is saved or goes to the log is looked through for numbers", () => {
    expect(all.filter(({ scanned, place }) => !scanned && !exempt(place)).map(({ place }) => place)).toEqual(
      [],
    );
  });

  test("what is looked through is short enough to be", () => {
    expect(all.filter(({ scanned, longest }) => scanned && longest > 4000).map(({ place }) => place)).toEqual(
      [],
    );
  });

  test("reasons, tickets, decisions, comments, judgements, stops and names are among it", () => {
    const scanned = all.filter((field) => field.scanned).map(({ place }) => place);
    expect(scanned).toEqual(
      expect.arrayContaining([
        ...["submit-request.reason", "submit-request.ticket", "submit-cohort.reason", "submit-emergency.why"],
        ...[
          "emergency-cohort.why",
          "extend-request.reason",
          "open-emergency.reason",
          "comment-request.words",
        ],
        ...["answer-question.words", "approve-request.words", "narrow-request.words", "deny-request.words"],
        ...[
          "revoke-grant.words",
          "ask-question.words",
          "judge-review.words",
          "stop-access.words",
          "lift-stop.words",
        ],
        ...["keep-view.name", "change-view.name", "make-group.name", "make-group.slug", "invite-person.name"],
        ...["change-account.name", "accept-invitation.name", "add-class.title", "save-policy.note"],
      ]),
    );
  });

  test("no exception outlives the texts that it was made for", () => {
    const unused = Object.values(notScanned)
      .flat()
      .filter((pattern) => !all.some(({ scanned, place }) => !scanned && pattern.test(place)));
    expect(unused).toEqual([]);
  });
});
