import { doctor } from '../doctor/command.js';
import type { Command } from './command.js';

/** What `beamtime` can do, in the order of its help. */
export const commands: readonly Command[] = [doctor];
