import { expect, it } from 'vitest';
import { createIds } from './ids.ts';

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('ids come in the order in which they were made, each once, however many one millisecond has', () => {
  const newId = createIds();
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !V7.test(id))).toEqual([]);
});

it('ids go on in order where the clock of the machine goes back', () => {
  const made = ['01890a5d-ac96-7774-bcce-b302099a8057', '01890a5d-ac90-7001-8cce-b302099a8057'];
  const newId = createIds(() => made.shift() ?? '');
  expect([newId(), newId()]).toEqual(['01890a5d-ac96-7000-bcce-b302099a8057', '01890a5d-ac96-7001-8cce-b302099a8057']);
});
