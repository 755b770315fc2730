/** A channel with a fake service and the fake clock. */
import type { HttpRequest } from '../../main/base/network-ports.js';
import { aChannelsWorld, startChannels } from './channels-rig.js';
import { answer, FakeHttp, type Answer } from './fake-http.js';

export const discordForm = { address: 'https://discord.com/api/webhooks/1/abcd' };
export const gotifyForm = { address: 'https://gotify.example.com', token: 'A1b2c3d4' };

/** A Discord channel (or another) whose answers the test gives; null = the service takes the message. */
export async function aChannel(kind: 'discord' | 'gotify' = 'discord', world = aChannelsWorld()) {
  const answers: (Answer | null)[] = [];
  let id = 0;
  /** Monotonic times of the attempts. */
  const times: number[] = [];
  const http = new FakeHttp(() => {
    times.push(world.clock.now());
    return answers.shift() ?? answer(200, { id: String((id += 1)) });
  });
  const rig = await startChannels({ http: () => http }, world);
  const channel = await rig.add(kind, kind === 'discord' ? discordForm : gotifyForm);
  http.requests.length = times.length = 0;
  const titles = (): string[] => http.requests.map(titleOf);
  return { ...rig, http, answers, times, channel, titles };
}

export function titleOf({ method, body }: HttpRequest): string {
  const sent = JSON.parse(String(body)) as { title?: string; embeds?: { title: string }[] };
  return `${method} ${sent.embeds?.[0]?.title ?? sent.title ?? ''}`;
}
