// Twelve faults. For each: dead ends + orphans. A dead end: after the fault (its cause put
// right, where it has one outside the tab) nothing that the tab does by itself or offers
// leads to a desktop in which a typed word does something. An orphan: a process of a
// desktop that nobody can reach any more.
import { launch } from '../browser.ts';
import type { Case } from '../case.ts';
import { FAULTS } from '../desktops/faults.ts';
import { preparePeer } from '../desktops/prepare.ts';
import { ours, peer } from '../desktops/side.ts';
import { endure } from '../desktops/trial.ts';

const faults: Case = {
  async open() {
    await preparePeer();
    const browser = await launch();
    return {
      variants: FAULTS.map((fault) => ({
        name: fault.name,
        unit: 'dead ends + orphans',
        better: 'less',
        // A yes or no, and minutes each.
        runs: 1,
        ours: { measure: () => endure(browser, ours, fault) },
        peer: { measure: () => endure(browser, peer, fault) },
      })),
      close: () => browser.close(),
    };
  },
};

export default faults;
