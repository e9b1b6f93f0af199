-- Keys of Marigold's people.
ALTER TABLE hr.departments ADD PRIMARY KEY (id);
ALTER TABLE hr.employees ADD PRIMARY KEY (id), ADD UNIQUE (employee_number);
CREATE INDEX ON hr.employees (manager_id);
ALTER TABLE hr.payroll ADD PRIMARY KEY (employee_id, period);
ALTER TABLE hr.background_checks ADD PRIMARY KEY (id);
ALTER TABLE hr.vehicles ADD PRIMARY KEY (id), ADD UNIQUE (vin);
