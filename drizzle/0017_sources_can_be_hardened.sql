-- A hardened source is read through masked views, by a role that may read nothing else; this is the connection of the
-- other role, that reveals read raw values by, sealed as the first one is. NULL: the console masks.
ALTER TABLE sources ADD COLUMN reveal_sealed text;
