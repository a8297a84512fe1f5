import { type Jurisdiction, sameClock } from './zones';

/** A state, district, territory or province. */
export interface State {
  jurisdiction: Jurisdiction;
  /** English names; the first is the usual one. */
  names: readonly string[];
  /** The zones of county-sized parts of it. */
  zones: readonly string[];
}

/**
 * Each line has a code, names and zones. Of the clocks of a state those count that a county or more lives by:
 * neither the few towns beyond a border that keep their neighbour's time, nor single islands.
 */
const UNITED_STATES = `
  AL|Alabama|America/Chicago
  AK|Alaska|America/Anchorage America/Adak
  AZ|Arizona|America/Phoenix America/Denver
  AR|Arkansas|America/Chicago
  CA|California|America/Los_Angeles
  CO|Colorado|America/Denver
  CT|Connecticut|America/New_York
  DE|Delaware|America/New_York
  DC|District of Columbia,Washington DC,Washington D C|America/New_York
  FL|Florida|America/New_York America/Chicago
  GA|Georgia|America/New_York
  HI|Hawaii|Pacific/Honolulu
  ID|Idaho|America/Boise America/Los_Angeles
  IL|Illinois|America/Chicago
  IN|Indiana|America/Indiana/Indianapolis America/Chicago
  IA|Iowa|America/Chicago
  KS|Kansas|America/Chicago America/Denver
  KY|Kentucky|America/New_York America/Chicago
  LA|Louisiana|America/Chicago
  ME|Maine|America/New_York
  MD|Maryland|America/New_York
  MA|Massachusetts|America/New_York
  MI|Michigan|America/Detroit America/Chicago
  MN|Minnesota|America/Chicago
  MS|Mississippi|America/Chicago
  MO|Missouri|America/Chicago
  MT|Montana|America/Denver
  NE|Nebraska|America/Chicago America/Denver
  NV|Nevada|America/Los_Angeles America/Denver
  NH|New Hampshire|America/New_York
  NJ|New Jersey|America/New_York
  NM|New Mexico|America/Denver
  NY|New York|America/New_York
  NC|North Carolina|America/New_York
  ND|North Dakota|America/Chicago America/Denver
  OH|Ohio|America/New_York
  OK|Oklahoma|America/Chicago
  OR|Oregon|America/Los_Angeles America/Boise
  PA|Pennsylvania|America/New_York
  RI|Rhode Island|America/New_York
  SC|South Carolina|America/New_York
  SD|South Dakota|America/Chicago America/Denver
  TN|Tennessee|America/New_York America/Chicago
  TX|Texas|America/Chicago America/Denver
  UT|Utah|America/Denver
  VT|Vermont|America/New_York
  VA|Virginia|America/New_York
  WA|Washington,Washington State|America/Los_Angeles
  WV|West Virginia|America/New_York
  WI|Wisconsin|America/Chicago
  WY|Wyoming|America/Denver`;

const TERRITORIES = `
  PR|Puerto Rico|America/Puerto_Rico
  VI|US Virgin Islands,United States Virgin Islands,Virgin Islands,U S Virgin Islands|America/St_Thomas
  GU|Guam|Pacific/Guam
  MP|Northern Mariana Islands|Pacific/Saipan
  AS|American Samoa|Pacific/Pago_Pago`;

const PROVINCES = `
  AB|Alberta|America/Edmonton
  BC|British Columbia|America/Vancouver America/Edmonton
  MB|Manitoba|America/Winnipeg
  NB|New Brunswick|America/Halifax
  NL|Newfoundland and Labrador,Newfoundland Labrador,Newfoundland,Labrador|America/St_Johns America/Halifax
  NS|Nova Scotia|America/Halifax
  NT|Northwest Territories|America/Edmonton
  NU|Nunavut|America/Iqaluit America/Rankin_Inlet America/Cambridge_Bay
  ON|Ontario|America/Toronto America/Winnipeg
  PE|Prince Edward Island,PEI|America/Halifax
  QC|Quebec|America/Toronto America/Halifax
  SK|Saskatchewan|America/Regina
  YT|Yukon,Yukon Territory|America/Whitehorse`;

/** The codes that Quebec, and Newfoundland before it took in Labrador's name, had. */
const FORMER_CODES = { pq: 'qc', nf: 'nl' };

const FIFTY_STATES = statesOf('US', UNITED_STATES);
const CANADA = statesOf('CA', PROVINCES);
const STATES = [...FIFTY_STATES, ...statesOf('US', TERRITORIES), ...CANADA];

const byJurisdiction = new Map(STATES.map((state) => [state.jurisdiction, state]));
const byName = new Map(STATES.flatMap((state) => state.names.map((name) => [name.toLowerCase(), state] as const)));
const byCode = new Map(STATES.map((state) => [state.jurisdiction.slice(3).toLowerCase(), state]));
for (const [former, code] of Object.entries(FORMER_CODES)) byCode.set(former, byCode.get(code)!);

/** The 50 states and the District of Columbia. */
export const STATE_JURISDICTIONS: readonly Jurisdiction[] = FIFTY_STATES.map(({ jurisdiction }) => jurisdiction);
/** The zones that lie in them. */
export const STATE_ZONES: readonly string[] = [...new Set(FIFTY_STATES.flatMap(({ zones }) => zones))];
const CANADIAN_ZONES: readonly string[] = [...new Set(CANADA.flatMap(({ zones }) => zones))];
/**
 * Zones of Canada that no state of the list needs, because they show what others show or are of a few
 * towns.
 */
const OTHER_CANADIAN_ZONES = new Set(
  `Atikokan Blanc-Sablon Coral_Harbour Creston Dawson Dawson_Creek Fort_Nelson Glace_Bay Goose_Bay Inuvik Moncton Montreal
   Nipigon Pangnirtung Rainy_River Resolute Swift_Current Thunder_Bay Yellowknife`
    .split(/\s+/)
    .map((city) => `America/${city}`),
);
export const ALL_STATES: readonly State[] = STATES;

export function stateOfJurisdiction(jurisdiction: Jurisdiction): State | undefined {
  return byJurisdiction.get(jurisdiction);
}

/** @param code two letters, in any case */
export function stateOfCode(code: string): State | undefined {
  return byCode.get(code.toLowerCase());
}

/** @param name English, in small letters, without accents and points */
export function stateOfName(name: string): State | undefined {
  return byName.get(name);
}

export function isCanadianZone(zone: string): boolean {
  return CANADIAN_ZONES.includes(zone) || OTHER_CANADIAN_ZONES.has(zone) || zone.startsWith('Canada/');
}

/** The states, out of the 50 and the District of Columbia, in which clocks show what they show in a zone. */
export function statesOnClock(zone: string): Jurisdiction[] {
  return FIFTY_STATES.filter(({ zones }) => zones.some((each) => sameClock(each, zone))).map(({ jurisdiction }) => jurisdiction);
}

function statesOf(country: string, table: string): State[] {
  return table
    .trim()
    .split(/\n\s*/)
    .map((line) => {
      const [code, names, zones] = line.split('|') as [string, string, string];
      return { jurisdiction: `${country}-${code}`, names: names.split(','), zones: zones.split(' ') };
    });
}
