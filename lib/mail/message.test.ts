import { expect, test } from "vitest";
import { messageOf, oneLine } from "./message";
import { said, type MailFacts } from "./words";

const facts = (change: Partial<MailFacts> = {}): MailFacts => ({
  code: null,
  number: 17,
  table: "customers",
  requester: "Ana",
  access: null,
  lapse: null,
  by: "Max",
  until: null,
  report: null,
  ...change,
});

test("a name cannot begin a header, turn text round, or become a link or markup", () => {
  const name =
    "Eve\r\nBcc: all@example.test\u2028\u202Eevil\0 https://evil.example/<script>alert(1)</script>";
  const line = oneLine(name);
  expect(line).not.toMatch(/[\r\n\0\u2028\u202E]|:\/\//);
  const { subject, html, text } = messageOf(
    [said.breakGlass(facts({ requester: name, table: '"><img src=x>' }))],
    "https://glimpse.example/",
  );
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain("<script");
  expect(html).not.toContain("<img");
  expect(text).not.toContain("https://evil");
  expect(
    [...`${html} ${text}`.matchAll(/https?:\/\/[^/"\s]+/g)].every(
      ([url]) => url === "https://glimpse.example",
    ),
  ).toBe(true);
});

test("a message fetches nothing and links to the public address alone", () => {
  const { html, text } = messageOf(
    [said.decided(facts({ code: "request.denied" }))],
    "https://glimpse.example",
  );
  expect(html).not.toMatch(/src=|url\(|@import|<link|<script/i);
  expect(html).toContain('href="https://glimpse.example/requests/17"');
  expect(text).toContain("https://glimpse.example/requests/17");
  expect(text).toContain("was denied by Max");
});

test("several things are one message that names each, the first fifty of them", () => {
  const many = Array.from({ length: 53 }, (_, at) => said.ended(facts({ number: at + 1 })));
  const { subject, text } = messageOf(many, "https://glimpse.example");
  expect(subject).toBe("Glimpse: 53 notices");
  expect(text.match(/has ended/g)).toHaveLength(50);
  expect(text).toContain("3 more are in Glimpse.");
});
