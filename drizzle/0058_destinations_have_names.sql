-- Several destinations of one kind: the first of each is called by its kind, others by kind and name, as "https:soc". Each
-- has a cursor of its own, and nothing is pruned that one of them has not acknowledged.
ALTER TABLE audit_forwarding
  DROP CONSTRAINT audit_forwarding_destination_check,
  ADD CONSTRAINT audit_forwarding_destination_check CHECK (destination ~ '^(https|syslog|folder)(:[a-z][a-z0-9-]{0,19})?$');
