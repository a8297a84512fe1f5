import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { type AccessEnd, AccessEnds, keyOf } from '../domain/access-end';
import type { AccessEndDocument } from './access-end.schema';

@Injectable()
export class MongoAccessEnds extends AccessEnds {
  constructor(
    @InjectModel('AccessEnd') private readonly model: Model<AccessEndDocument>,
    private readonly clock: Clock,
  ) {
    super();
  }

  async save(end: AccessEnd, at: Date): Promise<void> {
    const change = { $max: { at, savedAt: this.clock.now() } };
    await this.model.updateOne({ _id: keyOf(end) }, change, { upsert: true });
  }

  async find(keys: readonly string[]): Promise<Map<string, Date>> {
    const found = await this.model.find({ _id: { $in: [...keys] } }).lean();
    return new Map(found.map(({ _id, at }) => [_id, at]));
  }
}
