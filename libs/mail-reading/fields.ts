/** A group of fields of a report: one mail, or one recipient of it. Names are in lower case. */
export type Fields = ReadonlyMap<string, string>;

const MAX_GROUPS = 200;
const MAX_LINES = 4_000;
const MAX_VALUE = 4_000;
/** A second one of these in a group is another recipient's, whether an empty line stands between or not. */
const BEGINS_RECIPIENT = new Set(['final-recipient', 'action']);

/** Reads groups of fields: `Name: value`, folded over lines, with empty lines between the groups. */
export function fieldGroups(text: string): Fields[] {
  const groups: Map<string, string>[] = [];
  let group: Map<string, string> | null = null;
  let name: string | null = null;
  for (const line of text.split('\n', MAX_LINES)) {
    if (line.trim() === '') {
      group = null;
      name = null;
      continue;
    }
    if (/^[ \t]/.test(line) && group && name !== null) {
      const value = group.get(name)!;
      if (value.length < MAX_VALUE) group.set(name, `${value} ${line.trim()}`.trim());
      continue;
    }
    const found = /^\s{0,3}([A-Za-z][\w-]{1,60})[ \t]*:(.*)$/.exec(line.slice(0, MAX_VALUE));
    if (!found) {
      name = null;
      continue;
    }
    name = found[1]!.toLowerCase();
    if (group?.has(name) && BEGINS_RECIPIENT.has(name)) group = null;
    if (!group) {
      if (groups.length >= MAX_GROUPS) break;
      group = new Map();
      groups.push(group);
    }
    if (group.has(name)) name = null;
    else group.set(name, found[2]!.trim());
  }
  return groups;
}

/** A value without its comments: `5.0.0 (permanent failure)` is 5.0.0. */
export const withoutComment = (value: string): string => value.replace(/\([^()]{0,500}\)/g, ' ').trim();
