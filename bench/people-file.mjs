// A file of people as a CRM gives it, for the benchmarks.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const FIRST = ['Ann', 'Tariq', 'Zoë', 'Marius', 'Ngọc', 'Arlo', 'Mireille', 'Maeve', 'Kenji', 'Ludo', 'Calla', 'Xenia'];
const LAST = ['Lee', 'Halentham', 'Ulverberg', 'Okafor', 'Rivera', 'Fenaard', 'Veseshaw', 'Ormendale', 'Caleovic', 'Talaard'];
const WORDS = ['Tall', 'Pines', 'Bikes', 'Copper', 'Leaf', 'Gravel', 'Road', 'Harbor', 'Violet', 'Ember', 'Sunday', 'Field'];
const pick = (words, n) => words[n % words.length];

/** Writes a CSV of so many different people. */
export async function writePeople(path, rows) {
  const out = createWriteStream(path);
  out.write('Record ID,First Name,Last Name,Email,Phone Number,Company Name,Notes,City\n');
  for (let n = 0; n < rows;) {
    let block = '';
    for (const end = Math.min(rows, n + 5_000); n < end; n += 1) {
      const spread = Math.imul(n, 2_654_435_761) >>> 0;
      const phone = `+1${200 + (n % 700)}${String(2_000_000 + Math.floor(n / 700)).padStart(7, '0')}`;
      const company = `"${pick(WORDS, spread)} ${pick(WORDS, spread >>> 8)}, Inc. ${spread % 5_000}"`;
      block += `${n},${pick(FIRST, spread >>> 4)},${pick(LAST, spread >>> 12)}${n % 997},person.${n}@example.com,${phone},${company},"Met at the fair.\nCall ""later""",Rome\n`;
    }
    if (!out.write(block)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
