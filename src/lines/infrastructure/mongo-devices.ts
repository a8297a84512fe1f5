import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Config } from '../../platform/config';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { collectionOf, isDuplicateKey } from '../../platform/mongo';
import { Devices, type DeviceTurn, START_WITHIN_MS } from '../domain/devices';
import type { Line } from '../domain/line';
import type { DeviceDocument } from './line.schema';

const keyOf = (workspaceId: WorkspaceId, deviceId: string) => `${workspaceId} device:${deviceId}`;

@Injectable()
export class MongoDevices extends Devices {
  private readonly devices: Collection<DeviceDocument>;
  private readonly gapMs: number;
  /** From giving a turn, a call arrives at the latest after this. */
  private readonly arrivesWithinMs: number;

  constructor(
    @InjectModel('Device') model: Model<DeviceDocument>,
    private readonly ids: Ids,
    config: Config,
  ) {
    super();
    this.devices = collectionOf(model);
    this.gapMs = config.DEVICE_GAP_SECONDS * 1_000;
    this.arrivesWithinMs = START_WITHIN_MS + config.PROVIDER_CONNECT_SECONDS * 1_000;
  }

  async take(line: Line, now: Date): Promise<DeviceTurn | { freeAt: Date }> {
    const token = this.ids.token(12);
    const key = keyOf(line.workspaceId, line.deviceId);
    const startBy = new Date(now.getTime() + START_WITHIN_MS);
    if (this.gapMs === 0) return { key, token, startBy };
    const next = new Date(now.getTime() + this.arrivesWithinMs + this.gapMs);
    try {
      await this.devices.updateOne({ _id: key, freeAt: { $lte: now } }, { $set: { freeAt: next, token } }, { upsert: true });
      return { key, token, startBy };
    } catch (error) {
      // The device has a document and is not free, so the upsert met it.
      if (!isDuplicateKey(error)) throw error;
      const device = await this.devices.findOne({ _id: key });
      // While a call is under way its end is not known, and `freeAt` is the latest; most calls end at
      // once, so the caller retries after a gap.
      const inAGap = new Date(now.getTime() + this.gapMs);
      const freeAt = device?.freeAt ?? now;
      return { freeAt: freeAt < inAGap ? freeAt : inAGap };
    }
  }

  async ended({ key, token }: DeviceTurn, now: Date): Promise<void> {
    if (this.gapMs === 0) return;
    const freeAt = new Date(now.getTime() + this.gapMs);
    await this.devices.updateOne({ _id: key, token, freeAt: { $gt: freeAt } }, { $set: { freeAt } });
  }

  async freeAt(workspaceId: WorkspaceId, lines: readonly Line[]): Promise<Map<string, Date>> {
    const keys = [...new Set(lines.map((line) => keyOf(workspaceId, line.deviceId)))];
    const found = await this.devices.find({ _id: { $in: keys } }).toArray();
    const byKey = new Map(found.map(({ _id, freeAt }) => [_id, freeAt]));
    return new Map(lines.map((line) => [line.id, byKey.get(keyOf(workspaceId, line.deviceId)) ?? new Date(0)]));
  }
}
