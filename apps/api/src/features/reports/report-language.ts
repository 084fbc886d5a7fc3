import type { ReportLanguage } from '@munjigi/contracts';
import type { Request } from 'express';

/** The language that is asked for, else the one that the browser prefers, else English. */
export function languageOf(req: Pick<Request, 'acceptsLanguages'>, asked?: ReportLanguage): ReportLanguage {
  if (asked !== undefined) return asked;
  return req.acceptsLanguages(['en', 'ko']) === 'ko' ? 'ko' : 'en';
}
