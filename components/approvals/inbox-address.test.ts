import { expect, test } from "vitest";
import { parseInboxQuery } from "@/lib/approvals/inbox-query";
import { inboxAddress } from "./inbox-address";

const ana = "0b8f6c1e-3f55-4a9e-9a3a-0d1f9a0c7e11";

test("an address holds all of the filter and is read back as it was", () => {
  const query = { requester: ana, grade: "high", group: "table" } as const;
  const address = inboxAddress(query, { request: 7 });
  expect(address).toBe(`/inbox?requester=${ana}&grade=high&group=table&request=7`);
  expect(parseInboxQuery(Object.fromEntries(new URLSearchParams(address.slice(7))))).toEqual(query);
  expect(inboxAddress(query, { requester: undefined, grade: undefined, group: undefined })).toBe("/inbox");
});

test("what cannot be read is left out", () => {
  expect(
    parseInboxQuery({ requester: "ana", table: ["x"], grade: "huge", group: "", after: undefined }),
  ).toEqual({});
});
