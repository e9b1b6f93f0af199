import type { HeldOutSchema } from "./schema";

/** Schemas after well-known ones: forums, blogs, sign-in of web applications, banks, subscriptions. */
export const webSchemas: readonly HeldOutSchema[] = [
  {
    name: "forum",
    locale: "en_US",
    tables: `
users 200 | id:int=none~seq reputation:int=none creationdate:timestamptz=none displayname=username~user lastaccessdate:timestamptz=none websiteurl=none~url location=city~city aboutme=free_text views:int=none upvotes:int=none downvotes:int=none emailhash=email~hex:32 age:int=age accountid:int=none
posts 200 | id:int=none~seq posttypeid:int=none~int:1..2 acceptedanswerid:int=none score:int=none viewcount:int=none body=free_text owneruserid:int=none~ref:users lasteditordisplayname=username~user title=none~words tags=none~word answercount:int=none
comments 200 | id:int=none~seq postid:int=none~ref:posts score:int=none text=free_text creationdate:timestamptz=none userid:int=none~ref:users
badges 100 | id:int=none~seq userid:int=none~ref:users name=none~word date:timestamptz=none
votes 200 | id:int=none~seq postid:int=none~ref:posts votetypeid:int=none~int:1..10 creationdate:timestamptz=none
tags 40 | id:int=none~seq tagname=none~word count:int=none
`,
  },
  {
    name: "blog",
    locale: "en_US",
    tables: `
wp_users 100 | ID:int=none~seq user_login=username user_pass=password user_nicename=username~user user_email=email user_url=none~url user_registered:timestamptz=none user_activation_key=secret_token user_status:int=none~int:0..1 display_name=person_name
wp_usermeta 200 | umeta_id:int=none~seq user_id:int=none~ref:wp_users meta_key=none~word meta_value=none~words
wp_posts 100 | ID:int=none~seq post_author:int=none~ref:wp_users post_date:timestamptz=none post_content=none~sentence post_title=none~words post_excerpt=none~words post_status=none~one:publish/draft comment_status=none~one:open/closed post_password=password~null post_name=none~word post_modified:timestamptz=none guid=none~url menu_order:int=none post_type=none~one:post/page comment_count:int=none
wp_comments 200 | comment_ID:int=none~seq comment_post_ID:int=none~ref:wp_posts comment_author=person_name comment_author_email=email comment_author_url=none~url comment_author_IP=ip_address comment_date:timestamptz=none comment_content=free_text comment_karma:int=none comment_approved=none~one:0/1 comment_agent=user_agent user_id:int=none~int:1..100
wp_options 60 | option_id:int=none~seq option_name=none~word option_value=none~words autoload=none~one:yes/no
wp_terms 40 | term_id:int=none~seq name=none~word slug=none~word
`,
  },
  {
    name: "sign_in",
    locale: "en_GB",
    tables: `
users 200 | id:int=none~seq email=email encrypted_password=password reset_password_token=secret_token reset_password_sent_at:timestamptz=none remember_created_at:timestamptz=none sign_in_count:int=none current_sign_in_at:timestamptz=none current_sign_in_ip:inet=ip_address~ip last_sign_in_ip:inet=ip_address~ip confirmation_token=secret_token confirmed_at:timestamptz=none unconfirmed_email=email failed_attempts:int=none unlock_token=secret_token otp_secret=otp_recovery~base32:32 otp_required_for_login:bool=none otp_backup_codes:text[]=otp_recovery~tags name=person_name username=username avatar=person_image~file admin:bool=none locale=none~one:en/de bio=free_text public_email=email notification_email=email theme_id:int=none~int:1..5 created_at:timestamptz=none
identities 200 | id:int=none~seq user_id:int=none~ref:users provider=none~one:google/github extern_uid=username~digits:20 access_token=secret_token refresh_token=secret_token expires_at:timestamptz=none
keys 100 | id:int=none~seq user_id:int=none~ref:users title=none~words key=private_key~pem fingerprint=none~hex:32 last_used_at:timestamptz=none
sessions 200 | session_id=secret_token user_id:int=none~ref:users ip_address=ip_address user_agent=user_agent data:jsonb=structured_doc~json_person updated_at:timestamptz=none
audit_events 200 | id:int=none~seq author_id:int=none~ref:users entity_type=none~one:User/Group details:jsonb=structured_doc~json_person ip_address:inet=ip_address~ip created_at:timestamptz=none
oauth_applications 20 | id:int=none~seq name=none~word uid=none~hex:32 secret=secret_token redirect_uri=none~url scopes=none~word confidential:bool=none
webhooks 20 | id:int=none~seq url=none~url signing_secret=secret_token push_events:bool=none
`,
  },
  {
    name: "bank",
    locale: "en_US",
    tables: `
client 200 | client_id:int=none~seq full_name=person_name ssn=national_id mother_maiden_name=family_name email=email phone_1=phone address=postal_address city=city zip=postal_code occupation=job_title annual_income:numeric=income credit_score:int=income~int:300..850 risk_rating=none~one:low/high kyc_status=none~one:ok/open passport_number=passport~pattern:######### 
account 200 | account_id:int=none~seq client_id:int=none~ref:client account_number=bank_account routing_number=payment_metadata~digits:9 account_type=none~one:checking/savings balance:numeric=money_amount~amount currency=none~one:USD/EUR opened_on:date=none
trans 200 | trans_id:int=none~seq account_id:int=none~ref:account amount:numeric=money_amount~amount balance_after:numeric=money_amount~amount k_symbol=none~one:SIPO/UVER counterparty_iban=iban counterparty_name=person_name description=free_text~note booked_at:timestamptz=none
card 200 | card_id:int=none~seq account_id:int=none~ref:account card_number=pan~visa cvv=card_security pin_hash=card_security~hex:64 expiry_date:date=card_expiry~future name_on_card=person_name type=payment_metadata~one:gold/classic issued:date=none
loan 100 | loan_id:int=none~seq account_id:int=none~ref:account amount:numeric=money_amount~amount duration:int=none~int:12..60 payments:numeric=money_amount~amount status=none~one:A/B
branch 12 | branch_id:int=none~seq branch_name=none~words address=postal_address phone=phone swift_code=payment_metadata~bic
district 60 | district_id:int=none~seq a2=city~city a3=country_region~state a4:int=none a11:int=none~int:8000..12000
`,
  },
  {
    name: "insurance",
    locale: "en_US",
    tables: `
policyholders 200 | id:int=none~seq name=person_name dob:date=birth_date gender=gender ssn=national_id license_number=driver_licence~pattern:D####### address_line_1=postal_address city=city state=country_region~state zip_code=postal_code mobile=phone email=email smoker:bool=diagnosis bmi:numeric=lab_vital~dec:17..40 marital_status=marital_family~one:S/M
policies 200 | id:int=none~seq policy_number=health_insurance_id~pattern:PN######## policyholder_id:int=none~ref:policyholders type=none~one:auto/home premium:numeric=money_amount~amount start_date:date=none end_date:date=none agent_name=person_name beneficiary=person_name
claims 200 | id:int=none~seq policy_id:int=none~ref:policies claim_number=none~pattern:CL###### incident_date:date=none incident_description=free_text~note claim_amount:numeric=money_amount~amount status=none~one:open/paid adjuster=person_name vehicle_vin=vehicle_id~vin police_report_number=none~pattern:PR-####
students 100 | student_id=person_number~pattern:S###### first_nm=given_name last_nm=family_name dob:date=birth_date gpa:numeric=education~dec:0..4 major=education~one:Maths/Law guardian_name=person_name guardian_phone=phone enrolled_on:date=none
tickets 200 | ticket_id:int=none~seq requester_email=email requester_name=person_name subject=free_text~note description=free_text~note priority=none~one:low/high assignee=person_name created_at:timestamptz=none resolution=free_text~note
leads 200 | lead_id:int=none~seq salutation=none~one:Mr/Ms first_name=given_name last_name=family_name company=organization_name title=job_title~job lead_source=none~one:web/fair phone=phone mobile_phone=phone email=email website=none~url annual_revenue:numeric=money_amount~amount no_of_employees:int=none industry=none~word rating=none~one:hot/cold do_not_call:bool=none
subscribers 100 | msisdn=phone~phone_e164 imsi=device_id~digits:15 imei=device_id~imei iccid=device_id~digits:19 tariff=none~one:S/M/L activated_on:date=none
trips 100 | id:int=none~seq driver_name=person_name pickup_latitude:numeric=geo_point~lat pickup_longitude:numeric=geo_point~lon plate=vehicle_id~plate fare:numeric=money_amount~amount distance_km:numeric=none~dec:1..50
`,
  },
];
