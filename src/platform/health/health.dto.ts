import { IsBoolean } from 'class-validator';
import { Optional, QueryFlag } from '../http';

export class ReadyQuery {
  /** Looks closer. */
  @Optional() @QueryFlag() @IsBoolean() deep?: boolean;
}

export interface WorkersView {
  /** How many there are. */
  alive: number;
  /** How many seconds ago the one that was heard of last gave a sign of life. */
  newestSeconds: number;
  /** How many seconds ago the one did that has been silent for the longest time. */
  oldestSeconds: number;
}
