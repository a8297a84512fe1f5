import { Injectable } from '@nestjs/common';
import { Metrics } from '../../platform/metrics';
import { LineHealths } from '../domain/line-healths';

/** Shows how the lines of all workspaces are doing. */
@Injectable()
export class LineMetrics {
  constructor(metrics: Metrics, lineHealths: LineHealths) {
    const read = async (what: 'lines' | 'accounts') =>
      (await lineHealths.counts()).map(({ channel, health, ...counts }) => ({
        labels: { channel, health },
        value: counts[what],
      }));
    metrics.gauge('tuco_lines', () => read('lines'));
    metrics.gauge('tuco_accounts', () => read('accounts'));
  }
}
