import { expect, test } from "vitest";
import { eventCodes, type EventCode } from "./codes";
import { codeGroups, codesOf, parseAuditFilter, type CodeGroup } from "./filter";

const groups = Object.keys(codeGroups) as CodeGroup[];

test("every event can be filtered by a group, and every group has events", () => {
  const reached = new Set(groups.flatMap(codesOf));
  const codes = Object.keys(eventCodes) as EventCode[];
  expect(codes.filter((code) => !reached.has(code))).toEqual([]);
  expect(groups.filter((group) => codesOf(group).length === 0)).toEqual([]);
});

test("every part of a group's filter stands for an event", () => {
  const codes = Object.keys(eventCodes);
  const prefixes = groups.flatMap((group): readonly string[] => codeGroups[group].prefix);
  expect(prefixes.filter((prefix) => !codes.some((code) => code.startsWith(prefix)))).toEqual([]);
});

test("an event is filtered by its code, and one that does not exist is told, not ignored", () => {
  expect(parseAuditFilter({ code: " reveal.opened " })).toEqual({
    filter: { code: "reveal.opened" },
    unread: [],
  });
  expect(parseAuditFilter({ code: "reveal.open" })).toEqual({ filter: {}, unread: ["code"] });
});
