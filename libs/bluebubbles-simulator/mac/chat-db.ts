import { chatGuidOf, type ChatName } from './addresses';
import { type Chat, DIRECT_STYLE, GROUP_STYLE, type Row, type RowChange } from './rows';

export interface Handle {
  rowid: number;
  address: string;
  service: string;
}

export type RowDraft = Omit<Row, 'rowid' | 'handle'> & {
  /** Who wrote it, or the other side of a direct chat; null for our own rows in a group. */
  address: string | null;
};

/** The database of Messages on one Mac. Guids are compared exactly. */
export class ChatDb {
  /** A row's ROWID is its place, from 1. */
  readonly rows: Row[] = [];
  readonly chats: Chat[] = [];
  readonly handles: Handle[] = [];
  private chatCount = 0;
  private readonly byDate: Row[] = [];
  private readonly byGuid = new Map<string, Row>();
  private readonly chatsByGuid = new Map<string, Chat>();
  private readonly chatsByPerson = new Map<string, Chat[]>();
  private readonly handlesByKey = new Map<string, Handle>();

  constructor(private macos: number) {}

  chat(guid: string): Chat | undefined {
    return this.chatsByGuid.get(guid);
  }

  named(name: ChatName): Chat | undefined {
    return this.chatsByGuid.get(chatGuidOf(name, this.macos));
  }

  row(guid: string): Row | undefined {
    return this.byGuid.get(guid);
  }

  /** The chat of that name, opened where there is none; `participants` are those of a group. */
  open(name: ChatName, participants: string[] = [name.identifier]): Chat {
    const guid = chatGuidOf(name, this.macos);
    const known = this.chatsByGuid.get(guid);
    if (known) {
      // Where all services share one chat, it goes by the one that was used last.
      if (name.service !== 'any') known.service = name.service;
      return known;
    }
    const chat: Chat = {
      rowid: (this.chatCount += 1),
      guid,
      style: name.isGroup ? GROUP_STYLE : DIRECT_STYLE,
      identifier: name.identifier,
      service: name.service === 'any' ? 'iMessage' : name.service,
      participants,
      displayName: '',
      rows: [],
    };
    this.keep(chat);
    for (const address of participants) this.handle(address, chat.service);
    return chat;
  }

  /** The chats that somebody takes part in. */
  chatsOf(address: string): readonly Chat[] {
    return this.chatsByPerson.get(address) ?? [];
  }

  /** Somebody of a chat as a handle. */
  person(address: string, service: string): Handle | undefined {
    return this.handlesByKey.get(`${service} ${address}`) ?? this.handles.find((each) => each.address === address);
  }

  add({ address, ...draft }: RowDraft): Row {
    const handle = address === null ? null : this.handle(address, draft.chat.service);
    const row: Row = { ...draft, rowid: this.rows.length + 1, handle };
    this.rows.push(row);
    this.byGuid.set(row.guid, row);
    insertByDate(this.byDate, row);
    insertByDate(row.chat.rows, row);
    return row;
  }

  update(guid: string, change: RowChange): void {
    const row = this.byGuid.get(guid);
    if (row) Object.assign(row, change);
  }

  /** At most so many rows dated at that instant or later, the newest first. */
  newest(limit: number, since: number): Row[] {
    const found: Row[] = [];
    for (let index = this.byDate.length - 1; index >= 0 && found.length < limit; index--) {
      const row = this.byDate[index]!;
      if (row.date < since) break;
      found.push(row);
    }
    return found;
  }

  /** Another macOS calls direct chats otherwise; two that get the same name become one. */
  upgrade(macos: number): void {
    this.macos = macos;
    const before = this.chats.splice(0);
    this.chatsByGuid.clear();
    this.chatsByPerson.clear();
    for (const chat of before) {
      const isGroup = chat.style === GROUP_STYLE;
      chat.guid = chatGuidOf({ service: chat.service, isGroup, identifier: chat.identifier }, macos);
      const same = this.chatsByGuid.get(chat.guid);
      if (!same) {
        this.keep(chat);
        continue;
      }
      for (const row of chat.rows) {
        row.chat = same;
        insertByDate(same.rows, row);
      }
    }
  }

  private keep(chat: Chat): void {
    this.chats.push(chat);
    this.chatsByGuid.set(chat.guid, chat);
    for (const address of chat.participants) {
      const chats = this.chatsByPerson.get(address);
      if (chats) chats.push(chat);
      else this.chatsByPerson.set(address, [chat]);
    }
  }

  private handle(address: string, service: string): Handle {
    const key = `${service} ${address}`;
    let handle = this.handlesByKey.get(key);
    if (!handle) {
      handle = { rowid: this.handles.length + 1, address, service };
      this.handles.push(handle);
      this.handlesByKey.set(key, handle);
    }
    return handle;
  }
}

function insertByDate(rows: Row[], row: Row): void {
  let index = rows.length;
  while (index > 0 && rows[index - 1]!.date > row.date) index--;
  rows.splice(index, 0, row);
}
