-- Marigold's own people.
CREATE TABLE hr.departments (
  id smallint NOT NULL,
  name text NOT NULL,
  cost_centre text NOT NULL
);
CREATE TABLE hr.employees (
  id integer NOT NULL,
  manager_id integer,
  department_id smallint NOT NULL,
  employee_number text NOT NULL,
  given_name text NOT NULL,
  family_name text NOT NULL,
  email text NOT NULL,
  private_email text,
  phone text,
  home_address text,
  birth_date date NOT NULL,
  gender public.gender NOT NULL,
  job_title text NOT NULL,
  national_id text,
  passport_number text,
  driving_licence text,
  works_council boolean,
  union_name text,
  photo bytea,
  hired_on date NOT NULL,
  left_on date,
  office text NOT NULL
);
CREATE TABLE hr.payroll (
  employee_id integer NOT NULL,
  period date NOT NULL,
  gross numeric(14, 4) NOT NULL,
  bonus money,
  net numeric(14, 4) NOT NULL,
  tax_class smallint,
  iban public.iban NOT NULL,
  paid_on date
);
CREATE TABLE hr.background_checks (
  id integer NOT NULL,
  employee_id integer NOT NULL,
  checked_on date NOT NULL,
  convictions text,
  passed boolean NOT NULL,
  remark text
);
CREATE TABLE hr.vehicles (
  id smallint NOT NULL,
  vin text NOT NULL,
  licence_plate text NOT NULL,
  model text NOT NULL,
  driver_id integer,
  leased_until date
);
