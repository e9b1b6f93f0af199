import type { Mask } from "@/lib/masking/mask";

/** What Sam decided on a column of the demo: a class, and a mask where it is not that of the class. */
export type DemoLabel = string | readonly [classId: string, mask: Mask];

/** Left for whoever tries the demo as a steward. */
export const demoUnreviewed = "public.legacy_import";

const monthlyPay = [
  "income",
  { method: "generalise", to: "bucket", size: 1_000 },
] as const satisfies DemoLabel;
const letters = { sender: "email", recipient: "email", body: "free_text" };

/** Where Sam decided otherwise than was proposed by name. */
export const demoLabels: Readonly<Record<string, Readonly<Record<string, DemoLabel>>>> = {
  "care.biometrics": {
    kind: ["biometric_genetic", { method: "redact" }],
    template: "biometric_genetic",
    captured_on: "health_date",
  },
  "care.chronic_patients": { codes: "diagnosis", last_seen_on: "health_date" },
  "care.diagnoses": { recorded_on: "health_date" },
  "care.encounters": { period: "health_date", admitted_on: "health_date" },
  "care.lab_results": {
    loinc_code: "lab_vital",
    analyte: "lab_vital",
    unit: "none",
    is_abnormal: "lab_vital",
    taken_at: "health_date",
  },
  "care.prescriptions": {
    atc_code: "treatment",
    prescribed_on: "health_date",
    valid_during: "health_date",
  },
  "hr.background_checks": { passed: "criminal_record" },
  "hr.employees": { works_council: "belief_politics", union_name: "belief_politics" },
  "hr.payroll": { gross: monthlyPay, net: monthlyPay, bonus: monthlyPay, tax_class: "marital_family" },
  "public.addresses": { line1: "postal_address", line2: "postal_address" },
  "public.api_keys": { webhook_url: "secret_token" },
  "public.bank_accounts": { bank_name: "organization_name" },
  "public.customer_overview": { is_patient: "diagnosis" },
  "public.customers": { lifetime_value: "money_amount" },
  "public.devices": { push_token: "secret_token" },
  "public.documents": { content: "file_content", description: "free_text" },
  "public.messages": letters,
  "public.messages_2023": letters,
  "public.messages_2024": letters,
  "public.messages_2025": letters,
  "public.messages_2026": letters,
  "public.payment_cards": { number: "pan" },
  "public.products": {
    description: "none",
    weight_grams: "none",
    attributes: "none",
    prescription_only: "none",
  },
};
