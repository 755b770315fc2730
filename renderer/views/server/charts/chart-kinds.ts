/** The three charts: which figures of a sample, or of its least or most, each draws, and how it writes them. */
import type { UsageBand } from '../../../../bridge/schema/history.js';
import { byteRate, bytes, percent } from '../../../ui/text/format.js';

export interface ChartLine {
  /** Which way what it counts goes, where a chart has several lines. */
  readonly way: 'received' | 'sent' | null;
  readonly arrow: string;
  readonly of: (figures: UsageBand) => number | null;
}

export interface ChartKind {
  readonly name: 'cpu' | 'memory' | 'network';
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Figures of a decimal scale (percent), or of a binary one (bytes). */
  readonly base: 2 | 10;
  /** The least that the scale reaches where there is no limit, so that a quiet server does not look like a busy one. */
  readonly leastTop: number;
}

/** What stands above a chart, or above the bar of the disk: its name, and how its values are written. */
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
} as const satisfies Record<ChartKind['name'], ChartKind>;
