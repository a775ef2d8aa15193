import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Caller } from '@beamtime/contract';

/** A facility of two instruments, for tests: invented people, invented physics. */
export const FACILITY = {
  facility: { name: 'Test Facility' },
  instruments: [
    { name: 'BX11', fullName: 'Strain beamline', scientists: ['ines'] },
    { name: 'D7P' },
  ],
  experiments: [
    {
      id: 'steel',
      proposal: 'MA-5127',
      visit: '1',
      title: 'Crack growth in duplex steel',
      instrument: 'BX11',
      start: '2026-11-12T08:00:00+01:00',
      end: '2026-11-16T08:00:00+01:00',
      releaseAt: '2029-11-16',
      dataPath: '/data/MA-5127',
      doi: '10.5072/ma-5127',
      team: [
        { login: 'alice', name: 'Alice Müller', role: 'pi', orcid: '0000-1' },
        { name: 'Ilse Marand', role: 'local-contact' },
      ],
      datasets: [
        {
          id: 'd1',
          name: 'scan 1',
          sample: 'kagome',
          files: [{ relPath: 'raw/scan_0001.nxs', bytes: 5_000_000 }],
        },
      ],
    },
    {
      id: 'marble',
      proposal: 'ES-1290',
      title: 'Pore networks in cracked marble',
      instrument: 'D7P',
      start: '2026-05-14T08:00:00Z',
      releaseAt: '2026-06-01T00:00:00Z',
      dataPath: '/data/ES-1290',
      team: [{ login: 'bob', name: 'Bob Bader', role: 'pi' }],
    },
    {
      id: 'outside',
      proposal: 'CH-6410',
      title: 'Cathode ageing',
      instrument: 'D7P',
      dataPath: '/data/../etc',
      team: [{ login: 'bob', name: 'Bob Bader', role: 'pi' }],
    },
  ],
};

/** A folder of the test's own, removed by `[Symbol.dispose]`. */
export function temporaryFolder(): { path: string } & Disposable {
  const folder = mkdtempSync(path.join(tmpdir(), 'beamtime-'));
  return {
    path: folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function writeCatalogue(folder: string, content: unknown): string {
  const file = path.join(folder, 'catalogue.json');
  writeFileSync(
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return file;
}

export function caller(name: string, more: Partial<Caller> = {}): Caller {
  return { name, admin: false, groups: [], unixGroups: null, ...more };
}

/** What the admin would have configured. */
export function siteConfig(folder: string) {
  return {
    socket: path.join(folder, 'service.sock'),
    stateDir: path.join(folder, 'state'),
    scheduler: { kind: 'local' },
    policy: {
      environments: [
        {
          id: 'default',
          name: 'Default',
          description: 'Everything',
          path: '/opt/env/bin',
        },
        { id: 'old', name: 'Old', description: 'Last year', modules: ['py/3'] },
      ],
      partitions: { local: { title: 'This machine' } },
      durations: [60, 240],
    },
    catalogue: path.join(folder, 'catalogue.json'),
    dataRoots: ['/data'],
    staffGroups: ['support'],
  };
}
