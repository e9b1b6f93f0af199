import type { NeedleKind } from "./needles";

export type CanaryTable = {
  table: string;
  key: readonly string[];
  columns: Readonly<Record<string, NeedleKind>>;
  /** Columns whose every row is a canary: sensitive keys, whose order a browse page may not follow. */
  everyRow?: readonly string[];
};

/** So many rows of a table, the first by its key, carry canaries; the SQL files in drizzle/demo say the same. */
export const markedRows = 60;

const id = ["id"] as const;

export const canaryTables: readonly CanaryTable[] = [
  {
    table: "public.customers",
    key: id,
    columns: {
      customer_number: "whole",
      given_name: "name",
      family_name: "name",
      full_name: "full_name",
      email: "email",
      phone: "phone",
      national_id: "whole",
      notes: "text",
    },
  },
  {
    table: "public.addresses",
    key: id,
    columns: { recipient: "text", line1: "text", line2: "text", location: "point" },
  },
  { table: "public.payment_cards", key: id, columns: { number: "pan", holder_name: "text", track2: "pan" } },
  {
    table: "public.bank_accounts",
    key: id,
    columns: { holder_name: "text", iban: "iban", account_number: "whole" },
  },
  {
    table: "public.orders",
    key: id,
    columns: { client_ip: "ip", delivery_phone: "phone", gift_message: "text" },
  },
  {
    table: "public.contact_lists",
    key: ["customer_id"],
    columns: { phones: "phone", emails: "email", handles: "text", emergency_contact: "text", note: "text" },
  },
  {
    table: "public.newsletter_subscribers",
    key: ["email"],
    columns: { email: "email", given_name: "name", confirm_token: "secret" },
    everyRow: ["email"],
  },
  {
    table: "public.tax_profiles",
    key: ["national_id"],
    columns: {
      national_id: "whole",
      legal_name: "text",
      tax_id: "whole",
      passport_number: "whole",
      declared_income: "decimal",
    },
    everyRow: ["national_id"],
  },
  {
    table: "public.support_tickets",
    key: id,
    columns: { subject: "text", body: "text", contact_email: "email" },
  },
  {
    table: "public.messages",
    key: ["id", "sent_at"],
    columns: { sender: "email", recipient: "email", body: "text" },
  },
  {
    table: "public.devices",
    key: id,
    columns: {
      serial_number: "whole",
      imei: "whole",
      mac_address: "whole",
      push_token: "secret",
      last_ip: "ip",
      last_location: "point",
    },
  },
  { table: "public.login_events", key: id, columns: { ip: "ip", session_token: "secret" } },
  {
    table: "public.credentials",
    key: ["customer_id"],
    columns: {
      username: "text",
      password_hash: "secret",
      password_salt: "secret",
      totp_secret: "secret",
      recovery_codes: "text",
      security_answer: "text",
      reset_token: "secret",
    },
  },
  {
    table: "public.api_keys",
    key: id,
    columns: { secret: "secret", private_key: "secret", webhook_url: "text" },
  },
  { table: "public.preferences", key: ["customer_id"], columns: { settings: "text" } },
  { table: "public.documents", key: id, columns: { content: "bytes", description: "text" } },
  { table: "public.consents", key: id, columns: { given_ip: "ip", signature_svg: "text" } },
  {
    table: "public.legacy_import",
    key: ["row_no"],
    columns: {
      Kundennr: "whole",
      Name: "text",
      "E-Mail": "email",
      "Tel.": "phone",
      Bemerkung: "text",
      raw_line: "text",
    },
  },
  {
    table: "care.practitioners",
    key: id,
    columns: { full_name: "name", npi: "whole", email: "email", phone: "phone" },
  },
  {
    table: "care.patients",
    key: id,
    columns: {
      mrn: "whole",
      insurance_number: "whole",
      allergies: "text",
      ethnicity: "text",
      religion: "text",
      sexual_orientation: "text",
      emergency_contact: "text",
      notes: "text",
    },
  },
  { table: "care.encounters", key: id, columns: { reason: "text", notes: "text" } },
  { table: "care.diagnoses", key: id, columns: { code: "text", description: "text", note: "text" } },
  {
    table: "care.prescriptions",
    key: id,
    columns: { drug_name: "text", dosage: "text", instructions: "text" },
  },
  { table: "care.lab_results", key: id, columns: { value: "decimal", comment: "text" } },
  { table: "care.biometrics", key: id, columns: { template: "bytes", genotype: "genotype" } },
  {
    table: "hr.employees",
    key: id,
    columns: {
      employee_number: "whole",
      given_name: "name",
      family_name: "name",
      email: "email",
      private_email: "email",
      phone: "phone",
      home_address: "text",
      national_id: "whole",
      passport_number: "whole",
      driving_licence: "whole",
      union_name: "text",
      photo: "bytes",
    },
  },
  {
    table: "hr.payroll",
    key: ["employee_id", "period"],
    columns: { gross: "decimal", net: "decimal", iban: "iban" },
  },
  { table: "hr.background_checks", key: id, columns: { convictions: "text", remark: "text" } },
  { table: "hr.vehicles", key: id, columns: { vin: "whole", licence_plate: "whole" } },
];

/** Sensitive columns whose type leaves no room for a value that is unmistakable. */
export const withoutCanaries: Readonly<Record<string, string>> = {
  "public.customers.birth_date": "a date",
  "public.customers.gender": "an enum",
  "public.customers.nationality": "one of some codes",
  "public.customers.marital_status": "one of some words",
  "public.addresses.postal_code": "five characters",
  "public.payment_cards.cvv": "three digits",
  "public.payment_cards.exp_month": "a small number",
  "public.payment_cards.exp_year": "a small number",
  "public.legacy_import.Geb.-Datum": "a date",
  "care.patients.blood_type": "an enum",
  "care.patients.deceased_on": "a date",
  "care.encounters.period": "two times",
  "care.encounters.admitted_on": "a date",
  "care.diagnoses.recorded_on": "a date",
  "care.prescriptions.atc_code": "one of some codes",
  "care.prescriptions.prescribed_on": "a date",
  "care.prescriptions.valid_during": "two dates",
  "care.lab_results.loinc_code": "one of some codes",
  "care.lab_results.analyte": "one of some words",
  "care.lab_results.is_abnormal": "yes or no",
  "care.lab_results.taken_at": "a time",
  "care.biometrics.kind": "one of some words",
  "care.biometrics.captured_on": "a date",
  "hr.employees.birth_date": "a date",
  "hr.employees.gender": "an enum",
  "hr.employees.works_council": "yes or no",
  "hr.payroll.tax_class": "a small number",
  "hr.payroll.bonus": "a short amount",
  "hr.background_checks.passed": "yes or no",
};
