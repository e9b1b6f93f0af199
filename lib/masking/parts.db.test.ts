import { maskedText as dots } from "@/lib/masking/dots";
import type { Mask } from "@/lib/masking/mask";
import { useMaskSource } from "@/lib/testing/mask-cases";
import { builtInType, testPool } from "@/lib/testing/masked-values";

const { cases } = useMaskSource(testPool);
const bigint = builtInType("int8", "number");

const first = (keep: number): Mask => ({ method: "partial", shape: "first", keep });
cases(first(2), [
  ["abcdefgh", "ab•••••"],
  ["DE 12345678", "DE•••••"],
  ["abcdef", "ab•••••"],
  ["abcde", dots],
  ["ab", dots],
  ["", dots],
  ["ab    ----", dots],
  ["120000000", dots],
  ["abcdef\n", dots],
  ["äbcdefgh", dots],
  ["ＡＢＣＤＥＦＧ", dots],
  ["1234567890", "12•••••"],
]);
cases(first(6), [
  ["abcdefghij", "abcdef•••••"],
  ["abcdefghi", dots],
]);
cases(first(99), [["abcdefghijkl", "abcdef•••••"]]);
cases({ method: "partial", shape: "first" }, [["abcdefghijkl", "abcd•••••"]]);
cases(first(2), [["4111111111111111", "41•••••"]], bigint);

const ends: Mask = { method: "partial", shape: "ends", first: 6, last: 4 };
cases(ends, [
  ["0x52908400098527886E0F7030069857D2E4169EE7", "0x5290•••••9EE7"],
  ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "bc1qar•••••5mdq"],
  ["abcdef1234wxyz", "abcdef•••••wxyz"],
  ["abcdef123wxyz", dots],
  ["abcdef0000wxyz", dots],
  ["abcdef----wxyz", dots],
  ["abcdefwxyz", dots],
  ["", dots],
  ["0x52908400098527886E0F7030069857D2E4169EÉ7", dots],
]);
cases({ method: "partial", shape: "ends", first: 1, last: 1 }, [
  ["abcdef", "a•••••f"],
  ["abcde", dots],
]);

const initials: Mask = { method: "partial", shape: "initials" };
cases(initials, [
  ["Jane Roe", "J. R."],
  ["Jane Mary Roe", "J. M. R."],
  ["Jane M. Roe", "J. M. R."],
  ["Jean-Luc Picard", "J. P."],
  ["Conan O'Brien", "C. O."],
  ["Łukasz Żak", "Ł. Ż."],
  ["Émile Zola", "É. Z."],
  ["Anna Maria Luisa Medici", "A. M. L. M."],
  ["Anna Maria Luisa de Medici", dots],
  ["Roberta", "R."],
  ["Al Bo", dots],
  ["Jane", dots],
  ["J. R.", dots],
  ["A. B. C. D.", dots],
  ["a b c d e f", dots],
  ["Jane  Roe", dots],
  [" Jane Roe", dots],
  ["Jane Roe ", dots],
  ["Jane Roe 2", dots],
  ["jane.roe@example.com", dots],
  ["Roe, Jane Mary", dots],
  ["Jane Roe\n", dots],
  ["山田太郎", dots],
  ["", dots],
  [`${"Jane ".repeat(100)}`, dots],
]);

const email = (show?: "domain" | "local" | "none"): Mask => ({
  method: "partial",
  shape: "email",
  ...(show && { show }),
});
cases(email("domain"), [
  ["jane.roe@example.com", "•••••@example.com"],
  ["jane@example.com", "•••••@example.com"],
  ["jan@example.com", dots],
  ["jane.roe", dots],
  ["jane@roe@example.com", dots],
  ["@example.com", dots],
  ["jane.roe@example", dots],
]);
cases(email("local"), [
  ["jane.roe@example.com", "jane.roe@•••••"],
  ["j@example.com", "j@•••••"],
  ["j@b.co", "j@•••••"],
  ["j@b.c", dots],
  ["jane.roe@", dots],
  ["jane.roe", dots],
  ["jané@example.com", dots],
]);
cases(email("none"), [
  ["jane.roe@example.com", "•••••@•••••"],
  ["a@b.c", "•••••@•••••"],
  ["•••••@•••••", dots],
  ["jane.roe", dots],
]);

const card = (bin?: 6 | 8): Mask => ({ method: "partial", shape: "card", ...(bin && { bin }) });
const cards = [
  ["4111111111111111", "•••••1111"],
  ["4111 1111 1111 1111", "•••••1111"],
  ["4111-1111-1111-1234", "•••••1234"],
  ["378282246310005", "•••••0005"],
  ["411111111111", "•••••1111"],
  ["6212345678901234567", "•••••4567"],
  ["41111111111", dots],
  ["62123456789012345678", dots],
  ["4111 1111 1111 111 1", "•••••1111"],
  ["4111111111111111x", dots],
  ["x4111111111111111", dots],
  ["4111.1111.1111.1111", dots],
  ["٤١١١١١١١١١١١١١١١", dots],
  ["4111111111111111\n", dots],
  ["", dots],
  ["1234", dots],
  ["-4111111111111111", dots],
] as const;
cases(card(), cards);
cases(card(), [["4111111111111111", "•••••1111"]], bigint);
cases(card(6), [
  ["4111111111111111", "411111•••••1111"],
  ["4111 1111 1111 1111", "411111•••••1111"],
  ["378282246310005", "378282•••••0005"],
  ["30569309025904", "305693•••••5904"],
  ["4111111111111", "•••••1111"],
  ["411111111111", "•••••1111"],
  ["41111111111", dots],
]);
cases(card(8), [
  ["4111111111111111", "41111111•••••1111"],
  ["378282246310005", "•••••0005"],
]);

const iban: Mask = { method: "partial", shape: "iban" };
cases(iban, [
  ["DE89370400440532013000", "DE•••••3000"],
  ["DE89 3704 0044 0532 0130 00", "DE•••••3000"],
  ["GB82WEST12345698765432", "GB•••••5432"],
  ["NO9386011117947", "NO•••••7947"],
  ["NO938601111794", dots],
  ["MT84MALT011000012345MTLCAST001S", "MT•••••001S"],
  ["de89370400440532013000", dots],
  ["DE89-3704-0044-0532-0130-00", dots],
  ["DEXX370400440532013000", dots],
  ["89370400440532013000", dots],
  ["DE89370400440532013000\n", dots],
  ["", dots],
]);

cases({ method: "redact" }, [
  ["anything", dots],
  ["", dots],
]);
cases({ method: "redact", text: "not shown" }, [
  ["anything", "not shown"],
  ["", "not shown"],
]);

const patterns: Mask = { method: "text", shape: "patterns" };
cases(patterns, [
  ["Write to jane.roe@example.com today", "Write to ‹e-mail› today"],
  ["Call +49 151 23456789 at noon", "Call ••• ••• ••• at noon"],
  ["Order A-1234/x came", "Order ••• came"],
  ["See https://example.com/a?b=c please", "See ‹link› please"],
  ["Born ٢٠٠١٠١ there", "Born ••• there"],
  ["Nothing to hide here", dots],
  ["only 1 digit", dots],
  ["12345678", "•••"],
  ["", dots],
  ["•••", dots],
  ["‹e-mail›", dots],
  [`${"1234 ".repeat(500)}`, /^(••• ){399}•••.* …$/u],
]);
const words: Mask = { method: "text", shape: "words" };
cases(words, [
  ["Patient Jane Roe came in with pain, see Dr. Max.", "••• ••• ••• came in with pain, see ••• •••"],
  ["the café was loud and noisy there, Émile", "the ••• was loud and noisy there, •••"],
  ["all in small words", dots],
  ["JANE", "•••"],
  ["Jan", dots],
  ["٤١١١ here", "••• here"],
  ["a b c", dots],
]);
