import { join } from 'node:path';
import electronLog from 'electron-log/node';
import type { Log, LogFields } from './ports.js';
import { redactFields, redactText } from './redact.js';

export interface LogDeps {
  /** Folder of `perch.log` and of `perch.old.log`, its predecessor. */
  readonly folder: string;
  /** Whether to write to the terminal as well, for development. */
  readonly echo: boolean;
  /** Default 1 MiB per file. */
  readonly maxBytes?: number;
}

/** Longest value of a field in characters. An answer of a panel may be long. */
const maxValue = 4000;

/** The log file: a line per event, without secrets, limited in size, readable by its owner only. */
export function openLog({ folder, echo, maxBytes = 1024 ** 2 }: LogDeps): Log {
  const logger = electronLog.create({ logId: folder });
  const file = logger.transports.file;
  file.resolvePathFn = () => join(folder, 'perch.log');
  file.maxSize = maxBytes;
  file.level = 'debug';
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.format = '{y}-{m}-{d}T{h}:{i}:{s}.{ms}{z} {level} {text}';
  logger.transports.console.level = echo ? 'debug' : 'error';
  logger.transports.console.format = '{h}:{i}:{s}.{ms} {level} {text}';

  return {
    debug: (event, fields) => logger.debug(asLine(event, fields)),
    info: (event, fields) => logger.info(asLine(event, fields)),
    warn: (event, fields) => logger.warn(asLine(event, fields)),
    error: (event, fields) => logger.error(asLine(event, fields)),
  };
}

/**
 * `fleet.polled server="home/1" ms=12`. Values are JSON, so a line break from a panel can't begin a line of its own.
 */
function asLine(event: string, fields: LogFields = {}): string {
  const pairs = Object.entries(redactFields(fields))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(cut(value))}`);
  return [redactText(event), ...pairs].join(' ');
}

function cut(value: LogFields[string]): LogFields[string] {
  return typeof value === 'string' && value.length > maxValue ? `${value.slice(0, maxValue)}…` : value;
}
