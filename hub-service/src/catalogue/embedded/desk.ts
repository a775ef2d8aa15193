import type { DatabaseSync } from 'node:sqlite';
import { messageOf, Refusal } from '../../refusal.js';
import { openCatalogue } from './database.js';
import { importCatalogue } from './import/import.js';
import { Unreadable } from './import/unreadable.js';
import {
  Message,
  type Question,
  type Reply,
  type Setting,
} from './protocol.js';
import { CatalogueReader } from './reader.js';

/** Answers questions one after the other, in whichever thread it is. */
export class Desk {
  private readonly database: DatabaseSync;
  private readonly reader: CatalogueReader;

  constructor({ file, source, dataRoots }: Setting) {
    this.database = openCatalogue(file);
    this.reader = new CatalogueReader(this.database, source, dataRoots);
  }

  async reply(message: unknown): Promise<Reply> {
    const { id, question } = Message.parse(message);
    try {
      return { id, value: await this.answer(question) };
    } catch (error) {
      const fault =
        error instanceof Refusal
          ? 'query'
          : error instanceof Unreadable
            ? 'source'
            : 'ours';
      return { id, fault, message: messageOf(error) };
    }
  }

  close(): void {
    this.database.close();
  }

  private answer(question: Question): unknown {
    const { reader } = this;
    switch (question.call) {
      case 'experiments':
        return reader.experiments(question.looking, question.query);
      case 'experiment':
        return reader.experiment(question.looking, question.id);
      case 'datasets':
        return reader.datasets(question.looking, question.id, question.query);
      case 'files':
        return reader.files(
          question.looking,
          question.id,
          question.dataset,
          question.query,
        );
      case 'filters':
        return reader.filters(question.looking);
      case 'thumbnail':
        return reader.thumbnail(
          question.looking,
          question.id,
          question.dataset,
        );
      case 'byDoi':
        return reader.byDoi(question.looking, question.doi);
      case 'size':
        return reader.size();
      case 'import':
        return importCatalogue(this.database, question);
    }
  }
}
