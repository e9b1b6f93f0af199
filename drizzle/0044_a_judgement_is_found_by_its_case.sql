-- The seal of a judgement is found by the number of its case, without reading all judgements; no other event pays for it.
CREATE INDEX audit_by_case ON audit_events (((entry::jsonb #>> '{details,case}')::integer))
  WHERE code IN ('case.explained', 'case.misuse');
