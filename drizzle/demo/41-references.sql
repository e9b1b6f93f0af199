-- Who refers to whom. One file: each of these locks the table that it refers to.
ALTER TABLE public.addresses ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.payment_cards ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.bank_accounts ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.orders ADD FOREIGN KEY (customer_id) REFERENCES public.customers,
  ADD FOREIGN KEY (address_id) REFERENCES public.addresses;
ALTER TABLE public.order_items ADD FOREIGN KEY (order_id) REFERENCES public.orders,
  ADD FOREIGN KEY (product_id) REFERENCES public.products;
ALTER TABLE public.contact_lists ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.tax_profiles ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.support_tickets ADD FOREIGN KEY (customer_id) REFERENCES public.customers,
  ADD FOREIGN KEY (assigned_to) REFERENCES hr.employees;
ALTER TABLE public.messages ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.messages ADD FOREIGN KEY (ticket_id) REFERENCES public.support_tickets;
ALTER TABLE public.devices ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.login_events ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.credentials ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.api_keys ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.preferences ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.documents ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE public.consents ADD FOREIGN KEY (customer_id) REFERENCES public.customers;
ALTER TABLE hr.employees ADD FOREIGN KEY (manager_id) REFERENCES hr.employees,
  ADD FOREIGN KEY (department_id) REFERENCES hr.departments;
ALTER TABLE hr.payroll ADD FOREIGN KEY (employee_id) REFERENCES hr.employees;
ALTER TABLE hr.background_checks ADD FOREIGN KEY (employee_id) REFERENCES hr.employees;
ALTER TABLE hr.vehicles ADD FOREIGN KEY (driver_id) REFERENCES hr.employees;
ALTER TABLE care.patients ADD FOREIGN KEY (customer_id) REFERENCES public.customers,
  ADD FOREIGN KEY (practitioner_id) REFERENCES care.practitioners;
ALTER TABLE care.encounters ADD FOREIGN KEY (patient_id) REFERENCES care.patients,
  ADD FOREIGN KEY (practitioner_id) REFERENCES care.practitioners;
ALTER TABLE care.diagnoses ADD FOREIGN KEY (patient_id) REFERENCES care.patients,
  ADD FOREIGN KEY (encounter_id) REFERENCES care.encounters;
ALTER TABLE care.prescriptions ADD FOREIGN KEY (patient_id) REFERENCES care.patients,
  ADD FOREIGN KEY (encounter_id) REFERENCES care.encounters;
ALTER TABLE care.lab_results ADD FOREIGN KEY (patient_id) REFERENCES care.patients;
ALTER TABLE care.biometrics ADD FOREIGN KEY (patient_id) REFERENCES care.patients;
