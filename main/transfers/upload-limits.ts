import type { UploadAnswer } from '../base/network-ports.js';
import type { Clock } from '../base/ports.js';
import { uploadLimitIn } from './upload-failures.js';

/** Largest upload that nodes take as a rule, in MB of 1024 KB: their default (PROTOCOL 2.17.12). */
export const usualLimit = 100;
/** Ms for which a limit counts; the host may raise it. */
const freshMs = 3_600_000;

/** Largest files that nodes take, as their refusals showed. No panel shows this limit (PROTOCOL 2.17.12). */
export class UploadLimits {
  readonly #heard = new Map<string, { readonly megabytes: number; readonly at: number }>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  heard(serverId: string, { status, text }: UploadAnswer): void {
    const megabytes = status === 400 ? uploadLimitIn(text) : null;
    if (megabytes !== null) this.#heard.set(serverId, { megabytes, at: this.clock.now() });
  }

  /** In MB of 1024 KB; null = unknown. */
  of(serverId: string): number | null {
    const known = this.#heard.get(serverId);
    return known !== undefined && this.clock.now() - known.at < freshMs ? known.megabytes : null;
  }
}
