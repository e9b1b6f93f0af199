import type { Mask } from "@/lib/masking/mask";

/** What Sam decided on a column of the demo: a class, and a mask where it is not that of the class. */
export type DemoLabel = string | readonly [classId: string, mask: Mask];

/** Left for whoever tries the demo as a steward. */
export const demoUnreviewed = "public.legacy_import";

const monthlyPay = [
  "income",
  { method: "generalise", to: "bucket", size: 1_000 },
] as const satisfies DemoLabel;
/** Where Sam decided otherwise than was proposed. */
export const demoLabels: Readonly<Record<string, Readonly<Record<string, DemoLabel>>>> = {
  "care.biometrics": { kind: ["biometric_genetic", { method: "redact" }], template: "biometric_genetic" },
  "care.chronic_patients": { codes: "diagnosis" },
  "care.lab_results": { unit: "none", is_abnormal: "lab_vital" },
  "care.prescriptions": { instructions: "free_text" },
  "hr.background_checks": { passed: "criminal_record" },
  "hr.employees": { office: "none" },
  "hr.payroll": { gross: monthlyPay, net: monthlyPay, bonus: monthlyPay },
  "public.api_keys": { webhook_url: "secret_token" },
  "public.customer_overview": { is_patient: "diagnosis" },
  "public.devices": { push_token: "secret_token" },
  "public.documents": { description: "free_text" },
  "public.order_items": { unit_price: "money_amount" },
};
