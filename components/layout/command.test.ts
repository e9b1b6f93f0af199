import fc from "fast-check";
import { expect, test } from "vitest";
import { bestCommands, fit, type Command } from "./command";

const commands: Command[] = [
  { label: "Browse", href: "/browse", group: "Pages" },
  { label: "Inbox", href: "/inbox", group: "Pages", also: "approve decide" },
  { label: "customers", href: "/browse/1/customers", group: "Tables" },
  { label: "customer_notes", href: "/browse/1/customer_notes", group: "Tables" },
  { label: "payment_cards", href: "/browse/1/payment_cards", group: "Tables" },
];
const best = (typed: string) => bestCommands(typed, commands, 8).map((command) => command.label);

test("the shorter of two labels that start alike comes first", () => {
  expect(best("cust").slice(0, 2)).toEqual(["customers", "customer_notes"]);
});

test("first letters of words find a table", () => {
  expect(best("pc")[0]).toBe("payment_cards");
  expect(best("cn")[0]).toBe("customer_notes");
});

test("other words for a page find it", () => {
  expect(best("decide")).toEqual(["Inbox"]);
});

test("nothing typed lists all in their own order", () => {
  expect(best("")).toEqual(commands.map((command) => command.label));
});

test("letters that are missing or out of order fit nothing", () => {
  expect(best("zzz")).toEqual([]);
  expect(fit("esworb", "Browse")).toBeNull();
});

test("a label always fits itself, whatever it is made of", () => {
  const fitsItself = fc.property(fc.string(), (text) => {
    const label = text.toLowerCase().replaceAll(/\s/g, "");
    expect(fit(label, label)).not.toBeNull();
  });
  fc.assert(fitsItself);
});
