-- A column that our role may not select is hidden, and does not fail the page of its table.
ALTER TABLE catalog_columns ADD COLUMN readable boolean NOT NULL DEFAULT true;
