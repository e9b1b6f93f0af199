import { identityBase } from "@/lib/discovery/values/identity-signals";
import type { ColumnRates } from "@/lib/discovery/values/rates";

/**
 * What one signal says of one class, as log-odds: `when` is the rate expected of a column of the class, `else` the rate
 * of other input of the same kind (its base rate). `gain` and `loss` bound how much one signal may say, because values
 * that people enter are never as independent as the sum of their likelihoods assumes.
 */
export type Reading = {
  classId: string;
  signal: string;
  when: number;
  else: number;
  gain: number;
  loss: number;
  /** The gain counts only where a name or the table speaks for the class too: the shape alone is common. */
  onlyNamed?: true;
};

/** Values beyond this many different ones say nothing new: they come from one column, not from many. */
const mostIndependent = 40;

const reading = (
  classId: string,
  signal: string,
  when: number,
  otherwise: number,
  gain: number,
  loss: number,
  more: { onlyNamed?: true } = {},
): Reading => ({ classId, signal, when, else: otherwise, gain, loss, ...more });

const named = { onlyNamed: true } as const;

/** Everything that values say of classes. */
export const readings: readonly Reading[] = [
  reading("given_name", "given", 0.75, 0.07, 7.5, 1),
  reading("family_name", "family", 0.65, 0.08, 7, 0.8),
  reading("person_name", "full_name", 0.45, 0.015, 9, 0.5),
  reading("person_name", "starts_with_given", 0.5, 0.06, 5, 0.9),
  reading("city", "city", 0.75, 0.06, 6.6, 0.6),
  reading("country_region", "country", 0.95, 0.05, 8, 0.5),
  reading("nationality", "country", 0.9, 0.03, 4, 0.3, named),
  reading("country_region", "region", 0.85, 0.06, 6, 0.3),
  reading("postal_address", "street", 0.75, 0.01, 9, 0.8),
  reading("postal_address", "house", 0.7, 0.05, 4.2, 0.4),
  reading("gender", "gender", 0.97, 0.12, 4, 2.5, named),
  reading("gender", "gender_word", 0.97, 0.02, 7, 0),
  reading("marital_family", "marital", 0.9, 0.01, 7, 0.8),
  reading("belief_politics", "religion", 0.85, 0.01, 6.5, 0.5),
  reading("ethnicity", "ethnic", 0.85, 0.04, 5.2, 0.5),
  reading("lab_vital", "blood", 0.97, 0.02, 6.5, 0),
  reading("email", "email", 0.95, 0.002, 12, 2.6),
  reading("phone", "phone_code", 0.9, 0.01, 9, 0),
  reading("phone", "phone_shape", 0.8, 0.03, 6.2, 0.5),
  reading("phone", "digits", 0.98, 0.5, 0.5, 4),
  reading("phone", "phone_length", 0.95, 0.3, 1, 2),
  reading("postal_code", "postcode", 0.95, 0.2, 2.5, 2.5),
  reading("postal_code", "postcode_letters", 0.95, 0.02, 6.5, 0),
  reading("ip_address", "ip", 0.97, 0.001, 10, 5),
  reading("device_id", "mac", 0.95, 0.001, 10, 0),
  reading("device_id", "imei", 0.95, 0.1, 7.5, 0),
  reading("user_agent", "agent", 0.8, 0.001, 9, 1),
  reading("pan", "pan", 0.95, 0.06, 8, 1.2),
  reading("iban", "iban", 0.9, 0.001, 12, 2),
  reading("payment_metadata", "bic", 0.95, 0.37, 6.6, 0),
  reading("crypto_wallet", "btc", 0.95, 0.01, 7.5, 1),
  reading("vehicle_id", "vin", 0.95, 0.005, 8, 0),
  reading("vehicle_id", "vin_check", 0.95, 0.09, 2, 0),
  reading("tax_id", "vat", 0.9, 0.01, 6.5, 0),
  reading("tax_id", "ein", 0.95, 0.02, 5.5, 0),
  reading("card_expiry", "expiry", 0.95, 0.08, 4, 1, named),
  reading("password", "password_hash", 0.9, 0.001, 12, 0),
  reading("password", "hex_hash", 0.9, 0.05, 2, 0, named),
  reading("secret_token", "token_known", 0.8, 0.001, 10, 0),
  reading("secret_token", "token_random", 0.8, 0.02, 4.9, 0),
  reading("private_key", "pem", 0.8, 0.001, 12, 0),
  reading("diagnosis", "icd", 0.9, 0.06, 5.2, 0),
  reading("treatment", "atc", 0.95, 0.01, 5.8, 0),
  reading("lab_vital", "loinc", 0.95, 0.1, 5.5, 0),
  reading("provider_id", "npi", 0.95, 0.05, 6, 0),
  reading("organization_name", "company", 0.45, 0.02, 7.5, 0.3),
  reading("username", "domain_user", 0.9, 0.01, 6.5, 0),
  reading("free_text", "inner_email", 0.1, 0.001, 5.5, 0),
  reading("free_text", "inner_person", 0.35, 0.04, 3.5, 0.5),
  reading("free_text", "prose", 0.8, 0.1, 1.6, 1.5),
  reading("structured_doc", "document_person", 0.7, 0.005, 8, 3),
  reading("structured_doc", "document_email", 0.5, 0.001, 6, 0),
  reading("structured_doc", "json_text", 0.9, 0.005, 4, 0),
  reading("person_image", "image", 0.9, 0.2, 2, 0.5, named),
  reading("person_image", "image", 0.9, 0.05, 4.7, 0),
  reading("file_content", "paper", 0.9, 0.05, 6, 0),
  reading("geo_point", "latitude", 0.95, 0.01, 7.5, 1.5),
  reading("age", "age", 0.99, 0.3, 1, 4),
  reading("birth_date", "born_long_ago", 0.85, 0.1, 7.4, 1),
  reading("birth_date", "time_of_day", 0.05, 0.8, 0.2, 3),
  reading("job_title", "courtesy", 0.001, 0.02, 0, 8),
  reading("birth_date", "not_born_yet", 0.1, 0.7, 1.5, 3),
  ...[...identityBase].map(([signal, base]) => reading("national_id", signal, 0.9, base, 8.5, 0)),
];

/** How strongly a reading speaks for its class (positive) or against it, given the rate that was found. */
export function weightOf(
  { when, else: otherwise, gain, loss }: Reading,
  rate: number,
  rates: ColumnRates,
): number {
  const values = Math.min(rates.distinct, mostIndependent);
  const passed = rate * values;
  const log =
    passed * Math.log(when / otherwise) + (values - passed) * Math.log((1 - when) / (1 - otherwise));
  // Of two classes that are both certain, the one that more of the values belong to.
  const bounded = Math.max(-loss, Math.min(gain, log));
  return bounded > 0 ? bounded * Math.min(1, Math.max(rate, Math.min(1, rate / when)) ** 0.5) : bounded;
}
