import { expect, it } from 'vitest';
import { runRecordSchema } from '../../bridge/schema/rule-runs.js';
import { idTime } from '../../bridge/events/id-time.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { anEvent } from '../../tests/support/history-events.js';
import { historyFolders } from '../../tests/support/history-folders.js';
import { aCause } from '../../tests/support/rule-examples.js';
import { History } from './history.js';

const midnight = 1_700_006_400_000;
const serverId = 'home/1';
const aFolder = historyFolders();

it('finds each event and trace, also if the disk gets them during the read', async () => {
  const clock = new FakeClock(midnight);
  const ignored = (): void => undefined;
  const history = new History({
    folder: await aFolder(),
    clock,
    log: new FakeLog(),
    keeps: () => true,
    setAside: ignored,
    damaged: ignored,
    troubled: ignored,
  });
  history.start(['home']);
  await history.lasting();
  for (let turn = 0; turn < 30; turn++) {
    const at = clock.wall();
    const event = anEvent({ id: `${idTime(at)}-${turn}`, at, endedAt: null });
    const trace = runRecordSchema.parse({
      id: `r1/${turn}/${serverId}`,
      ruleId: 'r1',
      serverId,
      cause: aCause(`event:${at}`, { at }),
      isDry: false,
      at,
      endedAt: at,
      end: 'done',
      seen: [],
      steps: [],
    });
    history.put(event);
    void history.traces.put(trace);
    const reads = Promise.all([
      history.events({ before: null, limit: 1, about: [serverId] }),
      history.lasting(),
      history.traces.page({ ruleId: 'r1', serverId, before: null, count: 1 }),
    ]);
    await clock.advance(5000);
    const [{ events }, lasting, { records }] = await reads;
    expect([events[0]?.id, lasting.at(-1)?.id, records[0]?.id]).toEqual([event.id, event.id, trace.id]);
  }
  await history.stop();
});
