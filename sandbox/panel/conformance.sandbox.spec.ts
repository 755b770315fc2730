/** The sandbox's panel against the answers of the contract set and of a recorded real panel. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerDifferences } from '../../tests/support/answer-differences.js';
import { ContractPanel } from '../../tests/support/contract-panel.js';
import { recordedFixtures } from '../../tests/support/fixtures.js';
import { ownAnswers } from '../../tests/support/own-answers.js';
import { namedServers, panelRecordings } from '../../tests/support/panel-recordings.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { recordedSetups } from '../../tests/support/recorded-setups.js';
import { RecordedStage } from '../../tests/support/recorded-stage.js';
import { dialects } from './dialects.js';

describe.each(Object.keys(dialects))('our own answers: %s', (dialect) => {
  test.each(ownAnswers(dialect).map((one) => [one.case, one] as const))('%s', async (_, one) => {
    const { answer, url } = await new ContractPanel(dialect, one).answer();
    expect(answerDifferences(one, answer, url)).toEqual([]);
  });
});

const setups = recordedSetups.flatMap((setup) => {
  const from = recordedFixtures(setup.folder);
  return from === null ? [] : [{ ...setup, from }];
});

describe.each(setups)('$folder, replayed', ({ from, leftOut, least, ...setup }) => {
  const recordings = panelRecordings(from);
  const played = recordings.filter((recording) => leftOut[recording.case] === undefined);
  const stage = new RecordedStage(recordings, namedServers(from), { ...setup, leftOut, least });
  beforeAll(() => stage.start());
  afterAll(() => stage.stop());

  for (const recording of played) {
    test(recording.case, async (context) => {
      countRecorded(context, { answers: 1 });
      const { answer, url } = await stage.play(recording);
      expect(answerDifferences(recording, answer, url)).toEqual([]);
    });
  }

  test('enough recordings', () => {
    expect(played.length).toBeGreaterThanOrEqual(least);
    // Every excluded case must exist in the recordings.
    const names = new Set(recordings.map((recording) => recording.case));
    expect(Object.keys(leftOut).filter((name) => !names.has(name))).toEqual([]);
  });
});
