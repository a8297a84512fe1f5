import 'uplot/dist/uPlot.min.css';
import { type ReactNode, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Schemas } from '../../app/api';
import { useTheme } from '../../app/theme';
import { layout } from '../../parts/layout';
import styles from './campaigns.module.css';

const HEIGHT = 190;
const DAY = 86_400;
/** A first day alone would be one broad bar: days before it are shown, on which nothing was sent. */
const FEWEST_DAYS = 14;
const COLOURS = { Sent: '--chart-1', Delivered: '--chart-2', Replies: '--chart-3' };

/** Sent, delivered and answered by day; days are those of UTC. */
export function DailyChart({ days }: { days: readonly Schemas['ReportDay'][] }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const look = getComputedStyle(document.documentElement);
    const axis = {
      stroke: look.getPropertyValue('--muted'),
      grid: { stroke: look.getPropertyValue('--line'), width: 1 },
      ticks: { show: false },
    };
    const shown = withDaysBefore(days);
    const bars = uPlot.paths.bars?.({ size: [0.6, 28] });
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        cursor: { y: false },
        legend: { show: false },
        scales: {
          x: { time: true },
          y: { range: (_, __, most) => [0, Math.max(4, most)] },
        },
        axes: [
          { ...axis, space: 70, values: (_, ticks) => ticks.map((at) => dayOf(at)), incrs: [DAY, 2 * DAY, 7 * DAY, 30 * DAY] },
          { ...axis, size: 36, incrs: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000] },
        ],
        series: [
          { value: (_, at) => (at === null ? '–' : dayOf(at)), label: 'Day' },
          ...Object.entries(COLOURS).map(([label, colour]) => {
            const stroke = look.getPropertyValue(colour);
            return label === 'Sent'
              ? { label, stroke, fill: stroke, ...(bars && { paths: bars }), points: { show: false } }
              : { label, stroke, width: 2, points: { show: true, size: 6 } };
          }),
        ],
        tzDate: (at) => uPlot.tzDate(new Date(at * 1_000), 'UTC'),
      },
      [
        shown.map(({ at }) => at),
        shown.map(({ sent }) => sent),
        shown.map(({ delivered }) => delivered),
        shown.map(({ replies }) => replies),
      ],
      element,
    );
    const seen = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    seen.observe(element);
    return () => {
      seen.disconnect();
      chart.destroy();
    };
  }, [days, theme]);
  const total = days.reduce((sum, { sent }) => sum + sent, 0);
  return (
    <figure>
      <div ref={place} aria-hidden />
      <div className={styles.legend} aria-hidden>
        {Object.entries(COLOURS).map(([label, colour]) => (
          <span key={label}>
            <i style={{ background: `var(${colour})` }} /> {label}
          </span>
        ))}
      </div>
      <figcaption className={layout.hidden}>
        {total} sent on {days.length} {days.length === 1 ? 'day' : 'days'}:{' '}
        {days.map(({ date, sent, replies }) => `${date}: ${sent} sent, ${replies} replies`).join('; ')}
      </figcaption>
    </figure>
  );
}

const dayOf = (seconds: number): string =>
  new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(seconds * 1_000));

interface Point extends Omit<Schemas['ReportDay'], 'date'> {
  /** Seconds since 1970. */
  at: number;
}

function withDaysBefore(days: readonly Schemas['ReportDay'][]): Point[] {
  const points = days.map(({ date, ...counts }) => ({ ...counts, at: Date.parse(`${date}T00:00:00Z`) / 1_000 }));
  const first = points[0]?.at ?? 0;
  const before = Array.from({ length: Math.max(0, FEWEST_DAYS - points.length) }, (_, index) => ({
    at: first - (index + 1) * DAY,
    sent: 0,
    delivered: 0,
    replies: 0,
  }));
  return [...before.reverse(), ...points];
}
