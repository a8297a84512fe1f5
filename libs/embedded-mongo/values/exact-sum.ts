import { toNumber } from './compare';
import { double, integer, kindOfNumber } from './numbers';
import { isInt32, isLong } from './types';

/**
 * A sum that loses nothing on the way: integers are added as integers, doubles in twice their precision, and
 * only the result is rounded. The order of the numbers does not matter then, as on MongoDB.
 */
export class ExactSum {
  private kind: 'int' | 'long' | 'double' = 'int';
  private small = 0;
  private large = 0n;
  private high = 0;
  private low = 0;

  add(value: unknown): void {
    const kind = kindOfNumber(value);
    if (kind === 'double') {
      this.kind = 'double';
      this.addDouble(toNumber(value));
      return;
    }
    if (kind === 'long' && this.kind === 'int') this.kind = 'long';
    if (isLong(value)) this.large += value.toBigInt();
    else this.small += toNumber(value);
    if (this.small > 2 ** 52 || this.small < -(2 ** 52)) this.carry();
  }

  /** As the type that the numbers' types ask for. */
  result(): unknown {
    if (this.kind === 'double') return double(this.toNumber());
    if (this.kind === 'int' && this.large === 0n) return isInt32(this.small) ? this.small : integer(BigInt(this.small), 'int');
    this.carry();
    return integer(this.large, this.kind);
  }

  toNumber(): number {
    this.carry();
    const whole = Number(this.large);
    const total = new ExactSum();
    total.addDouble(this.high);
    total.addDouble(this.low);
    total.addDouble(whole);
    total.addDouble(Number(this.large - BigInt(whole)));
    return total.high + total.low;
  }

  private carry(): void {
    this.large += BigInt(this.small);
    this.small = 0;
  }

  private addDouble(value: number): void {
    const sum = this.high + value;
    if (!Number.isFinite(sum)) {
      this.high = sum;
      this.low = 0;
      return;
    }
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (value - part);
    this.high = sum;
  }
}
