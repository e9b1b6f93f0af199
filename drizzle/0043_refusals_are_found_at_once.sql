-- What was refused or failed is found without reading all that went well, which costs an append nothing.
CREATE INDEX audit_by_outcome ON audit_events (outcome, seq) WHERE outcome <> 'success';
