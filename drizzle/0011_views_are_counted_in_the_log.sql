-- Nobody wrote or read this count: how often a grant was viewed is what the audit log says of it.
ALTER TABLE grants DROP COLUMN views;
