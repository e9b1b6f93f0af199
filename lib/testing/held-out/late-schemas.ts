import type { HeldOutSchema } from "./schema";

/** Schemas that were written after the rules, to see how well these do on what they have never met. */
export const lateSchemas: readonly HeldOutSchema[] = [
  {
    name: "back_office",
    locale: "en_GB",
    tables: `
res_partner 200 | id:int=none~seq name=person_name display_name=person_name street=postal_address street2=postal_address~street2 zip=postal_code city=city state_id:int=none country_id:int=none phone=phone mobile=phone email=email vat=tax_id~pattern:GB######### website=none~url function=job_title comment=free_text lang=none~one:en_GB/de_DE tz=none~one:Europe/UTC active:bool=none create_date:timestamptz=none write_date:timestamptz=none create_uid:int=none
hr_employee 100 | id:int=none~seq name=person_name work_email=email work_phone=phone mobile_phone=phone private_street=postal_address ssnid=national_id~nino passport_id=passport~pattern:######### birthday:date=birth_date place_of_birth=nationality~city gender=gender~one:male/female marital=marital_family~one:single/married children:int=marital_family~int:0..4 emergency_contact=person_name emergency_phone=phone km_home_work:int=none~int:1..90 barcode=person_number~digits:12 pin=card_security~digits:4 job_title=job_title department_id:int=none
hr_contract 100 | id:int=none~seq employee_id:int=none~ref:hr_employee wage:numeric=income~int:20000..90000 date_start:date=none date_end:date=none state=none~one:open/close notes=free_text
account_move 200 | id:int=none~seq name=none~pattern:INV/####/#### partner_id:int=none~ref:res_partner invoice_date:date=none amount_total:numeric=money_amount~amount amount_tax:numeric=money_amount~amount payment_reference=none~pattern:INV/#### narration=none~null
res_partner_bank 100 | id:int=none~seq acc_number=iban~iban sanitized_acc_number=iban~iban acc_holder_name=person_name partner_id:int=none~ref:res_partner
stock_move 200 | id:int=none~seq name=none~product product_qty:numeric=none~dec:0..90 origin=none~pattern:SO#### reference=none~pattern:WH/OUT/##### date_deadline:timestamptz=none
mail_message 200 | id:int=none~seq subject=free_text~sentence body=free_text email_from=email author_id:int=none~ref:res_partner date:timestamptz=none message_type=none~one:email/comment
ir_config_parameter 40 | id:int=none~seq key=none~word value=none~word
product_template 100 | id:int=none~seq name=none~product list_price:numeric=none~amount default_code=none~pattern:???-### description_sale=none~sentence weight:numeric=none~dec:0..9
`,
  },
  {
    name: "hospital_records",
    locale: "en_US",
    tables: `
person 200 | person_id:int=none~seq gender=gender birthdate:date=birth_date birthdate_estimated:bool=none dead:bool=health_date~bool death_date:date=health_date cause_of_death=diagnosis~words creator:int=none date_created:timestamptz=none voided:bool=none uuid:uuid=none
person_name 200 | person_name_id:int=none~seq person_id:int=none~ref:person prefix=none~one:Mr/Ms given_name=given_name middle_name=given_name~first family_name=family_name
person_address 200 | person_address_id:int=none~seq person_id:int=none~ref:person address1=postal_address address2=postal_address~street2 city_village=city state_province=country_region~state country=country_region postal_code=postal_code latitude=geo_point~lat longitude=geo_point~lon county_district=city~city
patient_identifier 200 | patient_identifier_id:int=none~seq patient_id:int=none~ref:person identifier=medical_record_number~pattern:MRN####### identifier_type:int=none~int:1..4 location_id:int=none
obs 200 | obs_id:int=none~seq person_id:int=none~ref:person concept_id:int=none encounter_id:int=none obs_datetime:timestamptz=health_date~ts value_numeric:numeric=lab_vital~dec:1..200 value_text=lab_vital~words comments=free_text
drug_order 200 | order_id:int=none~seq patient_id:int=none~ref:person drug_name=treatment~word dose:numeric=treatment~dec:1..90 dosing_instructions=treatment~words start_date:date=health_date
concept 60 | concept_id:int=none~seq short_name=none~word description=none~sentence datatype_id:int=none
doctor 40 | doctor_id:int=none~seq first_name=given_name last_name=family_name specialty=job_title~one:Cardiology/Surgery npi=provider_id license_no=provider_id~pattern:MD###### office_phone=phone
insurance_plan 20 | plan_id:int=none~seq plan_name=none~words payer_name=organization_name deductible:numeric=none~amount
appointment 200 | appointment_id:int=none~seq patient_id:int=none~ref:person doctor_id:int=none~ref:doctor appointment_date:timestamptz=health_date~ts reason=diagnosis~sentence status=none~one:booked/done notes=free_text
room 20 | room_number=none~digits:3 room_type=none~one:ICU/Ward floor:int=none~int:1..9
billing 200 | bill_id:int=none~seq patient_id:int=none~ref:person total_amount:numeric=money_amount~amount insurance_claim_no=health_insurance_id~pattern:CLM####### payment_method=none~one:cash/card
`,
  },
  {
    name: "campus",
    locale: "en_US",
    tables: `
mdl_user 200 | id:int=none~seq auth=none~one:manual/ldap username=username password=password idnumber=person_number~pattern:S####### firstname=given_name lastname=family_name email=email phone1=phone phone2=phone institution=organization_name department=none~department address=postal_address city=city country=country_region~country2 lang=none~one:en/es timezone=none~one:99/UTC lastip=ip_address secret=secret_token~b64:15 picture:int=none~int:0..1 description=free_text confirmed:bool=none
grades 200 | id:int=none~seq userid:int=none~ref:mdl_user itemid:int=none finalgrade:numeric=education~dec:0..100 feedback=free_text timemodified:timestamptz=none
course 40 | id:int=none~seq fullname=none~words shortname=none~upper:6 summary=none~sentence startdate:date=none format=none~one:weeks/topics
forum_posts 200 | id:int=none~seq userid:int=none~ref:mdl_user subject=free_text~sentence message=free_text created:timestamptz=none
logstore 200 | id:int=none~seq eventname=none~words action=none~one:viewed/created userid:int=none~ref:mdl_user ip=ip_address origin=none~one:web/cli
library_loans 100 | loan_id:int=none~seq borrower_card_no=person_number~digits:10 isbn=none~digits:13 due_on:date=none fine:numeric=none~amount
applicants 100 | app_id:int=none~seq full_nm=person_name dob:date=birth_date sat_score:int=education~int:400..1600 ethnicity=ethnicity~one:Asian/White/Black parent_name=person_name parent_income:int=income essay=free_text citizenship=nationality~country
`,
  },
  {
    name: "hotel_german",
    locale: "de",
    tables: `
gaeste 200 | gast_nr:int=none~seq anrede=none~one:Herr/Frau titel=none~one:Dr./Prof. nachname=family_name vorname=given_name strasse_hausnr=postal_address plz_ort=postal_address~street land=country_region~country telefon=phone mail=email ausweis_nr=national_id~pattern:L######## nationalitaet=nationality~country geburtstag:date=birth_date kfz_kennzeichen=vehicle_id~plate firma=organization_name bemerkungen=free_text newsletter:bool=none
buchungen 200 | buchung_id:int=none~seq gast_nr:int=none~ref:gaeste zimmer_nr:int=none~int:100..400 anreise:date=none abreise:date=none gesamtpreis:numeric=money_amount~amount status=none~one:offen/bezahlt sonderwuensche=free_text kreditkartennr=pan karte_gueltig_bis=card_expiry~pattern:##/##
zimmer 40 | zimmer_nr:int=none~seq kategorie=none~one:Einzel/Doppel preis:numeric=none~amount beschreibung=none~sentence
personal 40 | pers_nr:int=none~seq name=family_name vorname=given_name geburtsdatum:date=birth_date gehalt:numeric=income iban=iban krankenkasse=organization_name~company sozialversicherungsnr=national_id~pattern:########M### eintritt:date=none handy=phone benutzername=username kennwort=password
lieferanten 30 | lieferant_id:int=none~seq firmenname=organization_name ansprechpartner=person_name telefonnr=phone steuernr=tax_id~pattern:###/###/##### kontonr=bank_account
minibar 60 | artikel_id:int=none~seq bezeichnung=none~product bestand:int=none einzelpreis:numeric=none~amount
rechnungspositionen 200 | pos_id:int=none~seq buchung_id:int=none~ref:buchungen text=none~words menge:int=none~int:1..9 betrag:numeric=money_amount~amount
`,
  },
  {
    name: "network",
    locale: "en_US",
    tables: `
accounts 200 | id:int=none~seq username=username domain=none~url display_name=person_name note=free_text private_key=private_key~pem public_key=none~b64:120 avatar_file_name=none~file locked:bool=none followers_count:int=none uri=none~url
users 200 | id:int=none~seq account_id:int=none~ref:accounts email=email encrypted_password=password sign_up_ip:inet=ip_address~ip current_sign_in_at:timestamptz=none confirmation_token=secret_token otp_backup_codes:text[]=otp_recovery~tags chosen_languages:text[]=none~tags invite_code=secret_token~b64:8 webauthn_id=none~b64:40
statuses 200 | id:int=none~seq account_id:int=none~ref:accounts text=free_text spoiler_text=free_text~words language=none~one:en/de sensitive:bool=none visibility:int=none~int:0..3 url=none~url created_at:timestamptz=none
subscribers_telecom 200 | msisdn=phone~phone_e164 imsi=device_id~digits:15 customer_name=person_name id_number=national_id~digits:9 activation_date:date=none plan=none~one:S/M/L
call_records 200 | cdr_id:int=none~seq calling_number=phone~phone_e164 called_number=phone~phone_e164 started_at:timestamptz=none duration_sec:int=none cell_id=none~digits:8 imei=device_id~imei
stripe_customers 100 | id=none~pattern:cus_??####?? email=email name=person_name default_source=secret_token~pattern:card_??????## currency=none~one:usd/eur balance:int=money_amount~int:0..9000 metadata:jsonb=structured_doc~json_person
charges 200 | id=none~pattern:ch_??####?? amount:int=money_amount~int:100..9000 receipt_email=email card_last4=payment_metadata~digits:4 card_brand=payment_metadata~one:visa/amex billing_name=person_name failure_code=none~null livemode:bool=none
servers 40 | id:int=none~seq hostname=none~pattern:srv-### ip_address=ip_address mac=device_id os=none~one:linux/bsd ssh_host_key=none~b64:68 rack=none~pattern:R##
vehicles 100 | vehicle_id:int=none~seq owner_name=person_name vin=vehicle_id registration_no=vehicle_id~plate make=none~one:Ford/Audi model_year:int=none~int:1990..2025 odometer:int=none
incidents 100 | incident_id:int=none~seq suspect_name=person_name offense=criminal_record~one:theft/fraud arrest_date:date=criminal_record~date officer_badge_no=person_number~digits:5 narrative=free_text latitude:numeric=geo_point~lat longitude:numeric=geo_point~lon
`,
  },
];
