import type { HeldOutSchema } from "./schema";

/** Schemas that hold little or nothing of people: what is found in them is mostly wrong. */
export const thingSchemas: readonly HeldOutSchema[] = [
  {
    name: "things",
    locale: "en_US",
    tables: `
products 200 | id:int=none~seq sku=none~pattern:SKU-##### name=none~product brand=none~company description=none~sentence price:numeric=none~amount weight:numeric=none~dec:0..40 height:numeric=none~dec:0..40 barcode=none~digits:13 hs_code=none~digits:10 color=none~color attributes:jsonb=none~json_thing created_at:timestamptz=none
product_categories 20 | id:int=none~seq name=none~department slug=none~word parent_id:int=none~int:1..20
warehouses 12 | id:int=none~seq code=none~upper:4 name=none~pattern:Hall-## capacity:int=none
inventory_movements 200 | id:int=none~seq product_id:int=none~ref:products quantity:int=none reason=none~one:sale/return/damage moved_at:timestamptz=none batch_number=none~digits:10
app_logs 200 | id:int=none~seq level=none~one:info/warn/error logger=none~word message=none~sentence request_id:uuid=none~uuid duration_ms:int=none host=none~pattern:web-## trace_id=none~hex:32 logged_at:timestamptz=none
metrics 200 | id:int=none~seq metric_name=none~word value:numeric=none~dec:0..9000 unit=none~one:ms/bytes/count labels:jsonb=none~json_thing collected_at:timestamptz=none
settings 40 | key=none~word value=none~word description=none~sentence updated_at:timestamptz=none
feature_flags 30 | id:int=none~seq name=none~word enabled:bool=none rollout_percent:int=none~int:0..100
jobs 200 | id:int=none~seq job_name=none~word schedule=none~cron status=none~one:done/failed attempts:int=none~int:0..5 started_at:timestamptz=none finished_at:timestamptz=none error_message=none~sentence
releases 40 | id:int=none~seq version=none~semver commit_hash=none~hex:40 checksum=none~hex:64 released_on:date=none notes=none~sentence
currencies 20 | code=none~upper:3 name=none~word symbol=none~pattern:? rate:numeric=none~dec:0..9
languages 20 | code=none~upper:2 name=none~word
time_zones 20 | id:int=none~seq name=none~word utc_offset:int=none~int:-12..12
exchange_rates 200 | base=none~upper:3 quote=none~upper:3 rate:numeric=none~dec:0..9 quoted_on:date=none
files 100 | id:int=none~seq path=none~file mime_type=none~mime size_bytes:int=none sha256=none~hex:64 uploaded_at:timestamptz=none
sensors 60 | id:int=none~seq model=none~pattern:MX-### firmware=none~semver location=none~pattern:Rack-## temperature:numeric=none~dec:0..90 last_seen:timestamptz=none
sensor_readings 200 | sensor_id:int=none~ref:sensors reading:numeric=none~dec:0..90 measured_at:timestamptz=none
books 100 | isbn=none~digits:13 title=none~title pages:int=none publisher=organization_name~company published:date=none author=person_name
movies 60 | id:int=none~seq title=none~title plot=none~sentence runtime:int=none director=person_name genre=none~one:drama/comedy rating:numeric=none~dec:0..9
songs 60 | id:int=none~seq title=none~words duration:int=none bpm:int=none track_number:int=none~int:1..20
recipes 60 | id:int=none~seq title=none~words instructions=none~sentence servings:int=none~int:1..9
vehicles_models 40 | id:int=none~seq make=none~one:Ford/Fiat/Audi model=none~word year:int=none~int:1990..2025 engine_size:numeric=none~dec:1..5
menu_items 40 | id:int=none~seq label=none~word url=none~url position:int=none~int:1..20 icon=none~word
translations 100 | id:int=none~seq locale=none~one:en/de/fr key=none~word text=none~words
email_templates 20 | id:int=none~seq name=none~word subject=none~words body=none~sentence
page_views 200 | id:int=none~seq path=none~file status_code:int=none~int:200..504 referrer=none~url viewed_at:timestamptz=none bytes_sent:int=none
schema_migrations 40 | version=none~digits:14 applied_at:timestamptz=none checksum=none~hex:32
order_lines 200 | id:int=none~seq order_id:int=none~int:1..90 product_id:int=none~ref:products qty:int=none unit_price:numeric=none~amount tax_rate:numeric=none~dec:0..1
`,
  },
  {
    name: "geography",
    locale: "en_US",
    tables: `
countries 60 | iso2=country_region~country2 name=country_region~country capital=city~city population:int=none area_km2:numeric=none~dec:100..9000 phone_prefix=none~pattern:+## currency_code=none~upper:3
regions 60 | id:int=none~seq country_iso2=country_region~country2 name=country_region~state
cities 200 | id:int=none~seq name=city region_id:int=none~ref:regions population:int=none latitude:numeric=geo_point~lat longitude:numeric=geo_point~lon
airports 60 | iata=none~upper:3 name=none~pattern:???_Airport city=city elevation_ft:int=none
rivers 40 | id:int=none~seq name=none~word length_km:int=none
`,
  },
];
