import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkpointText, openCheckpoint, parseCheckpointText, parseLogKeys } from "@/lib/audit/checkpoint";
import { leafHash } from "@/lib/audit/merkle";
import {
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signatureLine,
  signedBy,
  writeNote,
  writeSignerKey,
  writeVerifierKey,
} from "@/lib/audit/signed-note";
import { freshKey } from "@/lib/testing/log-key";

const { key } = freshKey();
const text = checkpointText({ origin: key.name, size: 7, root: leafHash("root") });
const note = writeNote(text, [signatureLine(key, text)]);
const always = { fromSize: 0, toSize: Number.MAX_SAFE_INTEGER };

// The example of golang.org/x/mod/sumdb/note, whose keys and signatures were made by that package.
const peter = {
  signer: "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
  verifier: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  note: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
};

test("keys and signatures of Go's note package are read, and made to the byte", () => {
  const signer = parseSignerKey(peter.signer)!;
  expect(writeVerifierKey(signer)).toBe(peter.verifier);
  expect(writeSignerKey(signer)).toBe(peter.signer);
  const parsed = parseNote(peter.note)!;
  expect(signedBy(parsed, parseVerifierKey(peter.verifier)!).signed).toBe(true);
  expect(writeNote(parsed.text, [signatureLine(signer, parsed.text)])).toBe(peter.note);
});

// The example of C2SP tlog-cosignature.
test("a cosignature of C2SP is read with its time", () => {
  const line =
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ\\nqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
  const read = parseNote(writeNote(text, [line.replace("\\n", "")]));
  expect(read?.signatures[0]?.bytes.readBigUInt64BE(0)).toBe(0x641850cbn);
});

describe("a note", () => {
  test("that was changed by one character is not signed any more", () => {
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.constantFrom("0", "x", "A"), (at, char) => {
        fc.pre(text[at] !== char && text[at] !== "\n");
        const changed = parseNote(note.slice(0, at) + char + note.slice(at + 1));
        expect(changed === null || !signedBy(changed, key).signed).toBe(true);
      }),
    );
  });

  test("by somebody of the same name, or cosigned in place of signed, counts for nothing", () => {
    const stranger = freshKey(key.name).key;
    const cosigner = freshKey(key.name, "cosignature").key;
    for (const other of [stranger, cosigner]) {
      const forged = writeNote(text, [signatureLine(other, text, 1)]);
      expect(openCheckpoint(forged, [{ key, ...always }])).toMatchObject({ ok: false });
    }
    expect(
      openCheckpoint(note, [
        { key: stranger, ...always },
        { key, ...always },
      ]),
    ).toMatchObject({ ok: true });
  });

  test.each([
    "",
    "\n",
    "a\n\n",
    "a\n\nb\n",
    note.slice(0, -1),
    `${note}\n`,
    note.replace("— ", "- "),
    note.replace("7", "\t7"),
  ])("is none: %j", (broken) => expect(parseNote(broken)).toBeNull());
});

test.each([
  "",
  "log\n7\n",
  "log\n07\nx\n",
  `log\n-1\n${text.split("\n")[2]}\n`,
  "log\n7\nAAAA\n",
  text.slice(0, -1),
])("a text that is no checkpoint is read as none: %j", (broken) =>
  expect(parseCheckpointText(broken)).toBeNull(),
);

test("keys count for the sizes that their line says; a line that is no key makes all of them unreadable", () => {
  const told = writeVerifierKey(key);
  expect(parseLogKeys(`# old\n${told} from 3 to 6\n\n${told} from 8`)).toMatchObject([
    { fromSize: 3, toSize: 6 },
    { fromSize: 8, toSize: Number.MAX_SAFE_INTEGER },
  ]);
  expect(openCheckpoint(note, parseLogKeys(`${told} from 3 to 6\n${told} from 8`)!)).toMatchObject({
    ok: false,
  });
  expect(openCheckpoint(note, parseLogKeys(`${told} to 7`)!)).toMatchObject({ ok: true });
  expect(parseLogKeys(`${told}\nnonsense`)).toBeNull();
  expect(parseLogKeys(told.replace(/\+[0-9a-f]{8}\+/, "+00000000+"))).toBeNull();
});
