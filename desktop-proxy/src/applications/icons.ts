import { LabIcon } from '@jupyterlab/ui-components';

import type { Program } from './wire.js';

/** What a tile says beside its name. */
export type Mark = 'open' | 'missing' | null;

/** Numbers of colours for programs without a picture; see the style sheet. */
const COLOURS = 4;

const MARKS: Record<'open' | 'missing', string> = {
  open: '<circle class="bt-ProgramIcon-open" cx="20.500" cy="3.500" r="3"/>',
  missing:
    '<path class="bt-ProgramIcon-missing" d="M19 0.500 24 9H14Z"/><path class="bt-ProgramIcon-sign" d="M18.400 3.300h1.200v3h-1.200Zm0 3.800h1.200v1.100h-1.200Z"/>',
};

/** What stands for the programs that come with us; 24 × 24. */
const BUILT_IN: Readonly<Record<string, string>> = {
  xterm:
    '<path class="jp-icon3" fill="#616161" d="M3 3h18a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm1 4v12h16V7H4Zm2 2.400L7.400 8l4 4-4 4L6 14.600 8.600 12 6 9.400ZM12 15h5v2h-5v-2Z"/>',
  desktop:
    '<path class="jp-icon3" fill="#616161" d="M3 4h18a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-7v2h3v2H7v-2h3v-2H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm1 2v9h16V6H4Z"/>',
};

/** Makes and keeps the icons of programs. */
export class ProgramIcons {
  constructor(
    /** Gives the whole address of something that the gateway has. */
    private readonly address: (path: string) => string,
  ) {}

  of(program: Program, mark: Mark = null): LabIcon {
    const name = `beamtime-desktop:program-${program.id}-${mark ?? 'plain'}`;
    // Hidden: a tile is not to be read as "Py PyMca".
    const svgstr =
      '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
      this.picture(program) +
      (mark ? MARKS[mark] : '') +
      '</svg>';
    const there = this.made.get(name);
    if (there?.svgstr === svgstr) {
      return there;
    }
    const icon = new LabIcon({ name, svgstr });
    this.made.set(name, icon);
    return icon;
  }

  private picture({ id, title, icon }: Program): string {
    if (icon) {
      const url = escape(this.address(icon));
      return `<image href="${url}" width="24" height="24"/>`;
    }
    return BUILT_IN[id] ?? letters(title);
  }

  private readonly made = new Map<string, LabIcon>();
}

/** A coloured square with the first letters of the name. */
function letters(title: string): string {
  const points = Array.from(title, (each) => each.codePointAt(0) ?? 0);
  const sum = points.reduce((before, point) => before + point, 0);
  const [first = '?', second] = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const text = second
    ? Array.from(first).slice(0, 1).join('') +
      Array.from(second).slice(0, 1).join('')
    : Array.from(first).slice(0, 2).join('');
  return (
    `<rect class="bt-ProgramIcon-square" data-colour="${sum % COLOURS}" x="2" y="2" width="20" height="20" rx="3"/>` +
    `<text class="bt-ProgramIcon-letters" x="12" y="15.500" text-anchor="middle">${escape(text)}</text>`
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
}
