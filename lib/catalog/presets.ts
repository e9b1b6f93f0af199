import type { SimpleMask } from "@/lib/masking/kinds";

/** How the classes of data that a rule book speaks of are masked so that what it asks for is kept. */
export type Preset = {
  id: "hipaa" | "pci" | "gdpr" | "ccpa";
  title: string;
  /** What it does and what it leaves to people. */
  says: string;
  masks: Readonly<Record<string, SimpleMask>>;
};

const redact: SimpleMask = { method: "redact" };
const token: SimpleMask = { method: "pseudonym" };
const yearPooled: SimpleMask = { method: "generalise", to: "year", pool: true };
const card: SimpleMask = { method: "partial", shape: "card" };

const all = (classes: string, mask: SimpleMask) =>
  Object.fromEntries(classes.split(" ").map((classId) => [classId, mask] as const));

/** Classes that GDPR Art. 9 and 10 name, most of which the CCPA names as well. */
const special =
  "diagnosis treatment lab_vital ethnicity belief_politics sexuality biometric_genetic criminal_record";
const never = all("card_security password secret_token private_key otp_recovery", { method: "hidden" });

export const presets: readonly Preset[] = [
  {
    id: "hipaa",
    title: "HIPAA safe harbor",
    says: "The 18 identifiers of 45 CFR 164.514(b)(2): three digits of a ZIP with the 17 sparse areas as 000, years alone, ages from 90 as one. A keyed pseudonym would be derived from what it stands for, so there is none.",
    masks: {
      ...never,
      ...all("person_name given_name family_name", redact),
      ...all("postal_address city geo_point", redact),
      postal_code: { method: "generalise", to: "zip3" },
      birth_date: yearPooled,
      health_date: { method: "generalise", to: "year" },
      age: { method: "generalise", to: "age" },
      ...all("phone email national_id tax_id medical_record_number health_insurance_id", redact),
      ...all("bank_account iban pan crypto_wallet person_number driver_licence vehicle_id device_id", redact),
      ...all("ip_address person_image signature biometric_genetic", redact),
      ...all("passport provider_id username card_expiry", redact),
      ...all("free_text structured_doc file_content", redact),
    },
  },
  {
    id: "pci",
    title: "PCI DSS",
    says: "Requirements 3.3.1 and 3.4.1 of version 4.0.1: the last four digits of a card number alone, no expiry, and codes and PINs hidden for good.",
    masks: {
      card_security: { method: "hidden" },
      pan: card,
      card_expiry: redact,
    },
  },
  {
    id: "gdpr",
    title: "GDPR",
    says: "Pseudonyms in place of what names a person (Art. 4(5)), the special categories of Art. 9 and convictions (Art. 10) redacted, the rest made coarser (Art. 5(1)(c)).",
    masks: {
      ...never,
      ...all(special, redact),
      person_name: { method: "pseudonym", as: "full_name" },
      given_name: { method: "pseudonym", as: "given_name" },
      family_name: { method: "pseudonym", as: "family_name" },
      username: { method: "pseudonym", as: "username" },
      email: { method: "pseudonym", as: "email" },
      phone: { method: "pseudonym", as: "digits" },
      ...all("person_number medical_record_number health_insurance_id device_id", token),
      national_id: { method: "pseudonym", as: "code" },
      ...all("postal_address gender marital_family nationality passport driver_licence tax_id", redact),
      ...all("person_image signature free_text file_content education card_expiry", redact),
      postal_code: { method: "generalise", to: "zip3" },
      geo_point: { method: "generalise", to: "place" },
      birth_date: { method: "generalise", to: "year" },
      health_date: { method: "generalise", to: "year" },
      age: { method: "generalise", to: "age" },
      ip_address: { method: "generalise", to: "network" },
      income: { method: "generalise", to: "bucket", size: 10_000 },
      pan: card,
      iban: { method: "partial", shape: "iban" },
      ...all("bank_account vehicle_id", { method: "partial", shape: "last", keep: 4 }),
      crypto_wallet: { method: "partial", shape: "ends", first: 6, last: 4 },
      structured_doc: { method: "document" },
    },
  },
  {
    id: "ccpa",
    title: "CCPA",
    says: "Sensitive personal information (1798.140(ae)) redacted: identity documents, precise places, origin, belief, health, sex life, genes, what letters and messages say; of accounts and cards the last four.",
    masks: {
      ...never,
      ...all(special, redact),
      ...all("national_id passport driver_licence free_text structured_doc", redact),
      geo_point: { method: "generalise", to: "place" },
      pan: card,
      iban: { method: "partial", shape: "iban" },
      bank_account: { method: "partial", shape: "last", keep: 4 },
    },
  },
];
