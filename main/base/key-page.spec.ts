import { describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { sentence, spoken, type Sentence } from '../../messages/messages.js';
import { keyPage, namingKeyPage } from './key-page.js';

const refused = (next: Sentence): Problem => ({
  code: 'unauthorized',
  message: sentence('panel.unauthorized', { place: 'Home' }),
  next,
});

describe('the page for keys', () => {
  const leading = refused(sentence('panel.unauthorized-next', { page: keyPage }));

  it.each<[PanelKind | null, string]>([
    ['pterodactyl', 'in the panel: Account, API Credentials.'],
    ['pelican', 'in the panel: Profile, API Keys.'],
    [null, 'in the panel: Account, API Credentials (in Pelican: Profile, API Keys).'],
  ])('has the name that panels of kind %s use', async (kind, page) => {
    const { next, ...rest } = await namingKeyPage(leading, async () => kind);
    expect(spoken(next)).toBe(`Copy the whole key again, or create a new one ${page}`);
    expect(rest).toEqual({ code: leading.code, message: leading.message });
  });

  it.each([
    ['nothing', sentence('panel.try-again')],
    ['something else', sentence('panel.sent-on', { place: 'Home', target: 'panel.key-page' })],
  ])('asks for no panel kind if the next step names %s', async (_what, next) => {
    const kindOf = vi.fn(async () => 'pelican' as const);
    const problem = refused(next);
    expect(await namingKeyPage(problem, kindOf)).toBe(problem);
    expect(kindOf).not.toHaveBeenCalled();
  });
});
