import { AREA_CODE_TABLE } from './area-code-table';
import type { Jurisdiction } from './zones';

/** Where the numbers of an area code live, as far as it tells. */
interface Area {
  jurisdictions: readonly Jurisdiction[];
  zones: readonly string[];
}

/**
 * Codes of the Caribbean and the Atlantic that share the calling code +1 without being the United States or
 * Canada.
 */
const COUNTRY_OF_CODE: ReadonlyMap<string, string> = new Map(
  `242=BS 246=BB 264=AI 268=AG 284=VG 345=KY 441=BM 473=GD 649=TC 658=JM 664=MS 721=SX 758=LC 767=DM 784=VC 809=DO
   829=DO 849=DO 868=TT 869=KN 876=JM`
    .split(/\s+/)
    .map((entry) => entry.split('=') as [string, string]),
);
const TOLL_FREE = /^8(?:00|33|44|55|66|77|88|22|8[0-79])$/;

const areas = new Map<string, { jurisdictions: Jurisdiction[]; zones: string[] }>();
for (const entry of AREA_CODE_TABLE.trim().split(/\n {2}(?! )/)) {
  const [jurisdiction, zones, ...codes] = entry.split(/\s+/) as [string, string, ...string[]];
  for (const code of codes) {
    const area = areas.get(code) ?? { jurisdictions: [], zones: [] };
    area.jurisdictions.push(jurisdiction);
    for (const zone of zones.split('+')) if (!area.zones.includes(zone)) area.zones.push(zone);
    areas.set(code, area);
  }
}

/** The area codes of the United States, their territories and Canada, with what is known of each. */
export const AREAS: ReadonlyMap<string, Area> = areas;

/** The area code of a number in E.164 with the calling code +1; null for any other. */
export function areaCodeOf(phone: string): string | null {
  return /^\+1[2-9]\d{9}$/.test(phone) ? phone.slice(2, 5) : null;
}

/** Toll-free numbers, of which +1 800 is the oldest, have no place. */
export function isTollFree(code: string): boolean {
  return TOLL_FREE.test(code);
}

/** The country of an area code of +1 that is neither of the United States nor of Canada. */
export function islandOfCode(code: string): string | undefined {
  return COUNTRY_OF_CODE.get(code);
}

/**
 * The zones of the area code of a number of the United States, their territories or Canada: several where
 * the code is split between clocks. An area code is where a number was first given out, not where its owner
 * lives.
 * @param phone E.164
 * @returns none for other countries, toll-free numbers and codes that are not known
 */
export function zonesOfAreaCode(phone: string): readonly string[] {
  const code = areaCodeOf(phone);
  return (code === null ? undefined : areas.get(code)?.zones) ?? [];
}
