/**
 * Check digits as SQL over a text of digits. Each expression is total for texts of the shape its caller has checked in
 * a CASE around it, and looks at one value only.
 */
const digit = (digits: string, place: number) => `(ascii(substr(${digits}, ${place}, 1)) - 48)`;

/** The sum of digit times weight, from the first digit on. */
export function weighted(digits: string, weights: readonly number[], first = 1): string {
  const terms = weights.flatMap((weight, at) =>
    weight === 0 ? [] : [`${weight} * ${digit(digits, first + at)}`],
  );
  return `(${terms.join(" + ")})`;
}

/** Luhn over up to `length` digits (ISO/IEC 7812-1, annex B); leading zeros change nothing. */
export function luhn(digits: string, length: number): string {
  const padded = `lpad(${digits}, ${length}, '0')`;
  const doubled = `translate(${padded}, '0123456789', '0246813579')`;
  const terms = Array.from({ length }, (_, at) => {
    const fromRight = length - 1 - at;
    return `ascii(substr(${fromRight % 2 === 0 ? padded : doubled}, ${at + 1}, 1))`;
  });
  return `((${terms.join(" + ")} - ${48 * length}) % 10 = 0)`;
}

/** ISO/IEC 7064 MOD 11,10 over `length` digits, the last one being the check digit. */
export function mod11then10(digits: string, length: number): string {
  let product = "10";
  for (let place = 1; place < length; place++) {
    product = `((((${digit(digits, place)} + ${product}) % 10 + 9) % 10 + 1) * 2 % 11)`;
  }
  return `((${digit(digits, length)} + ${product}) % 10 = 1)`;
}

/** Verhoeff over `length` digits: the tables of the dihedral group as texts. */
export function verhoeff(digits: string, length: number): string {
  const multiply =
    "0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210";
  const permute = [
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
  ];
  let check = "0";
  for (let at = 0; at < length; at++) {
    const permuted = `substr('${permute[at % 8] ?? ""}', ${digit(digits, length - at)} + 1, 1)::int`;
    check = `substr('${multiply}', ${check} * 10 + ${permuted} + 1, 1)::int`;
  }
  return `(${check} = 0)`;
}

/** An IBAN without spaces, moved and spelt in digits, leaves 1 by 97 (ISO 13616). */
export function iban(value: string): string {
  const moved = `(substr(${value}, 5) || left(${value}, 4))`;
  const spelt = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    .split("")
    .reduce((sql, letter, at) => `replace(${sql}, '${letter}', '${at + 10}')`, moved);
  return `(${spelt}::numeric % 97 = 1)`;
}

/** The check digit that is a sum's remainder by 11, taken from 11; ten and eleven become what the country says. */
export function mod11(
  digits: string,
  weights: readonly number[],
  {
    ten = "-1",
    eleven = "0",
    place = weights.length + 1,
  }: { ten?: string; eleven?: string; place?: number } = {},
): string {
  const rest = `(11 - ${weighted(digits, weights)} % 11)`;
  return `(CASE ${rest} WHEN 10 THEN ${ten} WHEN 11 THEN ${eleven} ELSE ${rest} END = ${digit(digits, place)})`;
}

/** The vehicle identification number's check digit (49 CFR 565.15). */
export function vin(value: string): string {
  const spelt = `translate(${value}, 'ABCDEFGHJKLMNPRSTUVWXYZ', '12345678123457923456789')`;
  const sum = weighted(spelt, [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]);
  return `(substr('0123456789X', ${sum} % 11 + 1, 1) = substr(${value}, 9, 1))`;
}
