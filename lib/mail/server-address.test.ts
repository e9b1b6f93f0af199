import { expect, test } from "vitest";
import { mailServer } from "./server-address";

test("a password goes over a network under TLS alone", () => {
  expect(mailServer("smtps://ann:p%40ss@mail.example")).toEqual({
    host: "mail.example",
    port: 465,
    secure: true,
    requireTLS: false,
    auth: { user: "ann", pass: "p@ss" },
  });
  expect(mailServer("smtp://ann:secret@mail.example")).toMatchObject({ port: 587, requireTLS: true });
  expect(mailServer("smtp://relay.example:25")).toEqual({
    host: "relay.example",
    port: 25,
    secure: false,
    requireTLS: false,
  });
  expect(mailServer("smtp://ann:secret@127.0.0.1:2525")).toMatchObject({ requireTLS: false });
});

test("what else stands in the URL changes nothing: no proxy, no file, no check that is left out", () => {
  const plain = mailServer("smtp://ann:secret@mail.example");
  expect(
    mailServer(
      "smtp://ann:secret@mail.example/?requireTLS=false&tls.rejectUnauthorized=false&proxy=http://x",
    ),
  ).toEqual(plain);
  expect(mailServer("smtp://ann:100%@mail.example").auth).toEqual({ user: "ann", pass: "100%" });
});
