/** The sum of digits, each times the weight at its place; weights start anew where they are fewer. */
export function weighted(digits: string, weights: readonly number[]): number {
  return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (weights[at % weights.length] ?? 0), 0);
}

/** The check of cards and of Swedish and South African numbers (ISO/IEC 7812-1). */
export function luhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The remainder of a long number in decimal digits. */
export function remainder(digits: string, by: number): number {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % by, 0);
}

/** ISO 7064 MOD 97-10, of IBANs: letters count from 10. */
export function mod97(text: string): number {
  return remainder([...text].map((sign) => parseInt(sign, 36)).join(""), 97);
}

/** ISO 7064 MOD 11,10, of German tax ids: whether the last digit checks those before it. */
export function mod1110(digits: string): boolean {
  const product = [...digits.slice(0, -1)].reduce((rest, digit) => {
    const sum = (rest + Number(digit)) % 10 || 10;
    return (sum * 2) % 11;
  }, 10);
  return (11 - product) % 10 === Number(digits.at(-1));
}

const turns = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
] as const;

const swaps = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

/** Verhoeff's check, of Aadhaar numbers. */
export function verhoeff(digits: string): boolean {
  const state = [...digits].toReversed().reduce((now, digit, at) => {
    let value = Number(digit);
    for (let times = at % 8; times > 0; times -= 1) value = swaps[value] ?? 0;
    return turns[now]?.[value] ?? 0;
  }, 0);
  return state === 0;
}

/** Whether there is such a day; years of two digits fit either century. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}
