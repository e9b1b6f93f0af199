import type { Faker } from "@faker-js/faker";

const sum = (digits: string, weights: readonly number[]) =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);

const digits = (faker: Faker, length: number) => faker.string.numeric({ length, allowLeadingZeros: true });

function born(faker: Faker): { yy: string; mm: string; dd: string; century: 19 | 20 } {
  const text = faker.date.birthdate({ min: 18, max: 85, mode: "age" }).toISOString();
  return {
    yy: text.slice(2, 4),
    mm: text.slice(5, 7),
    dd: text.slice(8, 10),
    century: text.startsWith("19") ? 19 : 20,
  };
}

function luhnDigit(body: string): number {
  const total = [...body].reverse().reduce((sumSoFar, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 2 : 1);
    return sumSoFar + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return (10 - (total % 10)) % 10;
}

/** Valid numbers of nobody, each by the rule of its country. */
export const identityNumbers = {
  ssn: (f: Faker) =>
    `${String(f.number.int({ min: 1, max: 665 })).padStart(3, "0")}-${String(f.number.int({ min: 1, max: 99 })).padStart(2, "0")}-${String(f.number.int({ min: 1, max: 9999 })).padStart(4, "0")}`,
  nino: (f: Faker) =>
    `${f.helpers.arrayElement(["AB", "CE", "HJ", "JK", "PR", "SW"])}${digits(f, 6)}${f.helpers.arrayElement([..."ABCD"])}`,
  dni: (f: Faker) => {
    const body = digits(f, 8);
    return `${body}${"TRWAGMYFPDXBNJZSQVHLCKE"[Number(body) % 23]}`;
  },
  bsn: (f: Faker) => {
    for (;;) {
      const body = digits(f, 8);
      const rest = sum(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      if (rest < 10) return `${body}${rest}`;
    }
  },
  pesel: (f: Faker) => {
    const { yy, mm, dd, century } = born(f);
    const body = `${yy}${String(Number(mm) + (century === 20 ? 20 : 0)).padStart(2, "0")}${dd}${digits(f, 4)}`;
    return `${body}${(10 - (sum(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
  },
  nir: (f: Faker) => {
    const { yy, mm } = born(f);
    const body = `${f.helpers.arrayElement(["1", "2"])}${yy}${mm}${String(f.number.int({ min: 1, max: 95 })).padStart(2, "0")}${digits(f, 6)}`;
    return `${body}${String(97 - Number(BigInt(body) % 97n)).padStart(2, "0")}`;
  },
  cpf: (f: Faker) => {
    let body = digits(f, 9);
    for (const weights of [
      [10, 9, 8, 7, 6, 5, 4, 3, 2],
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
    ]) {
      body += ((10 * sum(body, weights)) % 11) % 10;
    }
    return body.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/u, "$1.$2.$3-$4");
  },
  steuerid: (f: Faker) => {
    const nine = f.helpers.shuffle("0123456789".split("")).slice(0, 9);
    const ten = f.helpers.shuffle([...nine, nine[0] ?? "1"]);
    const body = (ten[0] === "0" ? ten.toReversed() : ten).join("").replace(/^0/u, "1");
    let product = 10;
    for (const char of body) {
      const total = (Number(char) + product) % 10;
      product = (2 * (total === 0 ? 10 : total)) % 11;
    }
    return `${body}${(11 - product) % 10}`;
  },
  codice: (f: Faker) =>
    `${f.string.alpha({ length: 6, casing: "upper" })}${digits(f, 2)}${f.helpers.arrayElement([..."ABCDEHLMPRST"])}${String(f.number.int({ min: 1, max: 31 })).padStart(2, "0")}${f.helpers.arrayElement([..."ABCDEFGHL"])}${digits(f, 3)}${f.string.alpha({ casing: "upper" })}`,
  npi: (f: Faker) => {
    const body = `1${digits(f, 8)}`;
    return `${body}${luhnDigit(`80840${body}`)}`;
  },
  nhs: (f: Faker) => {
    for (;;) {
      const body = digits(f, 9);
      const check = 11 - (sum(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      if (check !== 10) return `${body}${check === 11 ? 0 : check}`;
    }
  },
};
