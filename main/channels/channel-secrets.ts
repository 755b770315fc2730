/** Secrets of channels in the vault. */
import * as z from 'zod';
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { parseJson } from '../base/json.js';
import type { SecretOf, Vault } from '../base/ports.js';
import type { ChannelSecret } from './channel-sender.js';

type Owner = Pick<AlertChannel, 'id' | 'kind' | 'origin' | 'keyStorage'>;

const secretSchema = z.object({ address: z.string(), token: z.string(), recipient: z.string() });

/** Vault id of a channel. Accounts have UUIDs, so the ids cannot clash. */
function secretOf({ id, kind, origin, keyStorage }: Owner): SecretOf {
  return { id: `channel-${id}`, keyStorage, goesTo: `${kind} ${origin}` };
}

export class ChannelSecrets {
  constructor(private readonly vault: Pick<Vault, 'store' | 'use' | 'forget'>) {}

  /** Rejects with a problem of the keychain. */
  async store(channel: Owner, secret: ChannelSecret): Promise<void> {
    await this.vault.store(secretOf(channel), JSON.stringify(secret));
  }

  /**
   * Hands the secret to `run`. Rejects with `unauthorized` if it is gone or was entered for another address, and with a
   * problem of the keychain.
   */
  async use<T>(channel: Owner, run: (secret: ChannelSecret) => Promise<T>): Promise<T> {
    const text = await this.vault
      .use(secretOf(channel), (kept) => Promise.resolve(kept))
      .catch((error: unknown) => {
        throw toProblem(error).code === 'unauthorized' ? noSecret() : error;
      });
    const read = secretSchema.safeParse(parseJson(text));
    if (!read.success || new URL(read.data.address).origin !== channel.origin) throw noSecret();
    return run(read.data);
  }

  forget(channel: Owner): Promise<void> {
    return this.vault.forget(secretOf(channel).id);
  }
}

function noSecret(): PerchError {
  return new PerchError(newProblem('unauthorized', sentence('channels.no-secret')));
}
