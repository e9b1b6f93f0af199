import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { passwordComplaint } from "./new-password";

const ada = { email: "ada.novak@marigold.example", name: "Ada Novak" };

describe("a new password is refused when it is", () => {
  test.each([
    ["too short", "c0rrect-hor"],
    ["one character again and again", "aaaaaaaaaaaaaaaa"],
    ["a pattern of few characters", "ababababababab"],
    ["a row of the keyboard", "qwertyuiop123"],
    ["counting", "123456789012"],
    ["counting down", "9876543210987"],
    ["the alphabet", "abcdefghijklmnop"],
    ["the obvious word with a number", "password1234"],
    ["the obvious word in disguise", "P@ssw0rd2026!"],
    ["the obvious word twice", "PasswordPassword"],
    ["the name of the product", "glimpse-glimpse-1"],
    ["one's own name", "ada-novak-1990"],
    ["one's own address", "marigold.example"],
    ["longer than it is worth hashing", "x7!".repeat(100)],
  ])("%s", (_, password) => {
    expect(passwordComplaint(password, ada)).toMatch(/\.$/);
  });
});

test.each([
  "correct horse battery staple",
  "orchard violin 19 teapot",
  "kX9#vQ2!mZ7pLw",
  "дождь под мостом",
  "我喜歡在雨中慢慢走路去上班",
])("a password that is hard to guess is taken: %s", (password) => {
  expect(passwordComplaint(password, ada)).toBeNull();
});

test("the words of a refusal never repeat the password", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 6, maxLength: 40 }), (password) => {
      const complaint = passwordComplaint(password, ada) ?? "";
      expect(complaint.includes(password)).toBe(false);
    }),
  );
});
