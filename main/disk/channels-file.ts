import { join } from 'node:path';
import * as z from 'zod';
import { channelPostSchema, channelRecordSchema } from '../../bridge/schema/alert-channels.js';
import type { ChannelStore, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

const fileSchema = z.object({
  version: z.literal(version),
  posts: z.array(channelPostSchema).max(20_000),
  channels: z.array(channelRecordSchema).max(200),
});

type Kept = Awaited<ReturnType<ChannelStore['load']>>;

/** `channels.json` in the data folder: messages to channels, without any secret. An unusable file is kept aside. */
export class ChannelsFile implements ChannelStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  constructor(folder: string, log: Log, setAside: (what: UnusableFile) => void) {
    const path = join(folder, 'channels.json');
    this.#file = new StoredFile({ path, logName: 'channels', content: 'channels', log, setAside });
  }

  async load(): Promise<Kept> {
    return (await this.#file.readAs(fileSchema, version)) ?? { posts: [], channels: [] };
  }

  save({ posts, channels }: Kept): Promise<void> {
    const text = JSON.stringify({ version, posts, channels });
    return this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
