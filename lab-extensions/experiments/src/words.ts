import {
  nullTranslator,
  type ITranslator,
  type TranslationBundle,
} from '@jupyterlab/translation';
import { dateLocale } from './format.js';

/** How the person is spoken to: the translation, and the language of dates and numbers. */
export interface Words {
  trans: TranslationBundle;
  locale: string;
}

export function wordsOf(translator: ITranslator | null): Words {
  return {
    trans: (translator ?? nullTranslator).load('beamtime_lab'),
    locale: dateLocale(document.documentElement.lang || 'en'),
  };
}
