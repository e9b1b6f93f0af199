import { expect, test } from "vitest";
import { policyNumber } from "./policy-number";

test("a number of a policy is one that the database can hold, whatever a form sends", () => {
  for (const sent of ["1", "2147483647"]) expect(policyNumber.parse(sent)).toBe(Number(sent));
  for (const sent of ["0", "-1", "1.5", "2147483648", "1e99", "", "x"])
    expect(policyNumber.safeParse(sent).success, sent).toBe(false);
});
