-- The clinics.
CREATE TABLE care.practitioners (
  id integer NOT NULL,
  full_name text NOT NULL,
  speciality text NOT NULL,
  npi text NOT NULL,
  email text NOT NULL,
  phone text,
  languages text[] NOT NULL,
  room text
);
CREATE TABLE care.patients (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  mrn text NOT NULL,
  insurance_number text,
  insurer text,
  blood_type care.blood_type,
  allergies text[],
  ethnicity text,
  religion text,
  sexual_orientation text,
  emergency_contact public.contact_person,
  practitioner_id integer,
  registered_on date NOT NULL,
  deceased_on date,
  notes text
);
CREATE TABLE care.encounters (
  id integer NOT NULL,
  patient_id integer NOT NULL,
  practitioner_id integer NOT NULL,
  kind care.encounter_kind NOT NULL,
  period tstzrange NOT NULL,
  admitted_on date NOT NULL,
  reason text,
  notes text,
  room text
);
CREATE TABLE care.diagnoses (
  id integer NOT NULL,
  patient_id integer NOT NULL,
  encounter_id integer NOT NULL,
  code care.icd10 NOT NULL,
  description text NOT NULL,
  certainty text NOT NULL,
  recorded_on date NOT NULL,
  note text
);
CREATE TABLE care.prescriptions (
  id integer NOT NULL,
  patient_id integer NOT NULL,
  encounter_id integer,
  atc_code text NOT NULL,
  drug_name text NOT NULL,
  dosage text NOT NULL,
  quantity integer NOT NULL,
  instructions text,
  prescribed_on date NOT NULL,
  valid_during daterange NOT NULL
);
CREATE TABLE care.lab_results (
  id integer NOT NULL,
  patient_id integer NOT NULL,
  loinc_code text NOT NULL,
  analyte text NOT NULL,
  value numeric,
  unit text NOT NULL,
  reference numrange,
  is_abnormal boolean,
  comment text,
  taken_at timestamptz NOT NULL
);
CREATE TABLE care.biometrics (
  id uuid NOT NULL,
  patient_id integer NOT NULL,
  kind text NOT NULL,
  template bytea NOT NULL,
  genotype text,
  captured_on date NOT NULL
);
