/**
 * What providers call their conversations, remembered by line and address: a provider's name for one can
 * neither be guessed nor relied on to stay.
 */
export abstract class Conversations {
  abstract find(lineId: string, address: string): Promise<string | null>;
  abstract remember(lineId: string, address: string, conversation: string): Promise<void>;
  abstract forget(lineId: string, address: string): Promise<void>;
}
