import { expect, test } from "vitest";
import { oneId } from "@/lib/id-input";
import { sourceFiles } from "@/lib/testing/source-files";

test("an id in capitals is read as the same id, and what is none is refused", () => {
  expect(oneId.parse("ABCDEFAB-CDEF-4BCD-8BCD-ABCDEFABCDEF")).toBe("abcdefab-cdef-4bcd-8bcd-abcdefabcdef");
  for (const none of ["", "abcdefabcdef4bcd8bcdabcdefabcdef", "{abcdefab-cdef-4bcd-8bcd-abcdefabcdef}"])
    expect(oneId.safeParse(none).success).toBe(false);
});

test("every id that somebody sends is read in one way", () => {
  const other = sourceFiles().filter(
    ({ name, text }) =>
      /^(app|lib)\/.*\.tsx?$/.test(name) &&
      // A filter has a UUID of the source.
      !/\.test\.ts$|^lib\/testing\/|^lib\/(id-input|browse\/filter-value)\.ts$/.test(name) &&
      /\bz\s*\.(uuid|guid|uuidv[47])\(/.test(text),
  );
  expect(other.map(({ name }) => name)).toEqual([]);
});
