import { Program } from './wire.js';

const PYMCA = Program.parse(
  JSON.parse('{"id": "pymca", "title": "PyMca", "missing": []}'),
);

/** A program for tests, of which only what matters is given. */
export function program(given: Partial<Program> = {}): Program {
  return { ...PYMCA, ...given };
}
