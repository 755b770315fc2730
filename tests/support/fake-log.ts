import type { Log, LogFields } from '../../main/base/ports.js';

/** Log that keeps its entries as searchable text. */
export class FakeLog implements Log {
  readonly lines: string[] = [];

  debug(event: string, fields?: LogFields): void {
    this.#write('debug', event, fields);
  }

  info(event: string, fields?: LogFields): void {
    this.#write('info', event, fields);
  }

  warn(event: string, fields?: LogFields): void {
    this.#write('warn', event, fields);
  }

  error(event: string, fields?: LogFields): void {
    this.#write('error', event, fields);
  }

  get text(): string {
    return this.lines.join('\n');
  }

  #write(level: string, event: string, fields: LogFields = {}): void {
    this.lines.push(`${level} ${event} ${JSON.stringify(fields)}`);
  }
}
