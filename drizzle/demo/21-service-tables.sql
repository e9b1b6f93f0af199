-- Service, devices and sign-in of the shop.
CREATE TABLE public.support_tickets (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  assigned_to integer,
  channel public.contact_channel NOT NULL,
  status public.ticket_status NOT NULL,
  priority smallint NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  contact_email text,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  first_answer_after interval,
  satisfaction smallint
);
CREATE TABLE public.messages (
  id bigint NOT NULL,
  sent_at timestamptz NOT NULL,
  ticket_id integer,
  customer_id integer NOT NULL,
  direction text NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL,
  body text
) PARTITION BY RANGE (sent_at);
CREATE TABLE public.messages_2023 PARTITION OF public.messages FOR VALUES FROM ('2023-01-01 00:00+00') TO ('2024-01-01 00:00+00');
CREATE TABLE public.messages_2024 PARTITION OF public.messages FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
CREATE TABLE public.messages_2025 PARTITION OF public.messages FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE public.messages_2026 PARTITION OF public.messages FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE TABLE public.devices (
  id uuid NOT NULL,
  customer_id integer NOT NULL,
  kind text NOT NULL,
  model text NOT NULL,
  os_version text,
  serial_number text NOT NULL,
  imei text,
  mac_address macaddr,
  push_token text,
  last_ip inet,
  last_location point,
  registered_at timestamptz NOT NULL,
  last_seen_at timestamptz
);
CREATE TABLE public.login_events (
  id bigint NOT NULL,
  customer_id integer NOT NULL,
  occurred_at timestamptz NOT NULL,
  succeeded boolean NOT NULL,
  failure text,
  ip inet NOT NULL,
  country public.country_code,
  user_agent text NOT NULL,
  session_token text
);
CREATE TABLE public.credentials (
  customer_id integer NOT NULL,
  username text NOT NULL,
  password_hash text NOT NULL,
  password_salt text,
  totp_secret text,
  recovery_codes text[],
  security_question text,
  security_answer text,
  reset_token text,
  changed_at timestamptz NOT NULL
);
CREATE TABLE public.api_keys (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  label text NOT NULL,
  key_prefix text NOT NULL,
  secret text NOT NULL,
  private_key text,
  webhook_url text,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE TABLE public.preferences (
  customer_id integer NOT NULL,
  locale text NOT NULL,
  settings jsonb NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE TABLE public.documents (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  kind text NOT NULL,
  file_name text NOT NULL,
  mime_type text NOT NULL,
  byte_size integer NOT NULL,
  content bytea,
  description text,
  uploaded_at timestamptz NOT NULL
);
CREATE TABLE public.consents (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  purpose text NOT NULL,
  granted boolean NOT NULL,
  wording_version smallint NOT NULL,
  valid_during daterange NOT NULL,
  given_ip inet,
  signature_svg text
);
-- What was left of the old system: no key, and the column names it came with.
CREATE TABLE public.legacy_import (
  row_no integer,
  "Kundennr" text,
  "Name" text,
  "E-Mail" text,
  "Tel." text,
  "Geb.-Datum" text,
  "Bemerkung" text,
  raw_line text
);
