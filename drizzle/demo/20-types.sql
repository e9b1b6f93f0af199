-- Marigold sells care products online and runs clinics: `public` is the shop, `care` the clinics, `hr` its people.
CREATE SCHEMA care;
CREATE SCHEMA hr;

CREATE DOMAIN public.email_address AS text CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+$');
CREATE DOMAIN public.iban AS text CHECK (VALUE ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$');
CREATE DOMAIN public.country_code AS char(2) CHECK (VALUE ~ '^[A-Z]{2}$');
CREATE DOMAIN care.icd10 AS text CHECK (VALUE ~ '^[A-Z][0-9]{2}([.][0-9]{1,2})?(-[A-Z0-9-]+)?$');

CREATE TYPE public.gender AS ENUM ('female', 'male', 'non_binary', 'undisclosed');
CREATE TYPE public.customer_segment AS ENUM ('new', 'regular', 'loyal', 'business', 'dormant');
CREATE TYPE public.order_status AS ENUM ('placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled');
CREATE TYPE public.ticket_status AS ENUM ('open', 'waiting', 'solved', 'closed');
CREATE TYPE public.contact_channel AS ENUM ('email', 'phone', 'chat', 'letter', 'shop');
CREATE TYPE public.contact_person AS (name text, relation text, phone text);
CREATE TYPE care.blood_type AS ENUM ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', '0+', '0-');
CREATE TYPE care.encounter_kind AS ENUM ('consultation', 'emergency', 'inpatient', 'telehealth', 'vaccination');
