CREATE VIEW public.customer_overview AS
  SELECT c.id, c.customer_number, c.full_name, c.email, c.phone, c.country, c.segment,
    (SELECT count(*) FROM public.orders o WHERE o.customer_id = c.id) AS order_count,
    (SELECT max(o.placed_at) FROM public.orders o WHERE o.customer_id = c.id) AS last_order_at,
    EXISTS (SELECT FROM care.patients p WHERE p.customer_id = c.id) AS is_patient
  FROM public.customers c;
CREATE VIEW care.patient_directory AS
  SELECT p.id, p.mrn, c.full_name, c.birth_date, c.phone, p.insurer
  FROM care.patients p JOIN public.customers c ON c.id = p.customer_id
  WHERE p.practitioner_id IS NOT NULL;
CREATE MATERIALIZED VIEW public.monthly_sales AS
  SELECT date_trunc('month', o.placed_at AT TIME ZONE 'UTC')::date AS month, o.currency, count(*) AS orders, sum(o.total) AS revenue
  FROM public.orders o WHERE o.status <> 'cancelled'
  GROUP BY 1, 2 ORDER BY 1, 2;
CREATE UNIQUE INDEX ON public.monthly_sales (month, currency);
CREATE MATERIALIZED VIEW care.chronic_patients AS
  SELECT d.patient_id, c.full_name, c.email, array_agg(DISTINCT left(d.code, 3) ORDER BY left(d.code, 3)) AS codes, max(d.recorded_on) AS last_seen_on
  FROM care.diagnoses d JOIN care.patients p ON p.id = d.patient_id JOIN public.customers c ON c.id = p.customer_id
  WHERE d.code ~ '^(I10|E11|J45)' GROUP BY 1, 2, 3 ORDER BY 1;
CREATE UNIQUE INDEX ON care.chronic_patients (patient_id);
