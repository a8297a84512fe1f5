import { countryOfPhone } from '#libs/contact-methods';
import { timezoneOfFields } from '#libs/send-window';
import { areaCodeOf, AREAS, islandOfCode, isTollFree } from './area-codes';
import { stateOfFields } from './state-field';
import { isCanadianZone, STATE_JURISDICTIONS, STATE_ZONES, statesOnClock } from './states';
import { countryOfZone, type Jurisdiction, zonesOfCountry } from './zones';

/** Where a person is, as far as is known: what time it may be there, and whose rules may hold. */
export interface Place {
  /** All that the clock may be; hours must be allowed in each. */
  readonly zones: readonly string[];
  /** All whose rules may hold; hours must be allowed by each. */
  readonly jurisdictions: readonly Jurisdiction[];
  readonly tollFree: boolean;
  /** What the clock was taken from. */
  readonly from: 'timezone' | 'state' | 'area_code' | 'country' | 'none';
}

/** What is known of a person. */
export interface Whereabouts {
  /** E.164. */
  phone: string | null;
  customFields: Readonly<Record<string, unknown>>;
}

/** Territories of the United States that have the code of a country as well. */
const TERRITORIES: ReadonlySet<string> = new Set(['PR', 'VI', 'GU', 'MP', 'AS']);

type Where = Omit<Place, 'tollFree'>;

/**
 * Any of the 50 states: of toll-free numbers, and also where nothing is known. No hour of the day is fit
 * for the whole world, and the strictest that leaves some is the country that nearly all numbers of this
 * product belong to, with all its zones and the rules of all its states.
 */
const ANYWHERE: Where = { zones: STATE_ZONES, jurisdictions: STATE_JURISDICTIONS, from: 'none' };

/**
 * The place of a person. A zone in the custom fields decides the clock, else a state there does, with all
 * of its clocks, else the area code, else the country of the number. The rules are those of the state in
 * the custom fields, else of the area code or country, also where a zone speaks for another state: that is
 * where the number is registered. Where the zone lies in another country, its rules hold beside them.
 */
export function placeOf({ phone, customFields }: Whereabouts): Place {
  const code = phone === null ? null : areaCodeOf(phone);
  const tollFree = code !== null && isTollFree(code);
  const state = stateOfFields(customFields, phone === null || code !== null ? 'codes and names' : 'names');
  const timezone = timezoneOfFields(customFields);
  const where: Where = state
    ? { zones: state.zones, jurisdictions: [state.jurisdiction], from: 'state' }
    : whereIsNumber(phone, code);
  return interned({ ...(timezone === null ? where : inZone(where, timezone)), tollFree });
}

function whereIsNumber(phone: string | null, code: string | null): Where {
  if (phone === null) return ANYWHERE;
  if (code === null) return whereIsCountry(countryOfPhone(phone));
  const area = AREAS.get(code);
  if (area) return { ...area, from: 'area_code' };
  const island = islandOfCode(code);
  if (island !== undefined) return whereIsCountry(island);
  // Toll-free, personal (+1 500), or newer than the table.
  return { ...ANYWHERE, from: isTollFree(code) ? 'area_code' : 'none' };
}

function whereIsCountry(country: string | null): Where {
  const zones = country === null ? [] : zonesOfCountry(country);
  return zones.length === 0 ? ANYWHERE : { zones, jurisdictions: [country!], from: 'country' };
}

/** The same person on the clock that is known of them. */
function inZone({ jurisdictions }: Where, timezone: string): Where {
  const zoneCountry = jurisdictionOfZone(timezone);
  const known = jurisdictions === STATE_JURISDICTIONS ? jurisdictionsOfZone(timezone, zoneCountry) : jurisdictions;
  const isAbroad = zoneCountry !== null && !known.some((each) => countryOf(each) === countryOf(zoneCountry));
  return { zones: [timezone], jurisdictions: isAbroad ? [...known, zoneCountry] : known, from: 'timezone' };
}

/** Whose rules may hold for somebody of whom nothing but a zone is known. */
function jurisdictionsOfZone(timezone: string, country: Jurisdiction | null): readonly Jurisdiction[] {
  return country === null || country === 'US' ? statesOnClock(timezone) : [country];
}

/** The country that a zone lies in, or the territory; null for UTC and zones that are not known. */
function jurisdictionOfZone(timezone: string): Jurisdiction | null {
  if (isCanadianZone(timezone)) return 'CA';
  const country = countryOfZone(timezone);
  if (country !== undefined) return TERRITORIES.has(country) ? `US-${country}` : country;
  return statesOnClock(timezone).length > 0 ? 'US' : null;
}

const countryOf = (jurisdiction: Jurisdiction) => jurisdiction.slice(0, 2);

const MAX_INTERNED = 10_000;
const places = new Map<string, Place>();

/** One object for each place, so that what is worked out for it can be kept with it. */
function interned(place: Place): Place {
  const key = `${place.from} ${place.tollFree} ${place.zones.join()} ${place.jurisdictions.join()}`;
  let known = places.get(key);
  if (!known) {
    if (places.size >= MAX_INTERNED) places.clear();
    known = Object.freeze(place);
    places.set(key, known);
  }
  return known;
}
