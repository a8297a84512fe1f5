import type { Db } from 'mongodb';
import { TIMEZONE_DATA_RELEASE } from '#libs/send-window';
import { MIGRATIONS } from '../../../migrations';
import { lackingIn } from '../../platform/migrations';
import { clockOffBy, declaredBy } from '../../platform/mongo';
import { SCHEMAS } from '../../schemas';
import { type Finding, some } from './finding';

/** IANA publishes several releases a year: data of so many years ago lacks some changes of law. */
const ZONES_OLD_AFTER_YEARS = 2;

/** Is it what the product needs, and has it the form of this version? */
export async function examineDatabase(db: Db): Promise<Finding[]> {
  const hello = await db.admin().command({ hello: 1 });
  const isReplicaSet = typeof hello.setName === 'string' || hello.msg === 'isdbgrid';
  const alone: Finding = {
    problem: 'MongoDB is not a replica set, so it has no transactions',
    cure: 'Start it with --replSet and run rs.initiate(); one member is enough',
  };
  const lacking = await lackingIn(db, MIGRATIONS, declaredBy(SCHEMAS));
  const missing: Finding = {
    problem: `The database lacks ${some(lacking)}`,
    cure: 'Run the migrations: APP_ROLE=migrate node dist/src/main.js (with compose: docker compose run --rm migrate)',
  };
  return [...(isReplicaSet ? [] : [alone]), ...(lacking.length > 0 ? [missing] : [])];
}

/** @param toleranceMs `CLOCK_TOLERANCE_MS`; 0: clocks are not compared */
export async function examineClock(db: Db, toleranceMs: number, now: () => number): Promise<Finding[]> {
  if (toleranceMs === 0) return [];
  const offByMs = await clockOffBy(db, now);
  if (offByMs <= toleranceMs) return [];
  return [
    {
      problem: `This machine's clock is off from MongoDB's by ${(offByMs / 1_000).toFixed(1)} seconds; workers here send nothing`,
      cure: 'Set both clocks by NTP (timedatectl set-ntp true); tuco_clock_skew_seconds says when it is over',
    },
  ];
}

/**
 * Can letters be compared, and are the time zones those of today?
 * @param release of IANA's data, such as `2026f`
 */
export function examineLocales(now: () => number, release = TIMEZONE_DATA_RELEASE): Finding[] {
  const findings: Finding[] = [];
  if (typeof Intl !== 'object' || typeof Intl.Segmenter !== 'function' || 'e\u0301'.normalize('NFC') !== '\u00e9') {
    findings.push({
      problem: 'This Node has no ICU data: names and opt-outs with accents are not recognized',
      cure: 'Run it on the Node of the image, or any that was built with --with-intl=full-icu',
    });
  }
  if (new Date(now()).getUTCFullYear() - Number(release.slice(0, 4)) >= ZONES_OLD_AFTER_YEARS) {
    findings.push({
      problem: `The time-zone data is of release ${release}: send windows may be an hour off where clocks have changed since`,
      cure: 'Update the product (docs/adr/0019-zone-data-of-our-own.md)',
    });
  }
  return findings;
}
