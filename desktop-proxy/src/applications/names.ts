/** Most letters of a desktop's name. */
const LONGEST = 32;

/** Gives the first of `pymca`, `pymca-2`, `pymca-3`, … that is not in use. */
export function freeName(program: string, used: ReadonlySet<string>): string {
  let name = program;
  for (let number = 2; used.has(name); number += 1) {
    const end = `-${number}`;
    name = program.slice(0, LONGEST - end.length) + end;
  }
  return name;
}
