-- The shop. Keys and indexes come after the rows.
CREATE TABLE public.customers (
  id integer NOT NULL,
  customer_number text NOT NULL,
  given_name text NOT NULL,
  family_name text NOT NULL,
  full_name text GENERATED ALWAYS AS (CASE WHEN country IN ('CN', 'JP', 'KR') THEN family_name || given_name
    ELSE given_name || ' ' || family_name END) STORED,
  email public.email_address,
  phone text,
  birth_date date,
  gender public.gender NOT NULL,
  country public.country_code NOT NULL,
  language text NOT NULL,
  nationality text,
  marital_status text,
  national_id text,
  segment public.customer_segment NOT NULL,
  lifetime_value numeric(12, 2) NOT NULL,
  tags text[] NOT NULL,
  newsletter boolean NOT NULL,
  notes text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  closed_on date
);
CREATE TABLE public.addresses (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  kind text NOT NULL,
  recipient text NOT NULL,
  line1 text NOT NULL,
  line2 text,
  postal_code text,
  city text NOT NULL,
  region text,
  country public.country_code NOT NULL,
  location point,
  is_default boolean NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE public.payment_cards (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  brand text NOT NULL,
  number text NOT NULL,
  holder_name text NOT NULL,
  exp_month smallint NOT NULL,
  exp_year smallint NOT NULL,
  cvv text,
  track2 text,
  last4 text GENERATED ALWAYS AS (right(number, 4)) STORED,
  is_active boolean NOT NULL,
  added_at timestamptz NOT NULL
);
CREATE TABLE public.bank_accounts (
  id integer NOT NULL,
  customer_id integer NOT NULL,
  holder_name text NOT NULL,
  iban public.iban,
  bic text,
  bank_name text NOT NULL,
  account_number text,
  routing_number text,
  currency char(3) NOT NULL,
  opened_on date NOT NULL
);
CREATE TABLE public.products (
  id integer NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  category text NOT NULL,
  description text,
  price numeric(10, 2) NOT NULL,
  weight_grams real,
  tags text[] NOT NULL,
  attributes jsonb NOT NULL,
  available daterange,
  prescription_only boolean NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE public.orders (
  id bigint NOT NULL,
  order_no text NOT NULL,
  customer_id integer NOT NULL,
  address_id integer,
  status public.order_status NOT NULL,
  placed_at timestamptz NOT NULL,
  delivered_on date,
  total numeric(12, 2) NOT NULL,
  currency char(3) NOT NULL,
  client_ip inet,
  delivery_phone text,
  gift_message text
);
CREATE TABLE public.order_items (
  order_id bigint NOT NULL,
  line_no smallint NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL,
  unit_price numeric(10, 2) NOT NULL,
  discount double precision NOT NULL,
  line_total numeric(12, 2) GENERATED ALWAYS AS (round(quantity * unit_price * (1 - discount)::numeric, 2)) STORED
);
CREATE TABLE public.contact_lists (
  customer_id integer NOT NULL,
  phones text[],
  emails text[],
  handles jsonb,
  emergency_contact public.contact_person,
  call_between int4range,
  note text
);
-- Keyed by what it should not be keyed by, as such tables are.
CREATE TABLE public.newsletter_subscribers (
  email public.email_address NOT NULL,
  given_name text,
  source text NOT NULL,
  confirm_token text NOT NULL,
  subscribed_at timestamptz NOT NULL,
  unsubscribed_at timestamptz
);
CREATE TABLE public.tax_profiles (
  national_id text NOT NULL,
  customer_id integer NOT NULL,
  legal_name text NOT NULL,
  tax_id text NOT NULL,
  passport_number text,
  declared_income numeric(14, 4),
  country public.country_code NOT NULL,
  filed_on date NOT NULL
);
