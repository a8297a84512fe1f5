import { stretchAt, timezoneOfCountry } from '#libs/send-window';

/** A country (ISO 3166), or a state or province of the United States or Canada, such as `US-FL`. */
export type Jurisdiction = string;

/**
 * The zones of countries in which no zone says what time it is for nearly everybody. One zone stands for
 * all that show the same time, and islands and stations of a few people are left out, as in the list of the
 * others.
 */
const ZONES_OF_COUNTRY: ReadonlyMap<string, readonly string[]> = new Map(
  `
  AU=Australia/Perth,Australia/Darwin,Australia/Adelaide,Australia/Brisbane,Australia/Sydney
  BR=America/Sao_Paulo,America/Manaus,America/Rio_Branco
  CD=Africa/Kinshasa,Africa/Lubumbashi
  FM=Pacific/Chuuk,Pacific/Pohnpei
  GL=America/Nuuk,America/Thule
  ID=Asia/Jakarta,Asia/Makassar,Asia/Jayapura
  KI=Pacific/Tarawa,Pacific/Kanton,Pacific/Kiritimati
  MN=Asia/Ulaanbaatar,Asia/Hovd
  MX=America/Tijuana,America/Hermosillo,America/Ciudad_Juarez,America/Matamoros,America/Mexico_City,America/Cancun
  PF=Pacific/Tahiti,Pacific/Marquesas,Pacific/Gambier
  RU=Europe/Kaliningrad,Europe/Moscow,Europe/Samara,Asia/Yekaterinburg,Asia/Omsk,Asia/Krasnoyarsk,Asia/Irkutsk,Asia/Yakutsk,Asia/Vladivostok,Asia/Magadan,Asia/Kamchatka
`
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split('='))
    .map(([country, zones]) => [country!, zones!.split(',')]),
);

/** The zones of a country other than the United States and Canada; none when it is unknown. */
export function zonesOfCountry(iso2: string): readonly string[] {
  const only = timezoneOfCountry(iso2);
  return only === null ? (ZONES_OF_COUNTRY.get(iso2) ?? []) : [only];
}

/**
 * The country, other than the United States and Canada, that a zone of the lists lies in. Only the zone
 * that a country is known by is found: a country without rows of its own has the same hours as one that is
 * not known.
 */
export function countryOfZone(zone: string): string | undefined {
  if (zone.startsWith('Australia/')) return 'AU';
  return countries().get(zone);
}

let countriesByZone: ReadonlyMap<string, string> | undefined;

function countries(): ReadonlyMap<string, string> {
  countriesByZone ??= new Map(
    allCountries().flatMap((country) => zonesOfCountry(country).map((zone) => [zone, country] as const)),
  );
  return countriesByZone;
}

/** All pairs of letters, of which those that are no country have no zones. */
function allCountries(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) => letters.map((second) => first + second));
}

const DAY_MS = 86_400_000;
/**
 * Days on which clocks are compared: both sides of every change in the years to come, from 1 November 2026.
 */
const COMPARED = Array.from({ length: 75 }, (_, index) => Date.UTC(2026, 10, 2) + index * 10 * DAY_MS);
const clocks = new Map<string, string>();

/** Do two zones show the same time from now on, whatever their names are? */
export function sameClock(left: string, right: string): boolean {
  return left === right || clockOf(left) === clockOf(right);
}

function clockOf(zone: string): string {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = COMPARED.map((at) => stretchAt(zone, at).offset / 60_000).join();
    clocks.set(zone, clock);
  }
  return clock;
}
