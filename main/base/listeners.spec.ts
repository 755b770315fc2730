import { describe, expect, it } from 'vitest';
import { Emitter } from './emitter.js';
import { Observable } from './observable.js';

describe('Emitter', () => {
  it('calls its listeners in their order until they unsubscribe', () => {
    const emitter = new Emitter<number>();
    const told: string[] = [];
    const end = emitter.listen((value) => told.push(`a${value}`));
    emitter.listen((value) => told.push(`b${value}`));
    emitter.emit(1);
    end();
    emitter.emit(2);
    expect(told).toEqual(['a1', 'b1', 'b2']);
  });

  it('knows whether it has listeners', () => {
    const emitter = new Emitter<number>();
    expect(emitter.hasListeners).toBe(false);
    const end = emitter.listen(() => undefined);
    expect(emitter.hasListeners).toBe(true);
    end();
    expect(emitter.hasListeners).toBe(false);
  });
});

describe('Observable', () => {
  it('has its new value before its listeners are called', () => {
    const observable = new Observable('first');
    const told: string[] = [];
    observable.listen((value) => told.push(`${value} ${observable.current}`));
    expect(observable.current).toBe('first');
    observable.set('second');
    expect(told).toEqual(['second second']);
  });
});
