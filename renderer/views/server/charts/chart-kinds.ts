/** The charts: the figures that each chart draws of a sample, and their format. */
import type { UsageBand } from '../../../../bridge/schema/history.js';
import { byteRate, bytes, figureOf, percent } from '../../../ui/text/format.js';

export interface ChartLine {
  /** Direction of the traffic, in a chart with several lines. */
  readonly way: 'received' | 'sent' | null;
  readonly arrow: string;
  readonly of: (figures: UsageBand) => number | null;
}

export interface ChartKind {
  readonly name: 'cpu' | 'memory' | 'network' | 'players';
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Scale of the axis: decimal (percent) or binary (bytes). */
  readonly base: 2 | 10;
  /** Minimum top of the scale without a limit, so that a quiet server does not look busy. */
  readonly leastTop: number;
}

/** Head of a chart or of the disk bar: name and value format. */
export interface ChartFace {
  readonly name: ChartKind['name'] | 'disk';
  readonly lines: readonly Pick<ChartLine, 'way' | 'arrow'>[];
  readonly format: ChartKind['format'];
}

export const diskFace: ChartFace = { name: 'disk', lines: [{ way: null, arrow: '' }], format: bytes };

const one = (of: ChartLine['of']): readonly ChartLine[] => [{ way: null, arrow: '', of }];

export const chartKinds = {
  cpu: {
    name: 'cpu',
    lines: one(({ cpuPercent }) => cpuPercent),
    format: percent,
    base: 10,
    leastTop: 10,
  },
  memory: {
    name: 'memory',
    lines: one(({ memoryBytes }) => memoryBytes),
    format: bytes,
    base: 2,
    leastTop: 64 * 1024 ** 2,
  },
  network: {
    name: 'network',
    lines: [
      { way: 'received', arrow: '↓', of: ({ receivedPerSecond }) => receivedPerSecond },
      { way: 'sent', arrow: '↑', of: ({ sentPerSecond }) => sentPerSecond },
    ],
    format: byteRate,
    base: 2,
    leastTop: 1024,
  },
  players: {
    name: 'players',
    lines: one(({ players }) => players),
    format: (count) => figureOf(Math.round(count * 10) / 10),
    base: 10,
    leastTop: 5,
  },
} as const satisfies Record<ChartKind['name'], ChartKind>;
