-- What a steward had chosen before a column changed is offered again when it is reviewed; it masks nothing.
ALTER TABLE catalog_columns ADD COLUMN last_mask jsonb;
