import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inCheckout } from '../../scripts/shared/paths.mjs';
import type { Report, Result } from './case.ts';

const folder = inCheckout('docs/benchmarks');

/** Size and processor of this machine, for the reader of the figures. */
export function machine(): string {
  const cpus = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} × ${cpus[0]?.model.trim() ?? 'unknown'}, ${memory} GiB, ${os.type()} ${os.release().split('-')[0] ?? ''}`;
}

export async function writeReport(report: Report): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, `${report.case}.json`),
    `${JSON.stringify(report, null, 2)}\n`,
  );
  await writeTable();
}

const row = ({ variant, peer, ours, ratio, unit, runs }: Result): string =>
  `| ${variant} | ${peer ?? '–'} ${unit} | ${ours} ${unit} | ${ratio === null ? '–' : `${ratio} ×`} | ${runs} |`;

/** Writes docs/benchmarks.md anew from all reports. */
async function writeTable(): Promise<void> {
  const files = (await readdir(folder)).filter((file) =>
    file.endsWith('.json'),
  );
  const sections = await Promise.all(
    files.sort().map(async (file) => {
      const report = JSON.parse(
        await readFile(path.join(folder, file), 'utf8'),
      ) as Report;
      return `## ${report.case}

${report.about === undefined ? '' : `${report.about}\n\n`}Measured on ${report.date} with \`${report.command}\` on ${report.machine}.

| variant | peer | Beamtime | ahead by | runs |
| --- | --- | --- | --- | --- |
${report.results.map(row).join('\n')}
`;
    }),
  );
  await writeFile(
    inCheckout('docs/benchmarks.md'),
    `# Benchmarks

Each case runs Beamtime and its peer in turn, in one run on one machine; figures are medians.
“Ahead by” above 1 means that Beamtime is ahead. This page is written by \`npm run bench\`.

${sections.join('\n')}`,
  );
}
