/** Open questions of programs (`perch mcp`), and temporary permissions. */
import type {
  ConsentAnswer,
  RemoteAllowance,
  RemoteConsent,
  RemoteQuestion,
} from '../../../bridge/schema/remote-consent.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class ConsentFeed extends Feed<'consent'> {
  /** Oldest first. */
  questions = $state.raw<readonly RemoteQuestion[]>([]);
  allowances = $state.raw<readonly RemoteAllowance[]>([]);

  constructor(client: PerchClient) {
    super(client, 'consent', undefined);
  }

  answer(id: string, answer: ConsentAnswer): void {
    this.client.call('consent.answer', { id, answer }).catch(() => undefined);
  }

  withdraw(id: string): void {
    this.client.call('consent.withdraw', { id }).catch(() => undefined);
  }

  protected override onSnapshot({ questions, allowances }: RemoteConsent): void {
    this.questions = questions;
    this.allowances = allowances;
  }

  protected override onChange(state: RemoteConsent): void {
    this.onSnapshot(state);
  }
}
