import type { HeldOutSchema } from "./schema";

/** Schemas after well-known ones: sales, staff, records of health. */
export const knownSchemas: readonly HeldOutSchema[] = [
  {
    name: "adventure",
    locale: "en_US",
    tables: `
person 200 | businessentityid:int=none~seq persontype=none~one:EM/SC/IN namestyle:bool=none title=none~one:Mr./Ms. firstname=given_name middlename=given_name lastname=family_name suffix=none~one:Jr./Sr. emailpromotion:int=none~int:0..2 additionalcontactinfo:xml=structured_doc~xml_person demographics:xml=structured_doc~xml_person rowguid:uuid=none modifieddate:timestamptz=none
emailaddress 200 | emailaddressid:int=none~seq businessentityid:int=none~ref:person emailaddress=email rowguid:uuid=none modifieddate:timestamptz=none
password 200 | businessentityid:int=none~seq passwordhash=password~b64:44 passwordsalt=password~b64:8 modifieddate:timestamptz=none
personphone 200 | businessentityid:int=none~ref:person phonenumber=phone phonenumbertypeid:int=none~int:1..3
address 200 | addressid:int=none~seq addressline1=postal_address addressline2=postal_address~street2 city=city stateprovinceid:int=none~int:1..50 postalcode=postal_code spatiallocation=geo_point~hex:44 modifieddate:timestamptz=none
addresstype 6 | addresstypeid:int=none~seq name=none~one:Billing/Home/Shipping
stateprovince 50 | stateprovinceid:int=none~seq stateprovincecode=country_region~upper:2 countryregioncode=country_region~country2 isonlystateprovinceflag:bool=none name=country_region~state
countryregion 60 | countryregioncode=country_region~country2 name=country_region~country
employee 200 | businessentityid:int=none~seq nationalidnumber=national_id~digits:9 loginid=username~domain_user jobtitle=job_title birthdate:date=birth_date maritalstatus=marital_family~one:S/M gender=gender hiredate:date=none salariedflag:bool=none vacationhours:int=none~int:0..99 sickleavehours:int=none~int:20..70 currentflag:bool=none organizationnode=none~pattern:/#/#/
employeepayhistory 200 | businessentityid:int=none~ref:employee ratechangedate:timestamptz=none rate:numeric=income~dec:6..90 payfrequency:int=none~int:1..2
department 16 | departmentid:int=none~seq name=none~department groupname=none~department
jobcandidate 13 | jobcandidateid:int=none~seq businessentityid:int=none~int:1..20 resume:xml=structured_doc~xml_person
creditcard 200 | creditcardid:int=none~seq cardtype=payment_metadata~one:Vista/Distinguish cardnumber=pan expmonth:int=card_expiry~int:1..12 expyear:int=card_expiry~int:2005..2008
customer 200 | customerid:int=none~seq personid:int=none~int:1..200 storeid:int=none~int:1..20 territoryid:int=none~int:1..10
salesorderheader 200 | salesorderid:int=none~seq revisionnumber:int=none~int:1..9 orderdate:timestamptz=none duedate:timestamptz=none shipdate:timestamptz=none status:int=none~int:1..6 onlineorderflag:bool=none purchaseordernumber=none~pattern:PO######## customerid:int=none~ref:customer creditcardid:int=none~ref:creditcard creditcardapprovalcode=payment_metadata~pattern:######Vi##### subtotal:numeric=money_amount~amount taxamt:numeric=money_amount~amount freight:numeric=none~amount totaldue:numeric=money_amount~amount comment=free_text~null
salesperson 17 | businessentityid:int=none~seq salesquota:numeric=none~amount bonus:numeric=income commissionpct:numeric=income~dec:0..1 salesytd:numeric=none~amount
store 50 | businessentityid:int=none~seq name=organization_name demographics:xml=structured_doc~xml_person
vendor 50 | businessentityid:int=none~seq accountnumber=bank_account~pattern:????????0001 name=organization_name creditrating:int=none~int:1..5 purchasingwebserviceurl=none~url
product 100 | productid:int=none~seq name=none~product productnumber=none~pattern:??-#### makeflag:bool=none color=none~color safetystocklevel:int=none standardcost:numeric=none~amount listprice:numeric=none~amount size=none~one:S/M/L weight:numeric=none~dec:1..90 productline=none~one:R/M/T class=none~one:H/L style=none~one:U/W sellstartdate:timestamptz=none
productreview 40 | productreviewid:int=none~seq productid:int=none~ref:product reviewername=person_name reviewdate:timestamptz=none emailaddress=email rating:int=none~int:1..5 comments=free_text
productphoto 10 | productphotoid:int=none~seq thumbnailphoto:bytea=none~bytes thumbnailphotofilename=none~file largephoto:bytea=none~jpeg
document 10 | documentnode=none~pattern:/#/ title=none~words owner:int=none~int:1..20 filename=none~file fileextension=none~one:.doc/.pdf changenumber:int=none documentsummary=none~sentence document:bytea=file_content~bytes
transactionhistory 200 | transactionid:int=none~seq productid:int=none~ref:product referenceorderid:int=none transactiondate:timestamptz=none transactiontype=none~one:W/S quantity:int=none actualcost:numeric=none~amount
shipmethod 5 | shipmethodid:int=none~seq name=none~word shipbase:numeric=none~amount shiprate:numeric=none~amount
`,
  },
  {
    name: "staff",
    locale: "en_US",
    tables: `
employees 200 | emp_no:int=none~seq birth_date:date=birth_date first_name=given_name last_name=family_name gender=gender hire_date:date=none
salaries 200 | emp_no:int=none~ref:employees salary:int=income from_date:date=none to_date:date=none
titles 200 | emp_no:int=none~ref:employees title=job_title from_date:date=none to_date:date=none
departments 9 | dept_no=none~pattern:d### dept_name=none~department
dept_manager 24 | emp_no:int=none~ref:employees dept_no=none~pattern:d### from_date:date=none
jobs 19 | job_id=none~upper:6 job_title=job_title min_salary:int=none~int:2000..9000 max_salary:int=none~int:9000..40000
locations 23 | location_id:int=none~seq street_address=postal_address postal_code=postal_code city=city state_province=country_region~state country_id=country_region~country2
dependents 60 | dependent_id:int=none~seq first_name=given_name last_name=family_name relationship=marital_family~one:Child/Spouse employee_id:int=none~int:1..200
`,
  },
  {
    name: "synthetic_health",
    locale: "en_US",
    tables: `
patients 200 | id:uuid=none birthdate:date=birth_date deathdate:date=health_date ssn=national_id drivers=driver_licence~pattern:S######## passport=passport~pattern:X########X prefix=none~one:Mr./Mrs. first=given_name last=family_name suffix=none~one:MD/PhD maiden=family_name marital=marital_family~one:M/S race=ethnicity~one:white/black/asian ethnicity=ethnicity~one:hispanic/nonhispanic gender=gender birthplace=nationality~city address=postal_address city=city state=country_region~state county=city~city zip=postal_code lat:numeric=geo_point~lat lon:numeric=geo_point~lon healthcare_expenses:numeric=money_amount~amount income:int=income
encounters 200 | id:uuid=none start:timestamptz=health_date~ts stop:timestamptz=health_date~ts patient:uuid=none organization:uuid=none provider:uuid=none encounterclass=none~one:wellness/inpatient code=treatment~digits:8 description=treatment~words base_encounter_cost:numeric=money_amount~amount reasoncode=diagnosis~digits:8 reasondescription=diagnosis~words
conditions 200 | start:date=health_date stop:date=health_date patient:uuid=none encounter:uuid=none code=diagnosis~digits:8 description=diagnosis~words
medications 200 | start:timestamptz=health_date~ts stop:timestamptz=health_date~ts patient:uuid=none code=treatment~digits:6 description=treatment~words dispenses:int=treatment~int:1..9 totalcost:numeric=money_amount~amount reasoncode=diagnosis~digits:8 reasondescription=diagnosis~words
observations 200 | date:timestamptz=health_date~ts patient:uuid=none encounter:uuid=none code=lab_vital~pattern:####-# description=lab_vital~words value=lab_vital~dec:1..90 units=lab_vital~one:kg/cm type=none~one:numeric/text
allergies 60 | start:date=health_date patient:uuid=none code=diagnosis~digits:8 description=diagnosis~words
immunizations 200 | date:timestamptz=health_date~ts patient:uuid=none code=treatment~digits:3 description=treatment~words
procedures 200 | date:timestamptz=health_date~ts patient:uuid=none code=treatment~digits:8 description=treatment~words base_cost:numeric=money_amount~amount reasondescription=diagnosis~words
careplans 100 | id:uuid=none start:date=health_date patient:uuid=none code=treatment~digits:8 description=treatment~words
devices 60 | start:timestamptz=health_date~ts patient:uuid=none code=treatment~digits:8 description=treatment~words udi=device_id~digits:40
organizations 40 | id:uuid=none name=organization_name address=postal_address city=city state=country_region~state zip=postal_code lat:numeric=geo_point~lat lon:numeric=geo_point~lon phone=phone revenue:numeric=money_amount~amount utilization:int=none
providers 60 | id:uuid=none organization:uuid=none name=person_name gender=gender speciality=job_title~one:GENERAL/SURGERY address=postal_address city=city zip=postal_code
payers 10 | id:uuid=none name=organization_name address=postal_address phone=phone amount_covered:numeric=money_amount~amount member_months:int=none
`,
  },
  {
    name: "intensive_care",
    locale: "en_US",
    tables: `
patients 200 | subject_id:int=none~seq gender=gender anchor_age:int=age~age dod:date=health_date
admissions 200 | hadm_id:int=none~seq subject_id:int=none~ref:patients admittime:timestamptz=health_date~ts dischtime:timestamptz=health_date~ts deathtime:timestamptz=health_date~ts admission_type=none~one:URGENT/ELECTIVE language=none~one:ENGLISH/SPANISH marital_status=marital_family~one:SINGLE/MARRIED race=ethnicity~one:WHITE/BLACK/ASIAN hospital_expire_flag:int=none~int:0..1
diagnoses_icd 200 | subject_id:int=none~ref:patients hadm_id:int=none~ref:admissions seq_num:int=none~int:1..9 icd_code=diagnosis~icd icd_version:int=none~int:9..10
d_icd_diagnoses 60 | icd_code=none~icd icd_version:int=none~int:9..10 long_title=none~words
labevents 200 | labevent_id:int=none~seq subject_id:int=none~ref:patients itemid:int=none~int:1..40 charttime:timestamptz=health_date~ts value=lab_vital~dec:1..90 valuenum:numeric=lab_vital~dec:1..90 valueuom=lab_vital~one:mg/mL flag=lab_vital~one:abnormal/normal
d_labitems 40 | itemid:int=none~seq label=none~word fluid=none~one:Blood/Urine category=none~one:Chemistry/Hematology
prescriptions 200 | subject_id:int=none~ref:patients starttime:timestamptz=health_date~ts stoptime:timestamptz=health_date~ts drug=treatment~word ndc=treatment~digits:11 dose_val_rx=treatment~int:1..900 route=treatment~one:PO/IV
noteevents 100 | row_id:int=none~seq subject_id:int=none~ref:patients charttime:timestamptz=health_date~ts category=none~one:Nursing/Radiology text=free_text
`,
  },
];
