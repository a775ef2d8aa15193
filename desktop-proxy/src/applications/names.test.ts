import { freeName } from './names.js';

test.each([
  ['pymca', [], 'pymca'],
  ['pymca', ['pymca'], 'pymca-2'],
  ['pymca', ['pymca', 'pymca-2', 'pymca-4'], 'pymca-3'],
  ['a'.repeat(32), ['a'.repeat(32)], `${'a'.repeat(30)}-2`],
])('names another %p beside %p: %p', (program, used, name) => {
  expect(freeName(program, new Set(used))).toBe(name);
});
