import { describe, expect, it } from 'vitest';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { describeFailure, FailureReporter } from './failure-reporter.js';

function setUp() {
  const bridge = new FakeBridge();
  const reporter = new FailureReporter(new PerchClient(bridge), () => 'fleet');
  return { bridge, reporter };
}

describe('FailureReporter', () => {
  it('reports the failure and its view to main', () => {
    const { bridge, reporter } = setUp();
    const error = new TypeError('no such row');
    reporter.report('error', error);
    expect(bridge.calls).toEqual([
      {
        name: 'window.failed',
        input: { kind: 'error', view: 'fleet', message: 'TypeError: no such row', stack: error.stack },
      },
    ]);
  });

  it('waits for main before the next report, and drops what else fails meanwhile', async () => {
    const { bridge, reporter } = setUp();
    const release = bridge.hold('window.failed');
    reporter.report('error', new Error('first'));
    reporter.report('rejection', new Error('second'));
    reporter.report('error', new Error('third'));
    expect(bridge.calls).toHaveLength(1);
    release(undefined);
    await new Promise((resolve) => setTimeout(resolve));
    reporter.report('render', new Error('fourth'), 'charts');
    expect(bridge.calls.map(({ input }) => input)).toMatchObject([
      { message: 'Error: first' },
      { kind: 'rejection', message: 'Error: second' },
      { kind: 'render', message: 'Error: fourth', view: 'charts' },
    ]);
  });

  it('reports uncaught errors and rejections until its end', () => {
    const { bridge, reporter } = setUp();
    const target = new EventTarget();
    const end = reporter.listen(target as Window);
    target.dispatchEvent(Object.assign(new Event('error'), { error: null, message: 'Script error.' }));
    expect(bridge.calls.map(({ input }) => input)).toMatchObject([
      { kind: 'error', message: 'Script error.' },
    ]);
    end();
    target.dispatchEvent(Object.assign(new Event('error'), { message: 'later' }));
    expect(bridge.calls).toHaveLength(1);
  });

  it('reports rejections', () => {
    const { bridge, reporter } = setUp();
    const target = new EventTarget();
    reporter.listen(target as Window);
    target.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('late') }));
    expect(bridge.calls.map(({ input }) => input)).toMatchObject([
      { kind: 'rejection', message: 'Error: late' },
    ]);
  });
});

describe('describeFailure', () => {
  it.each([
    ['a text', 'gone', 'gone'],
    ['nothing', undefined, 'undefined'],
    ['an object that has no text', Object.create(null) as unknown, 'object'],
  ])('accepts %s', (_what, thrown, message) => {
    expect(describeFailure(thrown)).toEqual({ message, stack: '' });
  });

  it('accepts an error whose fields are no texts', () => {
    const odd = Object.assign(new Error(), { name: Object.create(null) as unknown, message: 7, stack: {} });
    expect(describeFailure(odd)).toEqual({ message: 'object: 7', stack: '[object Object]' });
  });

  it('limits the length', () => {
    const { message, stack } = describeFailure(new Error('x'.repeat(100_000)));
    expect([message.length, stack.length]).toEqual([2000, 8000]);
  });
});
