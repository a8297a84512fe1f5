import type { TestApp } from './test-app';

/** Looks for texts in everything that is stored: documents, ids, and the bytes of files. */
export class PersonalScan {
  /**
   * @param markers lower case
   * @param workspace documents that say they are of another workspace than this are not looked at
   */
  constructor(
    private readonly test: TestApp,
    private readonly markers: readonly string[],
    private readonly workspace?: string,
  ) {}

  /** Where the markers stand, by collection. */
  async found(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const { name } of await this.test.connection.db!.listCollections().toArray()) {
      for (const document of await this.test.connection.collection(name).find({}).toArray()) {
        const { workspaceId } = document as { workspaceId?: string };
        if (this.workspace && workspaceId && workspaceId !== this.workspace) continue;
        const seen = this.in(textOf(document));
        if (seen.length > 0) (found[name] ??= []).push(`${seen.join(', ')} in ${textOf(document).slice(0, 400)}`);
      }
    }
    return found;
  }

  in(text: string): string[] {
    const lower = text.toLowerCase();
    return this.markers.filter((marker) => lower.includes(marker));
  }
}

/** With the bytes of binary values as text. */
const textOf = (document: unknown): string =>
  JSON.stringify(document, function (this: Record<string, unknown>, key: string, value: unknown) {
    const raw = this[key];
    const bytes = raw instanceof Uint8Array ? raw : (raw as { buffer?: unknown } | null)?.buffer;
    return bytes instanceof Uint8Array && typeof value !== 'number' && !isObjectId(raw)
      ? Buffer.from(bytes).toString('utf8')
      : value;
  });

const isObjectId = (value: unknown): boolean => (value as { _bsontype?: string } | null)?._bsontype === 'ObjectId';
