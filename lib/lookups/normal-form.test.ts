import { expect, test } from "vitest";
import { checkForm, lookupForm, termComplaint } from "./normal-form";

test("a class whose values are easily guessed can be neither looked up nor compared", () => {
  for (const classId of ["gender", "marital_family", "ethnicity", "age", "city", "diagnosis", "income"])
    expect([lookupForm(classId), checkForm(classId)]).toEqual([null, null]);
});

test("names, birth dates and postal codes can be compared, three times, and never searched", () => {
  for (const classId of ["family_name", "birth_date", "postal_code", "person_number"]) {
    expect(lookupForm(classId)).toBeNull();
    expect(checkForm(classId)).not.toBeNull();
  }
});

test("secrets that no grant opens can be neither looked up nor compared", () => {
  for (const classId of ["password", "card_security", "secret_token", "private_key", "otp_recovery"])
    expect([lookupForm(classId), checkForm(classId)]).toEqual([null, null]);
});

test.each([
  ["jane@example.test", "email", true],
  ["jane", "email", false],
  ["%@example.test extra@", "email", false],
  ["+49 151 5550199", "phone", true],
  ["110", "phone", false],
  ["4111 1111 1111 1111", "digits", true],
  ["4111 1111", "digits", false],
  ["DE89 3704", "code", true],
  ["DE8", "code", false],
  ["1984-05-17", "date", true],
  ["17.5.84", "date", false],
  ["García", "words", true],
  ["G", "words", false],
  ["a\0bcdefgh", "code", false],
] as const)("%j as %s can be asked: %s", (term, form, can) => {
  expect(termComplaint(term, form) === null).toBe(can);
});
