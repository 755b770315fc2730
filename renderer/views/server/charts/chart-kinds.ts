/** The three charts: which figures of a sample each draws, and how it writes them. */
import type { UsageSample } from '../../../../bridge/domain.js';
import { byteRate, bytes, percent } from '../../../ui/format.js';

export interface ChartLine {
  /** Which way what it counts goes, where a chart has several lines. */
  readonly way: 'received' | 'sent' | null;
  readonly arrow: string;
  readonly of: (sample: UsageSample) => number | null;
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

const one = (of: ChartLine['of']): readonly ChartLine[] => [{ way: null, arrow: '', of }];

export const chartKinds = {
  cpu: {
    name: 'cpu',
    lines: one((sample) => sample.cpuPercent),
    format: percent,
    base: 10,
    leastTop: 10,
  },
  memory: {
    name: 'memory',
    lines: one((sample) => sample.memoryBytes),
    format: bytes,
    base: 2,
    leastTop: 64 * 1024 ** 2,
  },
  network: {
    name: 'network',
    lines: [
      { way: 'received', arrow: '↓', of: (sample) => sample.receivedPerSecond },
      { way: 'sent', arrow: '↑', of: (sample) => sample.sentPerSecond },
    ],
    format: byteRate,
    base: 2,
    leastTop: 1024,
  },
} as const satisfies Record<ChartKind['name'], ChartKind>;
