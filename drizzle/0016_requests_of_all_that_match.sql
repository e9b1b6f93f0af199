-- A request may be for all records that matched a filter when it was sent: these were frozen with it, up to 500. What
-- it was filtered by is kept as an address and, like all that was asked, is never changed.
ALTER TABLE requests
  ADD COLUMN cohort text CHECK (cohort ~ '^[?]f=' AND length(cohort) <= 8000),
  DROP CONSTRAINT requests_records_check,
  ADD CONSTRAINT few_records CHECK (cardinality(records) BETWEEN 1 AND CASE WHEN cohort IS NULL THEN 100 ELSE 500 END);
