export type DemoLabel = {
  schema: string;
  table: string;
  column: string;
  /** A data class of lib/catalog/classes, or `none` for what says nothing of a person. */
  classId: string;
};

/** What every column of the demo source holds, decided by hand: class, then columns. Views have the labels of what they show. */
// oxfmt-ignore
const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "public.customers": {
    none: "id language segment tags newsletter created_at updated_at closed_on", person_number: "customer_number",
    given_name: "given_name", family_name: "family_name", person_name: "full_name", email: "email", phone: "phone",
    birth_date: "birth_date", gender: "gender", country_region: "country", nationality: "nationality",
    marital_family: "marital_status", national_id: "national_id", money_amount: "lifetime_value", free_text: "notes",
  },
  "public.addresses": {
    none: "id customer_id kind is_default created_at", person_name: "recipient", postal_address: "line1 line2",
    postal_code: "postal_code", city: "city", country_region: "region country", geo_point: "location",
  },
  "public.payment_cards": {
    none: "id customer_id is_active added_at", payment_metadata: "brand last4", pan: "number", person_name: "holder_name",
    card_expiry: "exp_month exp_year", card_security: "cvv track2",
  },
  "public.bank_accounts": {
    none: "id customer_id currency opened_on", person_name: "holder_name", iban: "iban", payment_metadata: "bic routing_number",
    organization_name: "bank_name", bank_account: "account_number",
  },
  "public.products": { none: "id sku name category description price weight_grams tags attributes available prescription_only created_at" },
  "public.orders": {
    none: "id order_no customer_id address_id status placed_at delivered_on currency", money_amount: "total",
    ip_address: "client_ip", phone: "delivery_phone", free_text: "gift_message",
  },
  "public.order_items": { none: "order_id line_no product_id quantity discount", money_amount: "unit_price line_total" },
  "public.contact_lists": {
    none: "customer_id call_between", phone: "phones", email: "emails", structured_doc: "handles emergency_contact", free_text: "note",
  },
  "public.newsletter_subscribers": { none: "source subscribed_at unsubscribed_at", email: "email", given_name: "given_name", secret_token: "confirm_token" },
  "public.tax_profiles": {
    none: "customer_id filed_on", national_id: "national_id", person_name: "legal_name", tax_id: "tax_id",
    passport: "passport_number", income: "declared_income", country_region: "country",
  },
  "public.support_tickets": {
    none: "id customer_id assigned_to channel status priority opened_at closed_at first_answer_after satisfaction",
    free_text: "subject body", email: "contact_email",
  },
  ...Object.fromEntries(
    ["messages", "messages_2023", "messages_2024", "messages_2025", "messages_2026"].map((table) => [
      `public.${table}`,
      { none: "id sent_at ticket_id customer_id direction", email: "sender recipient", free_text: "body" },
    ]),
  ),
  "public.devices": {
    none: "id customer_id kind model os_version registered_at last_seen_at", device_id: "serial_number imei mac_address push_token",
    ip_address: "last_ip", geo_point: "last_location",
  },
  "public.login_events": {
    none: "id customer_id occurred_at succeeded failure", ip_address: "ip", country_region: "country", user_agent: "user_agent",
    secret_token: "session_token",
  },
  "public.credentials": {
    none: "customer_id security_question changed_at", username: "username", password: "password_hash password_salt",
    otp_recovery: "totp_secret recovery_codes security_answer", secret_token: "reset_token",
  },
  "public.api_keys": { none: "id customer_id label key_prefix scopes created_at revoked_at", secret_token: "secret webhook_url", private_key: "private_key" },
  "public.preferences": { none: "customer_id locale updated_at", structured_doc: "settings" },
  "public.documents": { none: "id customer_id kind file_name mime_type byte_size uploaded_at", file_content: "content", free_text: "description" },
  "public.consents": { none: "id customer_id purpose granted wording_version valid_during", ip_address: "given_ip", signature: "signature_svg" },
  "public.legacy_import": {
    none: "row_no", person_number: "Kundennr", person_name: "Name", email: "E-Mail", phone: "Tel.", birth_date: "Geb.-Datum",
    free_text: "Bemerkung raw_line",
  },
  "public.customer_overview": {
    none: "id segment order_count last_order_at", diagnosis: "is_patient", person_number: "customer_number", person_name: "full_name",
    email: "email", phone: "phone", country_region: "country",
  },
  "public.monthly_sales": { none: "month currency orders revenue" },
  "care.practitioners": {
    none: "id languages room", job_title: "speciality", person_name: "full_name", provider_id: "npi", email: "email", phone: "phone",
  },
  "care.patients": {
    none: "id customer_id practitioner_id registered_on", medical_record_number: "mrn", health_insurance_id: "insurance_number",
    organization_name: "insurer", lab_vital: "blood_type", diagnosis: "allergies", ethnicity: "ethnicity",
    belief_politics: "religion", sexuality: "sexual_orientation", structured_doc: "emergency_contact",
    health_date: "deceased_on", free_text: "notes",
  },
  "care.encounters": {
    none: "id patient_id practitioner_id kind room", health_date: "period admitted_on", diagnosis: "reason", free_text: "notes",
  },
  "care.diagnoses": { none: "id patient_id encounter_id certainty", diagnosis: "code description", health_date: "recorded_on", free_text: "note" },
  "care.prescriptions": {
    none: "id patient_id encounter_id quantity", treatment: "atc_code drug_name dosage", free_text: "instructions",
    health_date: "prescribed_on valid_during",
  },
  "care.lab_results": {
    none: "id patient_id unit reference", lab_vital: "loinc_code analyte value is_abnormal", free_text: "comment", health_date: "taken_at",
  },
  "care.biometrics": { none: "id patient_id", biometric_genetic: "kind template genotype", health_date: "captured_on" },
  "care.patient_directory": {
    none: "id", medical_record_number: "mrn", person_name: "full_name", birth_date: "birth_date", phone: "phone", organization_name: "insurer",
  },
  "care.chronic_patients": { none: "patient_id", person_name: "full_name", email: "email", diagnosis: "codes", health_date: "last_seen_on" },
  "hr.departments": { none: "id name cost_centre" },
  "hr.employees": {
    none: "id manager_id department_id hired_on left_on office", person_number: "employee_number", given_name: "given_name",
    family_name: "family_name", email: "email private_email", phone: "phone", postal_address: "home_address",
    birth_date: "birth_date", gender: "gender", job_title: "job_title", national_id: "national_id", passport: "passport_number",
    driver_licence: "driving_licence", belief_politics: "works_council union_name", person_image: "photo",
  },
  "hr.payroll": { none: "employee_id period paid_on", marital_family: "tax_class", income: "gross bonus net", iban: "iban" },
  "hr.background_checks": { none: "id employee_id checked_on", criminal_record: "convictions passed", free_text: "remark" },
  "hr.vehicles": { none: "id model driver_id leased_until", vehicle_id: "vin licence_plate" },
};

/** The right data class of every column of the demo source. */
export const demoLabels: readonly DemoLabel[] = Object.entries(labels).flatMap(([name, classes]) => {
  const [schema = "", table = ""] = name.split(".");
  return Object.entries(classes).flatMap(([classId, columns]) =>
    columns.split(" ").map((column) => ({ schema, table, column, classId })),
  );
});
